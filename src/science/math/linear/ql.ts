/**
 * Diagonalises small symmetric tridiagonal matrices by implicitly shifted QL steps.
 * Source: A. Dubrulle, R. Martin, J. Wilkinson, "The implicit QL algorithm", Numer. Math. 12 (1968).
 */

/** An ulp of 1 (half of it a QL step cannot always reach), and what counts as 0 in a matrix with largest entry in [1, 2). */
const roundoff = 2.220446049250313e-16;
const negligible = 8.673617379884035e-19;
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
  for (let l = 0; l < n; l++) {
    for (let attempt = 0; ; attempt++) {
      const m = blockEnd(n, l, d, e);
      if (m === l) break;
      if (attempt === attempts) return false;
      step(n, l, m, d, e, q);
    }
  }
  return true;
}

/** The first m >= l where the subdiagonal is negligible: rows l to m are a block. */
function blockEnd(n: number, l: number, d: Float64Array, e: Float64Array): number {
  let m = l;
  for (; m < n - 1; m++) {
    const size = Math.abs(d[m] as number) + Math.abs(d[m + 1] as number);
    if (Math.abs(e[m] as number) <= roundoff * size + negligible) break;
  }
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
