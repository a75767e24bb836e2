/**
 * Reduces small symmetric matrices to tridiagonal form by Householder reflections.
 * Source: R. Martin, C. Reinsch, J. Wilkinson, "Householder's tridiagonalization of a symmetric matrix", Numer. Math. 11 (1968).
 */

/**
 * Reduces the full symmetric a (n x n): Q^T A Q has diagonal d (n) and subdiagonal e (n, of which n - 1 count) for
 * Q = H_0 H_1 ... H_(n-2), H_j = 1 - tau_j v_j v_j^T. Row j of a is left with tau_j on the diagonal and v_j to its right.
 */
export function tridiagonalise(n: number, a: Float64Array, d: Float64Array, e: Float64Array): void {
  for (let j = 0; j < n - 1; j++) {
    d[j] = a[j * n + j] as number;
    const tau = reflect(n, j, a, e);
    a[j * n + j] = tau;
    if (tau !== 0) update(n, j, tau, a, e);
  }
  if (n > 0) d[n - 1] = a[n * n - 1] as number;
}

/** Overwrites row j right of the diagonal by the v that maps it to (e[j], 0, ..., 0); returns its tau. */
function reflect(n: number, j: number, a: Float64Array, e: Float64Array): number {
  const first = j * n + j + 1;
  const end = (j + 1) * n;
  const alpha = a[first] as number;
  let rest = 0;
  for (let i = first + 1; i < end; i++) rest += (a[i] as number) * (a[i] as number);
  a[first] = 1;
  e[j] = alpha;
  if (rest === 0) return 0;
  const root = Math.sqrt(alpha * alpha + rest);
  const beta = alpha < 0 ? root : -root;
  const inverse = 1 / (alpha - beta);
  for (let i = first + 1; i < end; i++) (a[i] as number) *= inverse;
  e[j] = beta;
  return (beta - alpha) / beta;
}

/** A -= v w^T + w v^T right of and below column j, w = t (u - t/2 (u, v) v), u = A v; e beyond j holds w meanwhile. */
function update(n: number, j: number, t: number, a: Float64Array, e: Float64Array): void {
  const v = j * n;
  let product = 0;
  for (let i = j + 1; i < n; i++) {
    let sum = 0;
    for (let k = j + 1; k < n; k++) sum += (a[i * n + k] as number) * (a[v + k] as number);
    e[i] = t * sum;
    product += t * sum * (a[v + i] as number);
  }
  for (let i = j + 1; i < n; i++) (e[i] as number) -= 0.5 * t * product * (a[v + i] as number);
  for (let i = j + 1; i < n; i++) {
    const vi = a[v + i] as number;
    const wi = e[i] as number;
    for (let k = j + 1; k < n; k++)
      (a[i * n + k] as number) -= vi * (e[k] as number) + wi * (a[v + k] as number);
  }
}

/** Overwrites what `tridiagonalise` leaves in a by Q^T. */
export function formQ(n: number, a: Float64Array): void {
  for (let j = n - 2; j >= -1; j--) {
    // Q^T so far is right of and below j + 1, where row and column are those of the identity
    for (let k = j + 1; k < n; k++) {
      a[(j + 1) * n + k] = 0;
      a[k * n + j + 1] = 0;
    }
    a[(j + 1) * n + j + 1] = 1;
    if (j >= 0) for (let i = j + 1; i < n; i++) reflectRow(n, j, a, i * n);
  }
}

/** Multiplies the row that begins at `row` by H_j from the right. */
function reflectRow(n: number, j: number, a: Float64Array, row: number): void {
  let sum = 0;
  for (let k = j + 1; k < n; k++) sum += (a[row + k] as number) * (a[j * n + k] as number);
  const factor = (a[j * n + j] as number) * sum;
  for (let k = j + 1; k < n; k++) (a[row + k] as number) -= factor * (a[j * n + k] as number);
}
