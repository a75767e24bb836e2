/** Finds the real d at which eigenvalues of a family of tensor decompositions change their sign. */
import { rootBetween } from '../family/root.ts';
import { log } from '../math/elementary.ts';
import { type DescribedPoint, describePoint, type TensorFamily } from './families.ts';
import { type FamilyPoint, followFamily, pointNear } from './family-path.ts';

/** A zero of an eigenvalue of an irrep, or the last d at which a family was followed. */
export interface TensorCrossing {
  readonly irrep: string;
  readonly d: number;
  readonly loss: number;
  /** `lost`: the family was not followed further, which need not be its end. */
  readonly kind: 'crossing' | 'lost';
  /** Just above this d the eigenvalue is positive (1) or negative (−1); null where lost. */
  readonly signAbove: 1 | -1 | null;
  /** Its place among those of the irrep that are not zero along the family, ascending from 0; null where lost. */
  readonly place: number | null;
}

const tolerance = 1e-10;

/** The changes of sign between neighbours of `points`, ascending in d. Two changes between two neighbours go unseen. */
export function crossings(family: TensorFamily, points: readonly DescribedPoint[]): TensorCrossing[] {
  return points.slice(1).flatMap((upper, at) => {
    const lower = points[at]!;
    return lower.levels.flatMap(({ irrep }) => {
      const [below, above] = [nonzero(lower, irrep), nonzero(upper, irrep)];
      if (below.length !== above.length || !lower.known || !upper.known) return [];
      return below.flatMap((value, place) =>
        value > 0 === above[place]! > 0 ? [] : [crossing(family, irrep, place, lower, upper)],
      );
    });
  });
}

function nonzero({ levels }: DescribedPoint, irrep: string): number[] {
  return levels.find((level) => level.irrep === irrep)?.values.filter((value) => value !== 0) ?? [];
}

function crossing(
  family: TensorFamily,
  irrep: string,
  place: number,
  lower: DescribedPoint,
  upper: DescribedPoint,
): TensorCrossing {
  const at = (d: number) => describePoint(family, pointBetween(family, lower, upper, d));
  const value = (d: number) => nonzero(at(d), irrep)[place]!;
  const root = rootBetween(value, lower.d, upper.d, tolerance);
  const signAbove = nonzero(upper, irrep)[place]! > 0 ? 1 : -1;
  return { irrep, d: root.at, loss: at(root.at).loss, kind: 'crossing', signAbove, place };
}

/**
 * The family's point at d: from the chord, else, where the family bends much, step by step from the nearer end. Throws
 * RangeError where it is not reached.
 */
function pointBetween(
  { setting, name }: TensorFamily,
  lower: DescribedPoint,
  upper: DescribedPoint,
  d: number,
): FamilyPoint {
  const point = pointNear(setting, d, between(lower, upper, d));
  if (point !== undefined) return point;
  const end = d / lower.d < upper.d / d ? lower : upper;
  const start = pointNear(setting, end.d, end.entries);
  const reached = start && followFamily(setting, start, [d]).points[0];
  if (reached !== undefined) return reached;
  throw new RangeError(`family ${name} (m = ${setting.m}) is not reached at d = ${d} from d = ${end.d}`);
}

/** The entries at d on the chord in log d. */
function between(lower: DescribedPoint, upper: DescribedPoint, d: number): number[] {
  const part = log(d / lower.d) / log(upper.d / lower.d);
  return lower.entries.map((value, i) => value + part * (upper.entries[i]! - value));
}

/** The last point that was reached, where steps became too short or too many to go on: at a fold, say. */
export function lostAt({ d, loss }: DescribedPoint): TensorCrossing {
  return { irrep: 't', d, loss, kind: 'lost', signAbove: null, place: null };
}
