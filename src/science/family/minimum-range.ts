/** Says at which of the certified sizes a family is a minimum. */

/** What is proved of a family at one size. */
export interface ProvedPoint {
  readonly family: string;
  readonly d: string;
  /** The number of negative eigenvalues; left out of what is no critical point. */
  readonly index?: string;
}

/** The certified sizes of a family. */
export interface MinimumRange {
  readonly family: string;
  /** It is proved to be a minimum at all certified sizes from `first` to `last`; null where at none. */
  readonly first: number | null;
  readonly last: number | null;
  /** At how many of them it is one. */
  readonly points: number;
  /** At how many sizes it is proved to be a saddle, and the largest of these. */
  readonly saddles: number;
  readonly saddleUpTo: number | null;
}

/** The range of one family, at least one point; minima below a size at which it is a saddle do not count. */
export function minimumRange(proved: readonly ProvedPoint[]): MinimumRange {
  const points = proved.flatMap(({ d, index }) => (index === undefined ? [] : [{ d: Number(d), index }]));
  const saddles = points.filter(({ index }) => Number(index) > 0).map(({ d }) => d);
  const saddleUpTo = saddles.length === 0 ? null : Math.max(...saddles);
  const minima = points.map(({ d }) => d).filter((d) => saddleUpTo === null || d > saddleUpTo);
  return {
    family: (proved[0] as ProvedPoint).family,
    first: minima.length === 0 ? null : Math.min(...minima),
    last: minima.length === 0 ? null : Math.max(...minima),
    points: minima.length,
    saddles: saddles.length,
    saddleUpTo,
  };
}
