/** Brings together descriptions of critical points from several sources: one row a point, every row a name. */
import { byCodeUnit } from '../../base/canonical.ts';
import type { Point } from './describe.ts';

/** Descriptions of one point have losses within this, and isotropy of one name. */
const sameLoss = 1e-10;

/** The points without repetition, with the evidence that what was merged was one. */
export interface Merged {
  readonly points: readonly Point[];
  /** The largest difference of the least eigenvalues of descriptions that were taken to be of one point. */
  readonly disagreement: number;
}

/**
 * Merges the points that have one shape, isotropy and loss. Of several descriptions a certified one is kept, else
 * one with a family's name, else the first. Points without a family are named `other-1`, `other-2`, … by rising loss
 * at each (k, d). Sorted by family, then k and d.
 */
export function mergePoints(points: readonly Point[]): Merged {
  const kept: Point[] = [];
  let disagreement = 0;
  for (const point of points) {
    const at = kept.findIndex((known) => isSame(known, point));
    const known = kept[at];
    if (known === undefined) kept.push(point);
    else {
      disagreement = Math.max(disagreement, Math.abs(known.least - point.least));
      if (rank(point) > rank(known)) kept[at] = point;
    }
  }
  return { points: named(kept).sort(byFamily), disagreement };
}

function isSame(a: Point, b: Point): boolean {
  return a.k === b.k && a.d === b.d && a.isotropy === b.isotropy && Math.abs(a.loss - b.loss) <= sameLoss;
}

function rank({ certified, family }: Point): number {
  return (certified ? 2 : 0) + (family === 'other' ? 0 : 1);
}

function named(points: readonly Point[]): Point[] {
  const others = new Map<string, number>();
  const ordered = points.toSorted(
    (a, b) => a.d - b.d || a.k - b.k || a.loss - b.loss || byCodeUnit(a.isotropy, b.isotropy),
  );
  return ordered.map((point) => {
    if (point.family !== 'other') return point;
    const shape = `${point.k} ${point.d}`;
    const number = (others.get(shape) ?? 0) + 1;
    others.set(shape, number);
    return { ...point, family: `other-${number}` };
  });
}

const order: readonly string[] = ['global', 'A', 'I', 'II'];

/** Named families first, then (m) by m, with extra neurons after those without, then the others by their number. */
function byFamily(a: Point, b: Point): number {
  const [x, y] = [placeOf(a.family), placeOf(b.family)];
  return x.group - y.group || x.number - y.number || byCodeUnit(x.name, y.name) || a.d - b.d || a.k - b.k;
}

function placeOf(name: string): { readonly group: number; readonly number: number; readonly name: string } {
  const [base = '', extra = ''] = name.split('+');
  const other = /^other-(\d+)$/.exec(name);
  if (other !== null) return { group: 3, number: Number(other[1]), name };
  const known = order.indexOf(base);
  const number = known >= 0 ? known : Number.isInteger(Number(base)) ? order.length + Number(base) : 1e6;
  return { group: extra === '' ? 0 : 1, number, name };
}

/** A row of results/critical-points.csv. */
export function pointRow(point: Point) {
  return {
    family: point.family,
    isotropy: point.isotropy,
    k: point.k,
    d: point.d,
    loss: point.loss,
    gradient_norm: point.gradientNorm,
    min_eigenvalue: point.least,
    min_eigenvalue_irrep: point.leastIrrep,
    index: point.index,
    nullity: point.nullity,
    certified: point.certified,
  };
}

/** The rows of results/spectrum.csv for one point. */
export function lineRows({ family, k, d, lines }: Point) {
  return lines.map(({ irrep, eigenvalue, multiplicity }) => ({
    family,
    k,
    d,
    irrep,
    eigenvalue,
    multiplicity,
  }));
}
