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
 * 1 / (|A'|_F |A'^-1|_2) in [0, 1], where A' is `a` with rows, then columns, scaled to largest entry 1, so that
 * units do not count; 0 where a row or column vanishes. The norm of the inverse is estimated by one step of
 * inverse iteration with A'^T A' from a vector without pattern: good to a factor of some units, and to a few
 * per cent where A' is nearly singular.
 */
export function reciprocalCondition(a: Matrix, factors: Matrix, pivots: Int32Array): number {
  const n = a.rows;
  if (n === 0) return 1;
  const rows = rowSizes(a);
  const columns = columnSizes(a, rows);
  if (rows.includes(0) || columns.includes(0)) return 0;
  // z = A'^-1 x = C^-1 A^-1 R^-1 x, then w = A'^-T z = R^-1 A^-T C^-1 z
  const z = new Float64Array(n);
  for (let i = 0; i < n; i++) z[i] = patternless(i) * (rows[i] as number);
  swapInOrder(pivots, z);
  forward(factors, z, true);
  backward(factors, z);
  multiplyInto(z, columns);
  const size = norm(z);
  multiplyInto(z, columns);
  forwardTransposed(factors, z);
  backwardTransposed(factors, z, true);
  swapBack(pivots, z);
  multiplyInto(z, rows);
  const estimate = size / (norm(z) * scaledNorm(a, rows, columns));
  return estimate > 0 ? Math.min(estimate, 1) : 0;
}

/** Numbers in [-1/2, 1/2) spread like multiples of the golden ratio. */
function patternless(i: number): number {
  const turn = (i + 1) * 0.6180339887498949;
  return turn - Math.floor(turn) - 0.5;
}

function rowSizes(a: Matrix): Float64Array {
  const sizes = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < a.columns; j++)
      sizes[i] = Math.max(sizes[i] as number, Math.abs(a.data[i * a.columns + j] as number));
  return sizes;
}

function columnSizes(a: Matrix, rows: Float64Array): Float64Array {
  const sizes = new Float64Array(a.columns);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < a.columns; j++)
      sizes[j] = Math.max(
        sizes[j] as number,
        Math.abs(a.data[i * a.columns + j] as number) / (rows[i] as number),
      );
  return sizes;
}

/** The Frobenius norm of A'. */
function scaledNorm(a: Matrix, rows: Float64Array, columns: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < a.columns; j++) {
      const entry = (a.data[i * a.columns + j] as number) / (rows[i] as number) / (columns[j] as number);
      sum += entry * entry;
    }
  return Math.sqrt(sum);
}

function multiplyInto(x: Float64Array, factors: Float64Array): void {
  for (let i = 0; i < x.length; i++) (x[i] as number) *= factors[i] as number;
}

/** The Euclidean norm, without overflow. */
function norm(x: Float64Array): number {
  const largest = x.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  if (!(largest > 0 && largest < Infinity)) return largest;
  return largest * Math.sqrt(x.reduce((sum, value) => sum + (value / largest) * (value / largest), 0));
}
