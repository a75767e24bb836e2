/** Gives the covariance of two ReLU neurons under standard Gaussian inputs. */
import { matrix } from '../math/matrix.ts';
import { bracket, pairOf } from './pair.ts';
import { measureRows, type Rows } from './rows.ts';

/** 2π. */
export const twoPi = 2 * Math.PI;

/**
 * κ(w, v) = E max(0, w·x) max(0, v·x) for x ~ N(0, I): |w||v|(sin θ + (π − θ) cos θ)/2π, relative error under 1e-14
 * (near θ = π too, where it tends to 0 as (π − θ)³). Throws RangeError for rows of different width, RowError for a
 * zero row. Source: Y. Cho, L. Saul, "Kernel methods for deep learning", NIPS 2009, equation (6), degree 1.
 */
export function kernel(w: Float64Array, v: Float64Array): number {
  if (w.length !== v.length)
    throw new RangeError(`rows of ${w.length} and ${v.length} inputs have no kernel`);
  const left = measureRows(matrix(1, w.length, w), 'first row');
  return kernelOf(left, 0, measureRows(matrix(1, v.length, v), 'second row'), 0);
}

/** κ of row i of one matrix and row j of another. */
export function kernelOf(left: Rows, i: number, right: Rows, j: number): number {
  const product = (left.lengths[i] as number) * (right.lengths[j] as number);
  return (product * bracket(pairOf(left, i, right, j))) / twoPi;
}
