/** Estimates how far a factored matrix is from a singular one. */
import type { Matrix } from '../matrix/entries.ts';
import {
  backward,
  backwardTransposed,
  forward,
  forwardTransposed,
  swapBack,
  swapInOrder,
} from './substitution.ts';

/**
 * 1 / (n |A'^-1|_2) in [0, 1], where A' is `a` with rows, then columns, scaled to largest entry 1, so that units do
 * not count: at most the reciprocal of the condition number of A'; 0 where a row or column vanishes. The norm of
 * the inverse is estimated by one step of inverse iteration with A'^T A' from a vector without pattern: good to a
 * factor of some units, and to a few per cent where A' is nearly singular.
 */
export function reciprocalCondition(a: Matrix, factors: Matrix, pivots: Int32Array): number {
  const n = a.rows;
  const rows = new Float64Array(n);
  const columns = new Float64Array(n);
  measure(a, rows, columns);
  // z = A'^-1 x = C^-1 A^-1 R^-1 x, then w = A'^-T z = R^-1 A^-T C^-1 z
  const z = new Float64Array(n);
  for (let i = 0; i < n; i++) z[i] = patternless(i) * (rows[i] as number);
  swapInOrder(pivots, z);
  forward(factors, z, true);
  backward(factors, z);
  multiplyInto(z, columns);
  const size = normalise(z);
  if (!(size > 0 && size < Infinity)) return n === 0 ? 1 : 0;
  multiplyInto(z, columns);
  forwardTransposed(factors, z);
  backwardTransposed(factors, z, true);
  swapBack(pivots, z);
  multiplyInto(z, rows);
  const estimate = 1 / (n * normalise(z));
  return estimate > 0 ? Math.min(estimate, 1) : 0;
}

/** Numbers in [-1/2, 1/2) spread like multiples of the golden ratio. */
function patternless(i: number): number {
  const turn = (i + 1) * 0.6180339887498949;
  return turn - Math.floor(turn) - 0.5;
}

/** Puts the largest size in each row into `rows`, and in each column, of entries divided by it, into `columns`. */
function measure(a: Matrix, rows: Float64Array, columns: Float64Array): void {
  const { data, columns: n } = a;
  for (let i = 0; i < n; i++) {
    let size = 0;
    for (let at = i * n; at < (i + 1) * n; at++) size = Math.max(size, Math.abs(data[at] as number));
    rows[i] = size;
    for (let j = 0; j < n; j++) {
      const relative = Math.abs(data[i * n + j] as number) / size;
      if (relative > (columns[j] as number)) columns[j] = relative;
    }
  }
}

function multiplyInto(x: Float64Array, factors: Float64Array): void {
  for (let i = 0; i < x.length; i++) (x[i] as number) *= factors[i] as number;
}

/** Divides by the Euclidean norm, which it returns; leaves 0, Infinity and NaN. */
function normalise(x: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i] as number));
  if (!(largest > 0 && largest < Infinity)) return largest;
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += ((x[i] as number) / largest) * ((x[i] as number) / largest);
  const norm = largest * Math.sqrt(sum);
  for (let i = 0; i < x.length; i++) (x[i] as number) /= norm;
  return norm;
}
