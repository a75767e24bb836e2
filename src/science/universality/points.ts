/** Finite sets of inputs that every permutation of the coordinates takes to themselves. */

/** Points of R^dimension, one after another, with probabilities that add up to 1. */
export interface PointSet {
  readonly dimension: number;
  readonly coordinates: Float64Array;
  readonly probabilities: Float64Array;
}

/** The permutations of 0 … n − 1 in lexicographic order. Throws RangeError for n > 8. */
export function permutations(n: number): number[][] {
  if (!(n <= 8)) throw new RangeError(`too many permutations of ${n}`);
  const extend = (chosen: readonly number[]): number[][] => {
    if (chosen.length === n) return [[...chosen]];
    return Array.from({ length: n }, (_, next) => next)
      .filter((next) => !chosen.includes(next))
      .flatMap((next) => extend([...chosen, next]));
  };
  return extend([]);
}

/** All images of the points (count × dimension) under permutations of the coordinates, equally probable. */
export function orbitOf(points: Float64Array, dimension: number): PointSet {
  const orders = permutations(dimension);
  const count = points.length / dimension;
  const coordinates = new Float64Array(count * orders.length * dimension);
  let at = 0;
  for (let n = 0; n < count; n++)
    for (const order of orders)
      for (const j of order) coordinates[at++] = points[n * dimension + j] as number;
  const total = count * orders.length;
  return { dimension, coordinates, probabilities: new Float64Array(total).fill(1 / total) };
}

/**
 * The corners of the cube {−1, 1}^dimension, the corner with m coordinates 1 of probability proportional to
 * weight(m). The first coordinate varies fastest.
 */
export function cubeCorners(dimension: number, weight: (m: number) => number): PointSet {
  const total = 1 << dimension;
  const coordinates = new Float64Array(total * dimension);
  const probabilities = new Float64Array(total);
  let sum = 0;
  for (let n = 0; n < total; n++) {
    let positive = 0;
    for (let j = 0; j < dimension; j++) {
      const set = (n >>> j) & 1;
      positive += set;
      coordinates[n * dimension + j] = 2 * set - 1;
    }
    probabilities[n] = weight(positive);
    sum += probabilities[n] as number;
  }
  return { dimension, coordinates, probabilities: probabilities.map((p) => p / sum) };
}
