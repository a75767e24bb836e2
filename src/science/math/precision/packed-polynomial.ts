/** Computes with polynomials in one variable x with integer coefficients as single integers, their values at x = 2^width. */
import { bitLength } from './fixed.ts';
import type { Polynomial } from './integer-polynomial.ts';

/** The number of binary digits of the largest coefficient. */
export function heightOf(a: Polynomial): number {
  let largest = 0n;
  for (const coefficient of a) {
    const size = coefficient < 0n ? -coefficient : coefficient;
    if (size > largest) largest = size;
  }
  return bitLength(largest);
}

/** A width for coefficients of that many binary digits, with room for their signs. */
export function widthFor(height: number): number {
  let width = 64;
  while (width < height + 2) width *= 2;
  return width;
}

/** The value at 2^width: sums and products of such values are the values of sums and products. */
export function packed(a: Polynomial, width: number): bigint {
  const by = BigInt(width);
  let value = 0n;
  for (let i = a.length - 1; i >= 0; i--) value = (value << by) + (a[i] as bigint);
  return value;
}

/** The polynomial with that value whose coefficients have fewer than `width` digits, there being only one. */
export function unpacked(value: bigint, width: number): Polynomial {
  const by = BigInt(width);
  const coefficients: bigint[] = [];
  for (let left = value; left !== 0n;) {
    const last = BigInt.asIntN(width, left);
    coefficients.push(last);
    // What is negative was borrowed from the next one.
    left = (left >> by) + (last < 0n ? 1n : 0n);
  }
  return coefficients;
}
