/**
 * Diagonalises a symmetric tridiagonal matrix by implicitly shifted QL steps.
 * Source: A. Dubrulle, R. Martin, J. Wilkinson, "The implicit QL algorithm", Numer. Math. 12 (1968).
 */
import { at, get, set } from './memory';
import { Sweep, applySweeps } from './rotations';

/** An ulp of 1. */
const ulp: f64 = 2.220446049250313e-16;
const attempts: i32 = 60;

/** Sweeps that are recorded before they are applied. */
const batch: i32 = 64;
const sweeps = memory.data(64 * 16, 16);

/** Doubles that `ql` needs beside its operands when it has a matrix to rotate. */
@inline
export function qlScratch(n: i32): i32 {
  return 2 * batch * n + 8 * n;
}

/**
 * Replaces d (n) by the eigenvalues of the matrix with diagonal d and subdiagonal e (n, the last entry
 * free; lost); where q (n x n) is not 0 its rows are turned into those of the eigenvectors.
 * False if an eigenvalue needs more than 60 steps.
 */
export function ql(n: i32, d: usize, e: usize, q: usize, scratch: usize): bool {
  const packed = at(scratch, 2 * batch * n);
  let recorded = 0;
  set(e, n - 1, 0);
  const negligible = ulp * norm(n, d, e);
  for (let l = 0; l < n; l++) {
    for (let attempt = 0; ; attempt++) {
      const m = blockEnd(n, l, e, negligible);
      if (m == l) break;
      if (attempt == attempts) return false;
      const pairs = q ? at(scratch, 2 * recorded * n) : 0;
      const low = step(l, m, d, e, pairs);
      if (!q) continue;
      const sweep = changetype<Sweep>(sweeps + <usize>recorded * offsetof<Sweep>());
      sweep.high = m;
      sweep.low = low;
      sweep.pairs = pairs;
      if (++recorded < batch) continue;
      applySweeps(n, recorded, sweeps, q, packed);
      recorded = 0;
    }
  }
  if (recorded > 0) applySweeps(n, recorded, sweeps, q, packed);
  return true;
}

/** The largest sum of a diagonal entry and the one below it: within a factor of 2 of the spectral norm. */
function norm(n: i32, d: usize, e: usize): f64 {
  let largest = 0.0;
  for (let i = 0; i < n; i++) largest = max(largest, abs(get(d, i)) + abs(get(e, i)));
  return largest;
}

/**
 * The first m >= l where the subdiagonal is negligible: rows l to m are a block. Negligible beside the whole matrix,
 * since beside its neighbours an entry of a matrix of low rank need not become so: all of them are rounding errors.
 */
function blockEnd(n: i32, l: i32, e: usize, negligible: f64): i32 {
  let m = l;
  while (m < n - 1 && abs(get(e, m)) > negligible) m++;
  return m;
}

/**
 * One step on rows l to m with Wilkinson's shift. Records (cos, sin) of its rotations if `pairs` is not 0.
 * Returns the row to which it came: l, or a later one where the matrix fell apart on the way.
 */
function step(l: i32, m: i32, d: usize, e: usize, pairs: usize): i32 {
  const half = (get(d, l + 1) - get(d, l)) / (2 * get(e, l));
  const root = sqrt(half * half + 1);
  let g = get(d, m) - get(d, l) + get(e, l) / (half + copysign(root, half));
  let s = 1.0;
  let c = 1.0;
  let p = 0.0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * get(e, i);
    const b = c * get(e, i);
    let r = sqrt(f * f + g * g);
    set(e, i + 1, r);
    if (r == 0) {
      set(d, i + 1, get(d, i + 1) - p);
      set(e, m, 0);
      return i + 1;
    }
    s = f / r;
    c = g / r;
    g = get(d, i + 1) - p;
    r = (get(d, i) - g) * s + 2 * c * b;
    p = s * r;
    set(d, i + 1, g + p);
    g = c * r - b;
    if (pairs) {
      store<f64>(pairs, c);
      store<f64>(pairs, s, 8);
      pairs += 16;
    }
  }
  set(d, l, get(d, l) - p);
  set(e, l, g);
  set(e, m, 0);
  return l;
}
