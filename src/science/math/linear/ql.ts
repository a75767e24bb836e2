/**
 * Diagonalises small symmetric tridiagonal matrices by implicitly shifted QL steps.
 * Source: A. Dubrulle, R. Martin, J. Wilkinson, "The implicit QL algorithm", Numer. Math. 12 (1968).
 */

/** An ulp of 1. */
const ulp = 2.220446049250313e-16;
const attempts = 60;

/**
 * Replaces d (n) by the eigenvalues of the matrix with diagonal d and subdiagonal e (n, the last entry free; lost).
 * The rows of q (n x n), if given, are turned into those of the eigenvectors. False if one needs more than 60 steps.
 */
export function diagonalise(
  n: number,
  d: Float64Array,
  e: Float64Array,
  q: Float64Array | undefined,
): boolean {
  if (n > 0) e[n - 1] = 0;
  const negligible = ulp * norm(n, d, e);
  for (let l = 0; l < n; l++) {
    for (let attempt = 0; ; attempt++) {
      const m = blockEnd(n, l, e, negligible);
      if (m === l) break;
      if (attempt === attempts) return false;
      step(n, l, m, d, e, q);
    }
  }
  return true;
}

/** The largest sum of a diagonal entry and the one below it: within a factor of 2 of the spectral norm. */
function norm(n: number, d: Float64Array, e: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < n; i++)
    largest = Math.max(largest, Math.abs(d[i] as number) + Math.abs(e[i] as number));
  return largest;
}

/**
 * The first m >= l where the subdiagonal is negligible: rows l to m are a block. Negligible beside the whole matrix,
 * since beside its neighbours an entry of a matrix of low rank need not become so: all of them are rounding errors.
 */
function blockEnd(n: number, l: number, e: Float64Array, negligible: number): number {
  let m = l;
  while (m < n - 1 && Math.abs(e[m] as number) > negligible) m++;
  return m;
}

/** The distance of d[m] from Wilkinson's shift at row l. */
function shifted(l: number, m: number, d: Float64Array, e: Float64Array): number {
  const below = e[l] as number;
  const half = ((d[l + 1] as number) - (d[l] as number)) / (2 * below);
  const root = Math.sqrt(half * half + 1);
  return (d[m] as number) - (d[l] as number) + below / (half < 0 ? half - root : half + root);
}

/** One step on rows l to m; it ends early where the matrix falls apart on the way. */
function step(
  n: number,
  l: number,
  m: number,
  d: Float64Array,
  e: Float64Array,
  q: Float64Array | undefined,
): void {
  let g = shifted(l, m, d, e);
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * (e[i] as number);
    const b = c * (e[i] as number);
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      (d[i + 1] as number) -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = (d[i + 1] as number) - p;
    const t = ((d[i] as number) - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    if (q !== undefined) rotate(n, q, i, c, s);
  }
  (d[l] as number) -= p;
  e[l] = g;
  e[m] = 0;
}

/** Turns rows i and i + 1. */
function rotate(n: number, q: Float64Array, i: number, c: number, s: number): void {
  for (let k = i * n; k < (i + 1) * n; k++) {
    const x = q[k] as number;
    const y = q[k + n] as number;
    q[k] = c * x - s * y;
    q[k + n] = s * x + c * y;
  }
}
