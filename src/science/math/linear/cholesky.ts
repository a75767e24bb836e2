/** The Cholesky factorisation of positive definite matrices. */
import { type Matrix, matrix } from '../matrix.ts';

/**
 * The lower triangular L with L L^T = a, or undefined if a is not positive definite to working precision.
 * Reads the lower triangle of a only. Throws RangeError if a is not square.
 */
export function choleskyFactor(a: Matrix): Matrix | undefined {
  const n = a.rows;
  if (a.columns !== n)
    throw new RangeError(`only a square matrix has a Cholesky factor, not ${n}x${a.columns}`);
  const factor = matrix(n, n);
  const l = factor.data;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let s = a.data[i * n + j] as number;
      for (let k = 0; k < j; k++) s -= (l[i * n + k] as number) * (l[j * n + k] as number);
      if (i === j && !(s > 0)) return undefined;
      l[i * n + j] = i === j ? Math.sqrt(s) : s / (l[j * n + j] as number);
    }
  }
  return factor;
}

/** Solves L L^T x = b. Throws RangeError unless b has as many entries as L has rows. */
export function choleskySolve(factor: Matrix, b: Float64Array): Float64Array {
  const n = factor.rows;
  if (b.length !== n) throw new RangeError(`a ${n}x${n} system has no right side of ${b.length} entries`);
  const l = factor.data;
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) (x[i] as number) -= (l[i * n + j] as number) * (x[j] as number);
    (x[i] as number) /= l[i * n + i] as number;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) (x[i] as number) -= (l[j * n + i] as number) * (x[j] as number);
    (x[i] as number) /= l[i * n + i] as number;
  }
  return x;
}
