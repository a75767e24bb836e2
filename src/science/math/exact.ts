/** Gives the rounding errors of single operations, exactly, with IEEE basic operations only. */

/** Dekker's splitting constant, 2^27 + 1. */
const splitter = 134217729;

/**
 * The exact error of a sum: `a + b = s + sumError(a, b, s)` for `s = a + b` rounded, unless it overflows.
 * Source: D. E. Knuth, The Art of Computer Programming 2, theorem 4.2.2B (also known as TwoSum).
 */
export function sumError(a: number, b: number, s: number): number {
  const bRounded = s - a;
  return a - (s - bRounded) + (b - bRounded);
}

/**
 * The exact error of a product: `a b = p + productError(a, b, p)` for `p = a * b` rounded.
 * Exact while |a|, |b| < 2^996 and no partial product falls below 2^-1074.
 * Source: T. J. Dekker, "A floating-point technique for extending the available precision" (1971).
 */
export function productError(a: number, b: number, p: number): number {
  const aSplit = splitter * a;
  const aHigh = aSplit - (aSplit - a);
  const aLow = a - aHigh;
  const bSplit = splitter * b;
  const bHigh = bSplit - (bSplit - b);
  const bLow = b - bHigh;
  return aLow * bLow - (p - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
