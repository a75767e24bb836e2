/** Triangular systems with many right sides, split in halves so that most of the work is products. */
import { at, get, set } from './memory';
import { dot, subtractMultiple } from './vector';
import { gemm } from './gemm';

/** Below this size a triangular system is solved entry by entry. */
const leaf: i32 = 16;

/** Half of n, rounded up to a multiple of 8, for n > 16: a size at which the product has no ragged edge. */
@inline
export function half(n: i32): i32 {
  return ((n >> 1) + 7) & ~7;
}

/** Solves L X = B in place, for L unit lower triangular (n x n, row stride ldl) and B n x m. */
export function solveUnitLower(n: i32, m: i32, l: usize, ldl: i32, b: usize, ldb: i32): void {
  if (n <= leaf) {
    for (let i = 1; i < n; i++)
      for (let k = 0; k < i; k++) subtractMultiple(m, get(l, i * ldl + k), at(b, k * ldb), at(b, i * ldb));
    return;
  }
  const h = half(n);
  const rest = at(b, h * ldb);
  solveUnitLower(h, m, l, ldl, b, ldb);
  gemm(false, false, n - h, m, h, -1, at(l, h * ldl), ldl, b, ldb, rest, ldb);
  solveUnitLower(n - h, m, at(l, h * ldl + h), ldl, rest, ldb);
}

/** Solves X L^T = B in place, for L lower triangular (n x n) and B m x n. */
export function solveLowerTransposed(m: i32, n: i32, l: usize, ldl: i32, b: usize, ldb: i32): void {
  if (n <= leaf) {
    for (let i = 0; i < m; i++) {
      const row = at(b, i * ldb);
      for (let j = 0; j < n; j++) set(row, j, (get(row, j) - dot(j, row, at(l, j * ldl))) / get(l, j * ldl + j));
    }
    return;
  }
  const h = half(n);
  solveLowerTransposed(m, h, l, ldl, b, ldb);
  gemm(false, true, m, n - h, h, -1, b, ldb, at(l, h * ldl), ldl, at(b, h), ldb);
  solveLowerTransposed(m, n - h, at(l, h * ldl + h), ldl, at(b, h), ldb);
}
