/** Recognises, in a group of symmetries that is known already, the diagonal Young group that it may be. */
import { invariant } from '../../base/invariant.ts';
import {
  type Action,
  type Block,
  type Plan,
  type Symmetry,
  classAt,
  looseBlocks,
  youngPlan,
} from './matching.ts';
import { type ClassMatrix } from './matrix-graph.ts';
import { fromCycles, identityPermutation } from './permutation.ts';
import { youngOrder } from './young.ts';

export interface Structure {
  /** How the group is a diagonal Young group times full symmetric groups of equal rows and columns, if it is. */
  readonly young: Plan | undefined;
  /** The matched blocks, large first. */
  readonly blocks: readonly Block[];
  /** W[rowOrder[a]][columnOrder[b]] is W in block form: matched rows first, block after block. */
  readonly rowOrder: readonly number[];
  readonly columnOrder: readonly number[];
}

/**
 * The structure of a group. The matching is a guess; `young` rests on proof: every transposition of the named
 * group lies in the group, and the orders agree.
 */
export function structureOf(action: Action): Structure {
  const plan = youngPlan(action);
  const young = plan !== undefined && confirmed(action, plan);
  const blocks = sortBlocks(action, plan?.blocks ?? looseBlocks(action));
  const rowOrder = blocks.flatMap((block) => block.rows);
  const columnOrder = blocks.flatMap((block) => block.columns);
  return {
    young: young ? plan : undefined,
    blocks,
    rowOrder: [...rowOrder, ...remaining(action.rowOrbits, rowOrder)],
    columnOrder: [...columnOrder, ...remaining(action.columnOrbits, columnOrder)],
  };
}

function confirmed(action: Action, plan: Plan): boolean {
  const sizes = [...plan.blocks.map((block) => block.columns), ...plan.equalRows, ...plan.equalColumns];
  if (youngOrder(sizes.map((points) => points.length)) !== action.order) return false;
  return youngGenerators(action.matrix, plan).every((symmetry) => action.holds(symmetry));
}

/** Transpositions that generate the group of a plan. */
export function youngGenerators({ rows: k, columns: d }: ClassMatrix, plan: Plan): Symmetry[] {
  const [rows, columns] = [identityPermutation(k), identityPermutation(d)];
  return [
    ...plan.blocks.flatMap((block) => diagonalSwaps(k, d, block, plan.riders)),
    ...plan.equalRows.flatMap((orbit) =>
      swaps(orbit).map((swap) => ({ rows: fromCycles(k, swap), columns })),
    ),
    ...plan.equalColumns.flatMap((orbit) =>
      swaps(orbit).map((swap) => ({ rows, columns: fromCycles(d, swap) })),
    ),
  ];
}

/** The neighbouring transpositions, which generate the symmetric group. */
function swaps(points: readonly number[]): (readonly [number, number])[] {
  return points.slice(1).map((point, i) => [points[i]!, point] as const);
}

function diagonalSwaps(k: number, d: number, block: Block, riders: readonly Block[]): Symmetry[] {
  const moved = [block, ...riders.filter((rider) => rider.columns[0] === block.columns[0])];
  return swaps(block.columns).map((swap, i) => {
    const rowSwaps = moved.filter((one) => one.rows.length > 0).map(({ rows }) => [rows[i]!, rows[i + 1]!]);
    invariant(rowSwaps.length > 0, 'columns that move have rows that move along');
    return { rows: fromCycles(k, ...rowSwaps), columns: fromCycles(d, swap) };
  });
}

/** Large blocks first; of equal size, by the classes of a column, so that conjugates come out in one order. */
function sortBlocks({ matrix }: Action, blocks: readonly Block[]): Block[] {
  const profile = ({ rows, columns }: Block) => [
    -columns.length,
    rows.length === 0 ? 1 : -classAt(matrix, rows[0]!, columns[0]!),
    ...Array.from({ length: matrix.rows }, (_, i) => -classAt(matrix, i, columns[0]!)).sort((a, b) => a - b),
  ];
  const keyed = blocks.map((block) => ({ block, key: profile(block) }));
  keyed.sort((a, b) => compareLists(a.key, b.key) || a.block.columns[0]! - b.block.columns[0]!);
  return keyed.map(({ block: { rows, columns } }) => ({ rows, columns }));
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function remaining(orbits: readonly (readonly number[])[], used: readonly number[]): number[] {
  const taken = new Set(used);
  return orbits
    .toSorted((a, b) => b.length - a.length || a[0]! - b[0]!)
    .flatMap((orbit) => orbit.filter((point) => !taken.has(point)));
}
