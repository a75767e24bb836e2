/** Brings together the runs that ended at one critical point, up to the symmetries of the loss. */
import { byCodeUnit } from '../../base/canonical.ts';
import type { Matrix } from '../math/matrix.ts';

/** Where one run ended. */
export interface Reached {
  readonly run: number;
  readonly loss: number;
  /** The name of the isotropy group, or why there is none. */
  readonly isotropy: string;
  readonly weights: Matrix;
}

/** One critical point that runs led to. */
export interface Distinct<T extends Reached> {
  /** The first run that led there. */
  readonly representative: T;
  readonly count: number;
  /** The largest difference of the loss, and of a sorted entry, between the representative and another run. */
  readonly lossSpread: number;
  readonly entrySpread: number;
}

/** How far two runs that ended at one point may differ. */
export interface Likeness {
  readonly loss: number;
  readonly entry: number;
}

/**
 * The distinct critical points, by ascending loss. Two runs count as one if their isotropy has one name and their
 * losses and their sorted entries agree. Permutations of rows and columns change neither, so equivalent points
 * are never parted; that points which agree in all three are equivalent is not proved. Runs on a critical set that
 * is not a point count as different points of it.
 */
export function distinct<T extends Reached>(points: readonly T[], likeness: Likeness): Distinct<T>[] {
  const groups: Group<T>[] = [];
  for (const point of points.toSorted((a, b) => a.run - b.run)) {
    const entries = Float64Array.from(point.weights.data).sort();
    const home = groups.find((group) => isLike(group, point, entries, likeness));
    if (home === undefined) groups.push(groupOf(point, entries));
    else join(home, point, entries);
  }
  return groups
    .map(({ representative, count, lossSpread, entrySpread }) => ({
      representative,
      count,
      lossSpread,
      entrySpread,
    }))
    .sort((a, b) => byLoss(a.representative, b.representative));
}

interface Group<T extends Reached> {
  readonly representative: T;
  readonly entries: Float64Array;
  count: number;
  lossSpread: number;
  entrySpread: number;
}

function groupOf<T extends Reached>(representative: T, entries: Float64Array): Group<T> {
  return { representative, entries, count: 1, lossSpread: 0, entrySpread: 0 };
}

function isLike<T extends Reached>(
  { representative, entries: known }: Group<T>,
  point: T,
  entries: Float64Array,
  likeness: Likeness,
): boolean {
  if (representative.isotropy !== point.isotropy || known.length !== entries.length) return false;
  if (Math.abs(representative.loss - point.loss) > likeness.loss) return false;
  return largestDifference(known, entries) <= likeness.entry;
}

function join<T extends Reached>(group: Group<T>, point: T, entries: Float64Array): void {
  group.count++;
  group.lossSpread = Math.max(group.lossSpread, Math.abs(group.representative.loss - point.loss));
  group.entrySpread = Math.max(group.entrySpread, largestDifference(group.entries, entries));
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0);
}

function byLoss(a: Reached, b: Reached): number {
  return a.loss - b.loss || byCodeUnit(a.isotropy, b.isotropy) || a.run - b.run;
}
