/**
 * Finds the signed isotropy of a computed matrix: the pairs of signed permutations in B_k × B_d that fix it, the
 * symmetries that count for symmetric tensors of even order, where w and −w are the same.
 */
import { type Clustering, clusterAtWidestGap } from './cluster.ts';
import { type DecidedIsotropy, type IsotropyOptions, type UndecidedIsotropy } from './isotropy.ts';
import { type Action, type Plan, type Symmetry } from './matching.ts';
import { type ClassMatrix, type MatrixLike, signedGraph } from './matrix-graph.ts';
import { type Letter, plainName, youngFactors } from './names.ts';
import { orbitsOf } from './orbits.ts';
import { automorphisms } from './search.ts';
import { liftsWithSigns, signsCanBeBalanced, supportComponents } from './signs.ts';
import { structureOf, youngGenerators } from './structure.ts';
import { productName } from './young.ts';

/** Fixes W where W[rows[i]][columns[j]] = rowSigns[i] · columnSigns[j] · W[i][j] for all i, j. */
export interface SignedSymmetry extends Symmetry {
  readonly rowSigns: readonly (1 | -1)[];
  readonly columnSigns: readonly (1 | -1)[];
}

/**
 * As for unsigned isotropy, with B_p in the name for signed permutations and `{±1}` for further changes of sign;
 * orbits are those up to sign.
 */
export type SignedIsotropy = DecidedIsotropy<SignedSymmetry> | UndecidedIsotropy;

/**
 * The signed isotropy of `matrix` (k×d), within the tolerances of {@link IsotropyOptions}. The change of all signs
 * of rows and columns at once fixes every matrix and is counted. Throws RangeError for entries that are not finite.
 */
export function signedIsotropy(
  matrix: MatrixLike,
  options: Pick<IsotropyOptions, 'spread' | 'gap' | 'confirmation' | 'searchLimit'> = {},
): SignedIsotropy {
  const { spread = 1e-8, gap = 1e-4, confirmation = 1e-9, searchLimit = 20_000 } = options;
  const doubled = doubledEntries(matrix);
  const clustering = clusterAtWidestGap(doubled, spread, gap);
  const { spread: width, gap: distance, classes } = clustering;
  const evidence = { spread: width, gap: distance, classes, confirmation: 0, nodes: 0 };
  if (width > spread || distance < gap)
    return { status: 'undecided', reason: 'entries-between-classes', evidence };
  const graph = signedGraph({ rows: 2 * matrix.rows, columns: 2 * matrix.columns, data: clustering.classOf });
  const found = automorphisms(graph, searchLimit);
  if (found.status === 'limit')
    return { status: 'undecided', reason: 'search-limit', evidence: { ...evidence, nodes: found.nodes } };
  const generators = found.generators.map((p) => readGenerator(p, matrix));
  const proven = { ...evidence, nodes: found.nodes, confirmation: largestSignedChange(matrix, generators) };
  if (proven.confirmation > confirmation)
    return { status: 'undecided', reason: 'generator-not-confirmed', evidence: proven };
  return { status: 'decided', ...describe(matrix, clustering, generators, found.order), evidence: proven };
}

/** [[W, −W], [−W, W]], row-major. */
function doubledEntries({ rows: k, columns: d, data }: MatrixLike): Float64Array {
  const doubled = new Float64Array(4 * k * d);
  for (let i = 0; i < 2 * k; i++)
    for (let j = 0; j < 2 * d; j++) {
      const entry = data[(i % k) * d + (j % d)]!;
      doubled[i * 2 * d + j] = i < k === j < d ? entry : -entry;
    }
  return doubled;
}

function readGenerator(p: readonly number[], { rows: k, columns: d }: MatrixLike): SignedSymmetry {
  const columns = p.slice(2 * k, 2 * k + d).map((vertex) => vertex - 2 * k);
  return {
    rows: p.slice(0, k).map((vertex) => vertex % k),
    rowSigns: p.slice(0, k).map((vertex) => (vertex < k ? 1 : -1)),
    columns: columns.map((vertex) => vertex % d),
    columnSigns: columns.map((vertex) => (vertex < d ? 1 : -1)),
  };
}

function largestSignedChange(
  { rows: k, columns: d, data }: MatrixLike,
  generators: readonly SignedSymmetry[],
): number {
  let largest = 0;
  for (const { rows, columns, rowSigns, columnSigns } of generators)
    for (let i = 0; i < k; i++)
      for (let j = 0; j < d; j++) {
        const expected = rowSigns[i]! * columnSigns[j]! * data[i * d + j]!;
        largest = Math.max(largest, Math.abs(data[rows[i]! * d + columns[j]!]! - expected));
      }
  return largest;
}

/** Name and blocks, by way of the group of permutations that is left when signs are forgotten. */
function describe(
  matrix: MatrixLike,
  clustering: Clustering,
  generators: readonly SignedSymmetry[],
  order: bigint,
) {
  const { rows: k, columns: d } = matrix;
  const signed = signedClasses(matrix, clustering);
  const sizes = { ...signed, data: signed.data.map((value) => Math.abs(value)) };
  const components = supportComponents(sizes);
  const action: Action = {
    matrix: sizes,
    order: order / (1n << BigInt(components.length)),
    rowOrbits: orbitsOf(
      generators.map((generator) => generator.rows),
      k,
    ),
    columnOrbits: orbitsOf(
      generators.map((generator) => generator.columns),
      d,
    ),
    holds: (symmetry) => liftsWithSigns(signed, symmetry),
    weight: (entryClass) => entryClass,
  };
  const { young, blocks, rowOrder, columnOrder } = structureOf(action);
  const { rowOrbits, columnOrbits } = action;
  // Without balanced signs the group need not be a product of permutations and signs (it may be cyclic of order 4).
  const balanced = young !== undefined && signsCanBeBalanced(signed, youngGenerators(signed, young));
  const name = balanced ? signedName(young, components, k) : plainName({ order, rowOrbits, columnOrbits });
  return { name, order, rowOrbits, columnOrbits, generators, blocks, rowOrder, columnOrder };
}

/** Classes c < 0 < −c of an entry and its negative, 0 for zero: the middle class of the symmetric list. */
function signedClasses({ rows: k, columns: d }: MatrixLike, { classOf, classes }: Clustering): ClassMatrix {
  const data = new Int32Array(k * d);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < d; j++) data[i * d + j] = 2 * classOf[i * 2 * d + j]! - (classes - 1);
  return { rows: k, columns: d, data };
}

/** The signs that move freely with the members of a block make it B; all others are counted at the end. */
function signedName(plan: Plan, components: readonly (readonly number[])[], k: number): string {
  const componentOf = new Map(components.flatMap((one) => one.map((vertex) => [vertex, one] as const)));
  const columnsWith = (j: number) => componentOf.get(k + j)!.filter((vertex) => vertex >= k).length;
  const moves = plan.blocks.some((block) => block.columns.length > 1);
  let signs = components.length;
  const letter = (points: readonly number[], free: boolean): Letter => {
    if (free) signs -= points.length;
    return free ? 'B' : 'S';
  };
  const factors = youngFactors(plan, {
    block: (columns) => letter(columns, moves && columns.every((j) => columnsWith(j) === 1)),
    rows: (orbit) => letter(orbit, componentOf.get(orbit[0]!)!.length === 1),
    columns: (orbit) => letter(orbit, componentOf.get(k + orbit[0]!)!.length === 1),
  });
  if (signs > 0) factors.push(signs === 1 ? '{±1}' : `{±1}^${signs}`);
  return productName(factors);
}
