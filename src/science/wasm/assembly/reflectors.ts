/**
 * Multiplies out a product of Householder reflections, a block of them at a time.
 * Source: R. Schreiber, C. Van Loan, "A storage-efficient WY representation for products of Householder
 * transformations", SIAM J. Sci. Stat. Comput. 10 (1989): H_0 ... H_(b-1) = 1 - V T V^T with T upper triangular.
 */
import { gemm } from './gemm';
import { at, get, set } from './memory';
import { dot } from './vector';

/** Reflections of a block. */
export const block: i32 = 32;

/**
 * q (n x n) = H_0 H_1 ... H_(n-2) for reflections as `tridiagonalise` leaves them in v and tau.
 * `work` points to 2 block (n + block) doubles.
 */
export function formQ(n: i32, v: usize, tau: usize, q: usize, work: usize): void {
  memory.fill(q, 0, (<usize>(n * n)) << 3);
  for (let i = 0; i < n; i++) set(q, i * n + i, 1);
  for (let start = ((n - 2) / block) * block; start >= 0; start -= block) {
    const count = min(block, n - 1 - start);
    makeT(n, start, count, v, tau, work, at(work, block * block));
    applyBlock(n, start, count, v, q, work);
  }
}

/** T (block x block, row-major) of the reflections from `start` on, from the scalar products of their vectors. */
function makeT(n: i32, start: i32, count: i32, v: usize, tau: usize, t: usize, products: usize): void {
  for (let i = 0; i < count; i++) {
    const vi = at(v, (start + i) * n + start);
    const ti = get(tau, start + i);
    for (let r = 0; r < i; r++) set(products, r, -ti * dot(n - start, at(v, (start + r) * n + start), vi));
    for (let r = 0; r < block; r++) set(t, r * block + i, 0);
    for (let r = 0; r < i; r++) {
      let sum = 0.0;
      for (let s = r; s < i; s++) sum += get(t, r * block + s) * get(products, s);
      set(t, r * block + i, sum);
    }
    set(t, i * block + i, ti);
  }
}

/** q -= V T V^T q, where only rows and columns after `start` change, the rest of q being the identity still. */
function applyBlock(n: i32, start: i32, count: i32, v: usize, q: usize, t: usize): void {
  const first = start + 1;
  const m = n - first;
  const vectors = at(v, start * n + first);
  const corner = at(q, first * n + first);
  const y = at(t, block * block);
  const ty = at(y, block * n);
  memory.fill(y, 0, (<usize>(2 * block * n)) << 3);
  gemm(false, false, count, m, m, 1, vectors, n, corner, n, y, n);
  gemm(false, false, count, m, count, 1, t, block, y, n, ty, n);
  gemm(true, false, m, m, count, -1, vectors, n, ty, n, corner, n);
}
