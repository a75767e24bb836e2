/** Evaluates a polynomial. */

/** The polynomial with these coefficients, from the constant term up, at z. */
export function horner(z: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * z + (coefficients[i] as number);
  return sum;
}
