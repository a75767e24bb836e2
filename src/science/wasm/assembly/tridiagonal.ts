/**
 * Reduces a symmetric matrix to tridiagonal form by Householder reflections, a panel of columns at a time.
 * Source: J. Dongarra, S. Hammarling, D. Sorensen, "Block reduction of matrices to condensed forms for eigenvalue
 * computations", J. Comput. Appl. Math. 27 (1989). Half of the work is in matrix products, half in
 * products of the matrix and a vector.
 */
import { gemm } from './gemm';
import { at, get, set } from './memory';
import { dot, subtractMultiple } from './vector';

/** Columns of a panel. */
export const panel: i32 = 32;
/** Rows of the strips in which the rest of the upper triangle is updated. */
const strip: i32 = 128;

/**
 * Reduces the upper triangle of a (n x n), which is lost: Q^T A Q has diagonal d (n) and subdiagonal e (n - 1), for
 * Q = H_0 H_1 ... H_(n-2), H_j = 1 - tau[j] v_j v_j^T with v_j in row j of v (n x n), 0 up to j and 1 at j + 1.
 * `panels` points to 3 panel n doubles, `row` to n.
 */
export function tridiagonalise(
  n: i32, a: usize, d: usize, e: usize, tau: usize, v: usize, panels: usize, row: usize,
): void {
  for (let start = 0; start < n; start += panel) {
    const count = min(panel, n - start);
    for (let q = 0; q < count; q++) reduceColumn(n, start, q, a, d, e, tau, v, panels, row);
    if (start + count < n) updateRest(n, start + count, a, panels);
  }
}

/**
 * Makes reflection j = start + q. The panels hold, as rows of n, the v of this panel, then the w, then the v
 * again: the matrix reduced so far is A - sum of v w^T + w v^T.
 */
function reduceColumn(
  n: i32, start: i32, q: i32, a: usize, d: usize, e: usize, tau: usize, v: usize, panels: usize, row: usize,
): void {
  const j = start + q;
  const length = n - j;
  memory.copy(row, at(a, j * n + j), <usize>length << 3);
  for (let p = 0; p < q; p++) {
    const vp = at(panels, p * n + j);
    const wp = at(panels, (panel + p) * n + j);
    subtractMultiple(length, get(wp, 0), vp, row);
    subtractMultiple(length, get(vp, 0), wp, row);
  }
  set(d, j, get(row, 0));
  const own = at(v, j * n);
  memory.fill(own, 0, <usize>n << 3);
  if (length > 1) {
    const m = length - 1;
    const first = at(own, j + 1);
    const t = reflect(m, at(row, 1), first, at(e, j));
    set(tau, j, t);
    const w = at(panels, (panel + q) * n);
    memory.fill(w, 0, <usize>n << 3);
    makeW(n, j + 1, q, t, a, first, panels, at(w, j + 1));
  }
  memory.copy(at(panels, q * n), own, <usize>n << 3);
  memory.copy(at(panels, (2 * panel + q) * n), own, <usize>n << 3);
}

/** Puts into v (m entries, first 1) the reflection that maps x to (beta, 0, ..., 0), beta into e; returns its tau. */
function reflect(m: i32, x: usize, v: usize, e: usize): f64 {
  const alpha = get(x, 0);
  const rest = dot(m - 1, at(x, 1), at(x, 1));
  set(v, 0, 1);
  if (rest == 0) {
    set(e, 0, alpha);
    return 0;
  }
  const beta = -copysign(sqrt(alpha * alpha + rest), alpha);
  const inverse = 1 / (alpha - beta);
  for (let i = 1; i < m; i++) set(v, i, get(x, i) * inverse);
  set(e, 0, beta);
  return (beta - alpha) / beta;
}

/** w = t (u - t/2 (u, v) v) for u = (A - sum of v w^T + w v^T) v on the entries from k on. */
function makeW(n: i32, k: i32, q: i32, t: f64, a: usize, v: usize, panels: usize, w: usize): void {
  const m = n - k;
  multiplySymmetric(m, at(a, k * n + k), n, v, w);
  for (let p = 0; p < q; p++) {
    const vp = at(panels, p * n + k);
    const wp = at(panels, (panel + p) * n + k);
    const alongW = dot(m, wp, v);
    const alongV = dot(m, vp, v);
    subtractMultiple(m, alongW, vp, w);
    subtractMultiple(m, alongV, wp, w);
  }
  for (let i = 0; i < m; i++) set(w, i, t * get(w, i));
  subtractMultiple(m, 0.5 * t * dot(m, w, v), v, w);
}

/** A -= sum of v w^T + w v^T over a full panel, on the upper triangle from row `start` on. */
function updateRest(n: i32, start: i32, a: usize, panels: usize): void {
  for (let i = start; i < n; i += strip) {
    const right = at(panels, panel * n + i);
    gemm(true, false, min(strip, n - i), n - i, 2 * panel, -1, at(panels, i), n, right, n, at(a, i * n + i), n);
  }
}

/** y = A x for the upper triangle of A (m x m, row stride lda), four rows at a time. */
function multiplySymmetric(m: i32, a: usize, lda: i32, x: usize, y: usize): void {
  memory.fill(y, 0, <usize>m << 3);
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const rows = at(a, i * lda + i);
    multiplyCorner(4, rows, lda, at(x, i), at(y, i));
    fourRows(m - i - 4, at(rows, 4), <usize>lda << 3, at(x, i), at(y, i));
  }
  multiplyCorner(m - i, at(a, i * lda + i), lda, at(x, i), at(y, i));
}

/** y += A x for a small symmetric A given by its upper triangle. */
function multiplyCorner(size: i32, a: usize, lda: i32, x: usize, y: usize): void {
  for (let r = 0; r < size; r++) {
    const row = at(a, r * lda);
    set(y, r, get(y, r) + get(row, r) * get(x, r));
    for (let c = r + 1; c < size; c++) {
      set(y, r, get(y, r) + get(row, c) * get(x, c));
      set(y, c, get(y, c) + get(row, c) * get(x, r));
    }
  }
}

/** For four rows of `count` entries right of the corner: their part of y above, and that of their mirror image below. */
function fourRows(count: i32, a: usize, pitch: usize, x: usize, y: usize): void {
  const x0 = v128.load_splat<f64>(x, 0);
  const x1 = v128.load_splat<f64>(x, 8);
  const x2 = v128.load_splat<f64>(x, 16);
  const x3 = v128.load_splat<f64>(x, 24);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let p0 = a;
  let p1 = p0 + pitch;
  let p2 = p1 + pitch;
  let p3 = p2 + pitch;
  let px = at(x, 4);
  let py = at(y, 4);
  let j = 0;
  for (; j + 2 <= count; j += 2) {
    const a0 = v128.load(p0);
    const a1 = v128.load(p1);
    const a2 = v128.load(p2);
    const a3 = v128.load(p3);
    const xj = v128.load(px);
    s0 = f64x2.add(s0, f64x2.mul(a0, xj));
    s1 = f64x2.add(s1, f64x2.mul(a1, xj));
    s2 = f64x2.add(s2, f64x2.mul(a2, xj));
    s3 = f64x2.add(s3, f64x2.mul(a3, xj));
    const low = f64x2.add(f64x2.mul(a0, x0), f64x2.mul(a1, x1));
    const high = f64x2.add(f64x2.mul(a2, x2), f64x2.mul(a3, x3));
    v128.store(py, f64x2.add(v128.load(py), f64x2.add(low, high)));
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
    px += 16;
    py += 16;
  }
  let last0 = 0.0;
  let last1 = 0.0;
  let last2 = 0.0;
  let last3 = 0.0;
  if (j < count) {
    const xj = load<f64>(px);
    last0 = load<f64>(p0) * xj;
    last1 = load<f64>(p1) * xj;
    last2 = load<f64>(p2) * xj;
    last3 = load<f64>(p3) * xj;
    const low = load<f64>(p0) * get(x, 0) + load<f64>(p1) * get(x, 1);
    store<f64>(py, load<f64>(py) + (low + (load<f64>(p2) * get(x, 2) + load<f64>(p3) * get(x, 3))));
  }
  addTo(y, 0, s0, last0);
  addTo(y, 1, s1, last1);
  addTo(y, 2, s2, last2);
  addTo(y, 3, s3, last3);
}

@inline
function addTo(y: usize, i: i32, sum: v128, last: f64): void {
  set(y, i, get(y, i) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + last));
}
