/**
 * Finds the isotropy group of a computed matrix: the pairs (π, ρ) of S_k × S_d with P_π W P_ρᵀ = W, up to the
 * stated accuracy of the entries (Arjevani and Field, arXiv:1912.11939 and 2003.10576, section on isotropy).
 */
import { type Clustering, clusterAtWidestGap, clusterBySteps } from './cluster.ts';
import { type Action, type Block, type Symmetry } from './matching.ts';
import { type Group, matrixGroup } from './matrix-group.ts';
import { type MatrixLike } from './matrix-graph.ts';
import { nameOf } from './names.ts';
import { orbitsOf } from './orbits.ts';
import { structureOf } from './structure.ts';

/** Tolerances are absolute, in the units of the entries; rows of students and teachers here have norm near 1. */
export interface IsotropyOptions {
  /** Entries of one class differ by at most this; default 1e-8: Newton's method leaves some 1e-13. */
  readonly spread?: number;
  /** Entries of different classes differ by at least this; default 1e-4. */
  readonly gap?: number;
  /** No generator may change an entry by more than this; default 1e-9. */
  readonly confirmation?: number;
  /** Only column permutations that permute the rows of this target (any number of them) count; default: all. */
  readonly target?: MatrixLike;
  /**
   * What to do where differences lie between `spread` and `gap`: `refuse` (default) is undecided at once;
   * `compare` decides if joining all doubtful neighbours and parting all of them give one and the same group.
   */
  readonly doubtful?: 'refuse' | 'compare';
  /** Bound on the refinements of the search; default 20 000. */
  readonly searchLimit?: number;
}

/** What the answer rests on. */
export interface IsotropyEvidence {
  /** Largest difference inside a class, and least between classes (Infinity for one class). */
  readonly spread: number;
  readonly gap: number;
  readonly classes: number;
  /** The largest change of an entry by a generator. */
  readonly confirmation: number;
  /** Refinements made by the search. */
  readonly nodes: number;
}

/** A group that was found, as generators of the kind S. */
export interface DecidedIsotropy<S> {
  readonly status: 'decided';
  /** Up to conjugacy: `ΔS_6`, `Δ(S_5×S_1)`, `Δ(S_5×S_1)×S_2` (two equal rows), `1`, or order and orbit sizes. */
  readonly name: string;
  readonly order: bigint;
  /** Orbits, each ascending, sorted by their least element. */
  readonly rowOrbits: readonly (readonly number[])[];
  readonly columnOrbits: readonly (readonly number[])[];
  readonly generators: readonly S[];
  /** Orbits of columns with the rows that move alike, large first. */
  readonly blocks: readonly Block[];
  /** W[rowOrder[a]][columnOrder[b]], for a < k and b < d, is W in block form, matched rows first. */
  readonly rowOrder: readonly number[];
  readonly columnOrder: readonly number[];
  readonly evidence: IsotropyEvidence;
}

/** No group is reported. */
export interface UndecidedIsotropy {
  readonly status: 'undecided';
  readonly reason: Doubt;
  readonly evidence: IsotropyEvidence;
}

export type Isotropy = DecidedIsotropy<Symmetry> | UndecidedIsotropy;

/** Why no group is reported. It does not mean that W has no symmetry. */
export type Doubt = 'entries-between-classes' | 'generator-not-confirmed' | 'search-limit';

const defaults = {
  spread: 1e-8,
  gap: 1e-4,
  confirmation: 1e-9,
  doubtful: 'refuse',
  searchLimit: 20_000,
} as const;

/** The isotropy of `matrix` (k×d). Throws RangeError for entries that are not finite and for targets that do not fit. */
export function isotropy(matrix: MatrixLike, options: IsotropyOptions = {}): Isotropy {
  const limits = { ...defaults, ...options };
  if (limits.target !== undefined && limits.target.columns !== matrix.columns)
    throw new RangeError(`the target has ${limits.target.columns} columns, the matrix ${matrix.columns}`);
  const joint = jointEntries(matrix, limits.target);
  const clear = clusterAtWidestGap(joint, limits.spread, limits.gap);
  if (clear.spread <= limits.spread && clear.gap >= limits.gap) return decide(matrix, clear, limits);
  const doubt = undecided('entries-between-classes', clear);
  if (limits.doubtful === 'refuse') return doubt;
  const parted = clusterBySteps(joint, limits.spread);
  if (parted.spread > limits.spread) return doubt;
  const fine = decide(matrix, parted, limits);
  const coarse = groupOf(matrix, clusterBySteps(joint, limits.gap), limits);
  return fine.status === 'decided' && coarse?.order !== fine.order ? doubt : fine;
}

type Limits = Required<Omit<IsotropyOptions, 'target'>> & {
  readonly target?: MatrixLike | undefined;
};

/** The entries of W, then those of the target. */
function jointEntries(matrix: MatrixLike, target: MatrixLike | undefined): Float64Array {
  return Float64Array.from([...Array.from(matrix.data), ...Array.from(target?.data ?? [])]);
}

function undecided(reason: Doubt, clustering: Clustering, nodes = 0, confirmation = 0): Isotropy {
  const { spread, gap, classes } = clustering;
  return { status: 'undecided', reason, evidence: { spread, gap, classes, confirmation, nodes } };
}

function decide(matrix: MatrixLike, clustering: Clustering, limits: Limits): Isotropy {
  const group = groupOf(matrix, clustering, limits);
  if (group === undefined) return undecided('search-limit', clustering, limits.searchLimit);
  const confirmation = largestChange(matrix, group.generators);
  if (confirmation > limits.confirmation)
    return undecided('generator-not-confirmed', clustering, group.nodes, confirmation);
  const action: Action = {
    ...group,
    rowOrbits: orbitsOf(
      group.generators.map((generator) => generator.rows),
      matrix.rows,
    ),
    columnOrbits: orbitsOf(
      group.generators.map((generator) => generator.columns),
      matrix.columns,
    ),
    weight: classWeights(matrix, clustering),
  };
  const { young, blocks, rowOrder, columnOrder } = structureOf(action);
  const { order, rowOrbits, columnOrbits } = action;
  const { spread, gap, classes } = clustering;
  const evidence = { spread, gap, classes, confirmation, nodes: group.nodes };
  const { generators } = group;
  const name = nameOf({ order, rowOrbits, columnOrbits, young });
  return {
    status: 'decided',
    name,
    order,
    rowOrbits,
    columnOrbits,
    generators,
    blocks,
    rowOrder,
    columnOrder,
    evidence,
  };
}

/** The group that keeps the classes; undefined where the search met its limit. */
function groupOf(matrix: MatrixLike, { classOf }: Clustering, limits: Limits): Group | undefined {
  const { rows: k, columns: d } = matrix;
  const { target, searchLimit } = limits;
  const goal = target && { rows: target.rows, columns: d, data: classOf.slice(k * d) };
  return matrixGroup({ rows: k, columns: d, data: classOf.slice(0, k * d) }, goal, searchLimit);
}

/** The largest |W[π(i)][ρ(j)] − W[i][j]| over entries and generators. */
function largestChange({ rows: k, columns: d, data }: MatrixLike, generators: readonly Symmetry[]): number {
  let largest = 0;
  for (const { rows, columns } of generators)
    for (let i = 0; i < k; i++)
      for (let j = 0; j < d; j++)
        largest = Math.max(largest, Math.abs(data[rows[i]! * d + columns[j]!]! - data[i * d + j]!));
  return largest;
}

/** By class, the absolute value of its first entry. */
function classWeights(
  { data }: MatrixLike,
  { classOf, classes }: Clustering,
): (entryClass: number) => number {
  const weights = new Float64Array(classes).fill(-1);
  for (let at = 0; at < data.length; at++)
    if (weights[classOf[at]!]! < 0) weights[classOf[at]!] = Math.abs(data[at]!);
  return (entryClass) => weights[entryClass]!;
}
