/** The target networks of the experiments. */
import { identity, type Matrix, matrix } from '../math/matrix.ts';
import type { ActivationName } from './activation.ts';
import type { Weighted } from './sampled.ts';

/** The names of the targets' first layers, as pipelines spell them. */
export const targetNames = ['identity', 'mixed', 'repeated', 'zero', 'blocks', 'pairs'] as const;
export type TargetName = (typeof targetNames)[number];

/**
 * The first layer V of a target with d inputs. `identity`: e_1, …, e_d. `mixed`: e_i + ¼·1 (S_d too; on corners of the
 * cube the sum over the former would be linear). `repeated`: e_1 twice, then e_2, …, e_{d−1},
 * so that S_{d−2} is left and two inputs fixed. `zero`: e_1, …, e_{d−1}, the last neuron being 0 (S_{d−1}).
 * `blocks`: e_1, …, e_p and e_{p+1}/2, …, e_d/2 with p = ⌈d/2⌉ (S_p × S_{d−p}). `pairs`: e_1 + e_2, e_3, …, e_d: one
 * neuron sees two inputs (S_2 × S_{d−2}). Throws RangeError for d < 3.
 */
export function targetMatrix(name: TargetName, d: number): Matrix {
  if (!(Number.isInteger(d) && d >= 3)) throw new RangeError(`no targets for ${d} inputs`);
  const entries = shapes[name](d);
  const rows = Math.max(...entries.map(({ row }) => row)) + 1;
  const result = matrix(rows, d);
  for (const { row, column, value } of entries) result.data[row * d + column] = value;
  return result;
}

/** What every entry of the mixed target has beyond the identity. */
const mixing = 0.25;

interface Entry {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

const entry = (row: number, column: number, value = 1): Entry => ({ row, column, value });

const shapes: Readonly<Record<TargetName, (d: number) => Entry[]>> = {
  identity: (d) => list(d, (i) => entry(i, i)),
  mixed: (d) => list(d * d, (at) => entry(Math.floor(at / d), at % d, mixing + (at % (d + 1) === 0 ? 1 : 0))),
  repeated: (d) => [entry(0, 0), ...list(d - 1, (i) => entry(i + 1, i))],
  zero: (d) => list(d - 1, (i) => entry(i, i)),
  blocks: (d) => list(d, (i) => entry(i, i, i < Math.ceil(d / 2) ? 1 : 0.5)),
  pairs: (d) => list(d, (j) => entry(Math.max(0, j - 1), j)),
};

function list(count: number, make: (i: number) => Entry): Entry[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

/** The names of the further layers, as pipelines spell them. */
export const furtherNames = ['identity', 'contrast'] as const;
export type FurtherName = (typeof furtherNames)[number];

/** What a target network is like. */
export interface TargetSpec {
  readonly target: TargetName;
  readonly d: number;
  /** Layers, the sum at the end counted: hidden layers and one. */
  readonly depth: number;
  /** The hidden layers after the first: `identity`: I. `contrast`: 2I − 11ᵀ, so that many layers are not one. */
  readonly further: FurtherName;
  readonly activation: ActivationName;
}

/** The target network. Throws RangeError for fewer than two layers, or as `targetMatrix`. */
export function targetNetwork({
  target,
  d,
  depth,
  further,
  activation,
}: TargetSpec): Weighted & { readonly layers: readonly Matrix[] } {
  if (!(Number.isInteger(depth) && depth >= 2)) throw new RangeError(`no network of ${depth} layers`);
  const first = targetMatrix(target, d);
  const next = further === 'identity' ? identity(first.rows) : contrast(first.rows);
  const layers = [first, ...Array.from({ length: depth - 2 }, () => next)];
  return {
    architecture: { widths: [d, ...layers.map(({ rows }) => rows)], activation },
    weights: Float64Array.from(layers.flatMap(({ data }) => [...data])),
    layers,
  };
}

/** 2I − 11ᵀ. */
function contrast(width: number): Matrix {
  const result = matrix(width, width);
  for (let at = 0; at < width * width; at++) result.data[at] = at % (width + 1) === 0 ? 1 : -1;
  return result;
}
