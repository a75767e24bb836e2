/** Finds the real d at which eigenvalues of a family of tensor decompositions change their sign. */
import { rootBetween } from '../family/root.ts';
import { log } from '../math/elementary.ts';
import { type DescribedPoint, describePoint, type TensorFamily } from './families.ts';
import { pointNear } from './family-path.ts';

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
  const at = (d: number) => {
    const point = pointNear(family.setting, d, between(lower, upper, d));
    return point === undefined ? undefined : describePoint(family, point);
  };
  const value = (d: number) => {
    const point = at(d);
    return point === undefined ? Number.NaN : nonzero(point, irrep)[place]!;
  };
  const root = rootBetween(value, lower.d, upper.d, tolerance);
  const signAbove = nonzero(upper, irrep)[place]! > 0 ? 1 : -1;
  return { irrep, d: root.at, loss: at(root.at)?.loss ?? Number.NaN, kind: 'crossing', signAbove, place };
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
