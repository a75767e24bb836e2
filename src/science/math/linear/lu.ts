/** Gaussian elimination with partial pivoting. */
import { type Matrix, matrix } from '../matrix.ts';

/** P a = L U: U and, below the diagonal, the unit lower triangular L; step k swapped rows k and pivots[k]. */
export interface RegularLu {
  readonly status: 'regular';
  readonly factors: Matrix;
  readonly pivots: Int32Array;
}

/** The factors, or the first column whose pivot is 0 but for rounding, so that no solution means anything. */
export type Lu = RegularLu | { readonly status: 'singular'; readonly column: number };

/** The solution of a linear system, or why there is none. */
export type Solution =
  | { readonly status: 'solved'; readonly x: Float64Array }
  | { readonly status: 'singular'; readonly column: number };

/** Factors a square matrix (left as it is). Throws RangeError if it is not square or an entry is not finite. */
export function luFactor(a: Matrix): Lu {
  const n = a.rows;
  if (a.columns !== n)
    throw new RangeError(`only a square matrix has an LU factorisation here, not ${n}x${a.columns}`);
  if (!a.data.every(Number.isFinite))
    throw new RangeError('a matrix to factor has an entry that is not finite');
  const factors = matrix(n, n, a.data.slice());
  const pivots = new Int32Array(n);
  const u = factors.data;
  for (let k = 0; k < n; k++) {
    const p = pivotRow(u, n, k);
    pivots[k] = p;
    if (u[p * n + k] === 0) return { status: 'singular', column: k };
    if (p !== k) swapRows(u, n, p, k);
    eliminate(u, n, k);
  }
  const column = firstNoise(u, n);
  return column < n ? { status: 'singular', column } : { status: 'regular', factors, pivots };
}

function pivotRow(u: Float64Array, n: number, k: number): number {
  let p = k;
  for (let i = k + 1; i < n; i++)
    if (Math.abs(u[i * n + k] as number) > Math.abs(u[p * n + k] as number)) p = i;
  return p;
}

function swapRows(u: Float64Array, n: number, p: number, k: number): void {
  for (let j = 0; j < n; j++) {
    const t = u[p * n + j] as number;
    u[p * n + j] = u[k * n + j] as number;
    u[k * n + j] = t;
  }
}

function eliminate(u: Float64Array, n: number, k: number): void {
  const inverse = 1 / (u[k * n + k] as number);
  for (let i = k + 1; i < n; i++) {
    const factor = (u[i * n + k] as number) * inverse;
    u[i * n + k] = factor;
    for (let j = k + 1; j < n; j++) (u[i * n + j] as number) -= factor * (u[k * n + j] as number);
  }
}

/** The first pivot below 16 rounding errors of the terms that it is the sum of: a test that no scaling of rows or columns moves. */
function firstNoise(u: Float64Array, n: number): number {
  for (let k = 0; k < n; k++) {
    const pivot = Math.abs(u[k * n + k] as number);
    let terms = pivot;
    for (let q = 0; q < k; q++) terms += Math.abs((u[k * n + q] as number) * (u[q * n + k] as number));
    if (pivot <= 3.6e-15 * terms) return k;
  }
  return n;
}

/** Solves a x = b from the factors of a. Throws RangeError unless b has as many entries as a has rows. */
export function luSolve(lu: RegularLu, b: Float64Array): Float64Array {
  const n = lu.pivots.length;
  if (b.length !== n) throw new RangeError(`a ${n}x${n} system has no right side of ${b.length} entries`);
  const u = lu.factors.data;
  const x = b.slice();
  lu.pivots.forEach((p, k) => {
    const t = x[k] as number;
    x[k] = x[p] as number;
    x[p] = t;
  });
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++) (x[i] as number) -= (u[i * n + j] as number) * (x[j] as number);
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) (x[i] as number) -= (u[i * n + j] as number) * (x[j] as number);
    (x[i] as number) /= u[i * n + i] as number;
  }
  return x;
}

/** Solves a x = b for a square matrix a. Throws RangeError for shapes that do not fit and entries that are not finite. */
export function solve(a: Matrix, b: Float64Array): Solution {
  const lu = luFactor(a);
  return lu.status === 'regular' ? { status: 'solved', x: luSolve(lu, b) } : lu;
}
