/**
 * Finds the isotropy of a network of several layers: the permutations of the inputs and of the neurons of each hidden
 * layer that leave all its weights alone, and whose permutation of the inputs a target network allows.
 */
import { stabilizerChain } from './chain.ts';
import { clusterAtWidestGap, clusterBySteps } from './cluster.ts';
import type { MatrixLike } from './matrix-graph.ts';
import { orbitsOf } from './orbits.ts';
import type { Permutation } from './permutation.ts';
import type { ColouredGraph } from './refine.ts';
import { automorphisms } from './search.ts';
import { productName } from './young.ts';

/** A group of permutations of inputs and hidden neurons. */
export interface LayeredIsotropy {
  readonly status: 'decided';
  /** Such as `Δ(S_3×S_1)`, times what permutes equal neurons alone; for others order and orbits of the inputs. */
  readonly name: string;
  /** The number of pairs of a permutation of the inputs and one of the hidden neurons. */
  readonly order: bigint;
  /** What it does to the inputs: the order of that group, its orbits, and whether it is the product of their S_p. */
  readonly inputOrder: bigint;
  readonly inputOrbits: readonly (readonly number[])[];
  readonly young: boolean;
  /** By hidden layer: the orbits of its neurons. */
  readonly neuronOrbits: readonly (readonly (readonly number[])[])[];
  /** The largest change of a weight by a generator. */
  readonly confirmation: number;
}

/** As for matrices (`isotropy`): differences of equal weights, of different ones, and what a generator may change. */
const spread = 1e-8;
const gap = 1e-4;
const confirmed = 1e-8;

export type LayeredOutcome = LayeredIsotropy | { readonly status: 'undecided' };

/**
 * The isotropy of a network W_1, …, W_L (W_l of h_l × h_{l−1}) among the symmetries of the target network V_1, …, V_M
 * of as many inputs. Undecided where weights differ by more than 1e-8 and less than 1e-4 and it matters.
 * Throws RangeError for layers that do not fit.
 */
export function layeredIsotropy(
  layers: readonly MatrixLike[],
  target: readonly MatrixLike[],
): LayeredOutcome {
  requireChain(layers, layers[0]?.columns ?? 0);
  requireChain(target, layers[0]?.columns ?? 0);
  const fine = groupOf(layers, target, spread);
  const coarse = groupOf(layers, target, gap);
  if (fine === undefined || coarse === undefined || fine.order !== coarse.order)
    return { status: 'undecided' };
  return fine.confirmation <= confirmed ? fine : { status: 'undecided' };
}

function requireChain(layers: readonly MatrixLike[], inputs: number): void {
  layers.forEach(({ columns }, l) => {
    const below = l === 0 ? inputs : (layers[l - 1] as MatrixLike).rows;
    if (columns !== below) throw new RangeError(`layer ${l + 1} has ${columns} columns for ${below} values`);
  });
}

/** The group when weights that differ by less than `least` count as equal. */
function groupOf(
  layers: readonly MatrixLike[],
  target: readonly MatrixLike[],
  least: number,
): LayeredIsotropy | undefined {
  const inputs = layers[0]?.columns ?? 0;
  const own = inputs + layers.reduce((sum, { rows }) => sum + rows, 0);
  const found = automorphisms(layeredGraph(layers, target, least, false));
  const fixing = automorphisms(layeredGraph(layers, [], least, true));
  if (found.status === 'limit' || fixing.status === 'limit') return undefined;
  const generators = found.generators.map((p) => p.slice(0, own));
  const onInputs = generators.map((p) => p.slice(0, inputs));
  const inputOrbits = orbitsOf(onInputs, inputs);
  const inputOrder = stabilizerChain(onInputs, inputs).order;
  const young = inputOrder === product(inputOrbits);
  const kernelOrbits = orbitsOf(fixing.generators, own).filter((orbit) => orbit.length > 1);
  const kernel =
    fixing.order === product(kernelOrbits)
      ? kernelOrbits.map(({ length }) => `S_${length}`)
      : [`order ${fixing.order}`];
  return {
    status: 'decided',
    name: nameOf(inputOrbits, young, inputOrder, kernel),
    order: inputOrder * fixing.order,
    ...{ inputOrder, inputOrbits, young },
    neuronOrbits: neuronOrbitsOf(layers, orbitsOf(generators, own), inputs),
    confirmation: largestChange(layers, generators, inputs),
  };
}

function product(orbits: readonly (readonly number[])[]): bigint {
  let order = 1n;
  for (const { length } of orbits) for (let m = 2; m <= length; m++) order *= BigInt(m);
  return order;
}

/** Inputs, then the neurons of each layer of W, then those of V; edges between neighbouring layers by weight. */
function layeredGraph(
  layers: readonly MatrixLike[],
  target: readonly MatrixLike[],
  least: number,
  fixed: boolean,
): ColouredGraph {
  const inputs = layers[0]?.columns ?? 0;
  const size = [...layers, ...target].reduce((sum, { rows }) => sum + rows, inputs);
  const colours = new Int32Array(size * size);
  const labels = Array.from({ length: size }, (_, v) => (v < inputs && fixed ? -v : 0));
  let [at, colour, label] = [inputs, 1, 1];
  for (const net of [layers, target]) {
    let below = 0;
    for (const layer of net) {
      const { classOf, classes } = classesOf(layer, least);
      for (let i = 0; i < layer.rows; i++) {
        labels[at + i] = label;
        for (let j = 0; j < layer.columns; j++) {
          const c = colour + (classOf[i * layer.columns + j] as number);
          colours[(at + i) * size + below + j] = c;
          colours[(below + j) * size + at + i] = c;
        }
      }
      below = at;
      at += layer.rows;
      colour += classes;
      label++;
    }
  }
  return { size, colours, labels };
}

function classesOf({ data }: MatrixLike, least: number) {
  const clear = clusterAtWidestGap(data, spread, gap);
  return clear.spread <= spread && clear.gap >= gap ? clear : clusterBySteps(data, least);
}

function nameOf(
  orbits: readonly (readonly number[])[],
  young: boolean,
  order: bigint,
  kernel: readonly string[],
): string {
  const sizes = orbits.map(({ length }) => length).sort((a, b) => b - a);
  if (!young) return productName([`order ${order} (inputs ${sizes.join('+')})`, ...kernel]);
  const words = sizes.map((size) => `S_${size}`);
  const diagonal = words.length === 1 ? `Δ${words[0]}` : `Δ(${productName(words)})`;
  const factors = [...(order > 1n ? [diagonal] : []), ...kernel];
  return factors.length === 0 ? '1' : productName(factors);
}

function neuronOrbitsOf(
  layers: readonly MatrixLike[],
  orbits: readonly (readonly number[])[],
  inputs: number,
): number[][][] {
  let from = inputs;
  return layers.map(({ rows }) => {
    const start = from;
    from += rows;
    return orbits
      .filter(([first]) => first !== undefined && first >= start && first < start + rows)
      .map((orbit) => orbit.map((vertex) => vertex - start));
  });
}

function largestChange(
  layers: readonly MatrixLike[],
  generators: readonly Permutation[],
  inputs: number,
): number {
  let largest = 0;
  for (const p of generators) {
    let [below, at] = [0, inputs];
    for (const { rows, columns, data } of layers) {
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          const image = (p[at + i]! - at) * columns + p[below + j]! - below;
          largest = Math.max(largest, Math.abs(data[image]! - data[i * columns + j]!));
        }
      below = at;
      at += rows;
    }
  }
  return largest;
}
