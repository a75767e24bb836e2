/** Weights to look for critical points from. */
import type { RandomStream } from '../../base/random.ts';
import { type Matrix, matrix } from '../math/matrix.ts';
import { fillNormals } from '../math/normal.ts';

/** A d×d matrix of independent N(0, 1/d) entries. */
export function randomStart(stream: RandomStream, d: number): Matrix {
  return matrix(
    d,
    d,
    fillNormals(stream, d * d).map((entry) => entry / Math.sqrt(d)),
  );
}

/**
 * A random matrix that ΔS_{p₁}×…×S_{p_r} fixes: for each pair of blocks one N(0, 1/4) value off the diagonal, for each
 * block one N(0, 1) value on it. Newton's method stays in the space of such matrices.
 */
export function symmetricStart(stream: RandomStream, parts: readonly number[]): Matrix {
  const blockOf = parts.flatMap((size, block) => Array.from({ length: size }, () => block));
  const [d, r] = [blockOf.length, parts.length];
  const diagonal = fillNormals(stream, r);
  const other = fillNormals(stream, r * r);
  const start = matrix(d, d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      start.data[i * d + j] = i === j ? diagonal[blockOf[i]!]! : 0.5 * other[blockOf[i]! * r + blockOf[j]!]!;
  return start;
}

/** The partitions of d into at most `most` parts, descending, those with larger first parts first. */
export function partitions(d: number, most: number, largest = d): number[][] {
  if (d === 0) return [[]];
  if (most === 0) return [];
  const found: number[][] = [];
  for (let part = Math.min(d, largest); part >= 1; part--)
    for (const rest of partitions(d - part, most - 1, part)) found.push([part, ...rest]);
  return found;
}
