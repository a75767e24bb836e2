/** Operations on whole rows. */

/** Swaps rows i and j of a row-major array with n columns. */
export function swapRows(a: Float64Array, n: number, i: number, j: number): void {
  for (let k = 0; k < n; k++) {
    const held = a[i * n + k] as number;
    a[i * n + k] = a[j * n + k] as number;
    a[j * n + k] = held;
  }
}
