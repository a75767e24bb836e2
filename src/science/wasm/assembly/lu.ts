/**
 * LU factorisation with partial pivoting by halves of the columns.
 * Source: S. Toledo, "Locality of reference in LU decomposition with partial pivoting", SIAM J. Matrix Anal. Appl. 18 (1997).
 */
import { gemm } from './gemm';
import { at, get, set } from './memory';
import { half, solveUnitLower } from './triangular';
import { subtractMultiple, swap } from './vector';

export { heap } from './memory';

/** Below this number of columns they are eliminated one by one. */
const leaf: i32 = 16;

/**
 * Factors the m x n matrix at a (m >= n, row stride lda) in place, L below the diagonal and U on and above it.
 * pivots[k] (n doubles) becomes the row that step k swapped with row k.
 * Returns -1, or the first column without a pivot that is not 0.
 */
export function factor(m: i32, n: i32, a: usize, lda: i32, pivots: usize): i32 {
  if (n <= leaf) return factorLeaf(m, n, a, lda, pivots);
  const h = half(n);
  const failed = factor(m, h, a, lda, pivots);
  if (failed >= 0) return failed;
  const right = at(a, h);
  const corner = at(a, h * lda + h);
  const rest = at(pivots, h);
  swapRows(h, n - h, right, lda, pivots);
  solveUnitLower(h, n - h, a, lda, right, lda);
  gemm(false, false, m - h, n - h, h, -1, at(a, h * lda), lda, right, lda, corner, lda);
  const failedRight = factor(m - h, n - h, corner, lda, rest);
  if (failedRight >= 0) return failedRight + h;
  swapRows(n - h, h, at(a, h * lda), lda, rest);
  for (let k = 0; k < n - h; k++) set(rest, k, get(rest, k) + h);
  return -1;
}

function factorLeaf(m: i32, n: i32, a: usize, lda: i32, pivots: usize): i32 {
  for (let k = 0; k < n; k++) {
    const p = largest(m, k, at(a, k), lda);
    const row = at(a, k * lda);
    set(pivots, k, p);
    if (get(a, p * lda + k) == 0) return k;
    if (p != k) swap(n, at(a, p * lda), row);
    const pivot = get(row, k);
    for (let i = k + 1; i < m; i++) {
      const other = at(a, i * lda);
      const f = get(other, k) / pivot;
      set(other, k, f);
      subtractMultiple(n - k - 1, f, at(row, k + 1), at(other, k + 1));
    }
  }
  return -1;
}

/** The first row from k on with the largest entry of a column. */
function largest(m: i32, k: i32, column: usize, lda: i32): i32 {
  let p = k;
  let size = abs(get(column, k * lda));
  for (let i = k + 1; i < m; i++) {
    const x = abs(get(column, i * lda));
    if (x > size) {
      size = x;
      p = i;
    }
  }
  return p;
}

/** Applies the swaps of `count` steps to a block of `columns` columns. */
function swapRows(count: i32, columns: i32, a: usize, lda: i32, pivots: usize): void {
  for (let k = 0; k < count; k++) {
    const p = <i32>get(pivots, k);
    if (p != k) swap(columns, at(a, p * lda), at(a, k * lda));
  }
}
