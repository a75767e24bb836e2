/** Cholesky factorisation of the lower triangle, by halves. */
import { gemm } from './gemm';
import { at, get, set } from './memory';
import { half, solveLowerTransposed } from './triangular';
import { dot } from './vector';

export { heap } from './memory';

/** Below this size entries are computed one by one, and products fill whole squares. */
const leaf: i32 = 16;
const squareLeaf: i32 = 96;

/** Overwrites the lower triangle of a (n x n, row stride lda) with its factor. False if a is not positive definite. */
export function factor(n: i32, a: usize, lda: i32): bool {
  if (n <= leaf) return factorLeaf(n, a, lda);
  const h = half(n);
  if (!factor(h, a, lda)) return false;
  const below = at(a, h * lda);
  const corner = at(below, h);
  solveLowerTransposed(n - h, h, a, lda, below, lda);
  subtractSquare(n - h, h, below, corner, lda);
  return factor(n - h, corner, lda);
}

function factorLeaf(n: i32, a: usize, lda: i32): bool {
  for (let j = 0; j < n; j++) {
    const row = at(a, j * lda);
    const square = get(row, j) - dot(j, row, row);
    if (!(square > 0 && square < Infinity)) return false;
    const diagonal = sqrt(square);
    set(row, j, diagonal);
    for (let i = j + 1; i < n; i++) {
      const other = at(a, i * lda);
      set(other, j, (get(other, j) - dot(j, other, row)) / diagonal);
    }
  }
  return true;
}

/** C -= B B^T on the lower triangle of C (n x n), for B n x k; both have row stride lda. */
function subtractSquare(n: i32, k: i32, b: usize, c: usize, lda: i32): void {
  if (n <= squareLeaf) {
    gemm(false, true, n, n, k, -1, b, lda, b, lda, c, lda);
    return;
  }
  const h = half(n);
  const low = at(b, h * lda);
  subtractSquare(h, k, b, c, lda);
  gemm(false, true, n - h, h, k, -1, low, lda, b, lda, at(c, h * lda), lda);
  subtractSquare(n - h, k, low, at(c, h * lda + h), lda);
}
