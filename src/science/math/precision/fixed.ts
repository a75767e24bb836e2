/**
 * Computes with fixed-point numbers of any chosen width: the bigint n stands for n·2^-bits.
 *
 * Every operation truncates, so each result is within one unit, 2^-bits, of the exact value of its operands
 * (a few units for `angleFixed`). The unit is absolute: choose `bits` for the smallest number that matters.
 * Rigorous bounds are the business of `directed-fixed.ts`.
 */

/** The number of binary digits of |n|; 0 for n = 0. */
export function bitLength(n: bigint): number {
  const hex = (n < 0n ? -n : n).toString(16);
  return 4 * hex.length - (Math.clz32(Number.parseInt(hex.charAt(0), 16)) - 28);
}

/** Digits of the first root, by the square root of a double: with its remainder exact below 2^52. */
const firstDigits = 24;

/**
 * The largest integer whose square is at most n. Throws RangeError for n < 0.
 *
 * One digit-doubling Newton step per round, each exact to one unit (the algorithm of CPython's `math.isqrt`,
 * Modules/mathmodule.c, by M. Dickinson, with its proof in the comment there); the first rounds are left to doubles.
 */
export function integerSqrt(n: bigint): bigint {
  if (n < 0n) throw new RangeError('no square root of a negative number');
  if (n === 0n) return 0n;
  const half = (bitLength(n) - 1) >> 1;
  let shift = 0;
  while (half >> shift > firstDigits) shift++;
  let known = half >> shift;
  let root = BigInt(Math.floor(Math.sqrt(Number(n >> BigInt(2 * (half - known))))));
  while (shift-- > 0) {
    const before = known;
    known = half >> shift;
    root = (root << BigInt(known - before - 1)) + (n >> BigInt(2 * half - before - known + 1)) / root;
  }
  return root * root > n ? root - 1n : root;
}

/** The quotient a/b of integers rounded down. Throws RangeError for b = 0. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n !== b < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** a·b, rounded down. */
export function multiplyFixed(a: bigint, b: bigint, bits: number): bigint {
  return (a * b) >> BigInt(bits);
}

/** a/b, rounded down. Throws RangeError for b = 0. */
export function divideFixed(a: bigint, b: bigint, bits: number): bigint {
  return floorDivide(a << BigInt(bits), b);
}

/** √a, rounded down. Throws RangeError for a < 0. */
export function sqrtFixed(a: bigint, bits: number): bigint {
  return integerSqrt(a << BigInt(bits));
}

/** The finite double x as a fixed-point number, rounded down. Throws RangeError for an infinity or NaN. */
export function fixedOf(x: number, bits: number): bigint {
  if (!Number.isFinite(x)) throw new RangeError(`no fixed-point number for ${x}`);
  let mantissa = x;
  let exponent = 0;
  // Exact: a non-integer is below 2^52, so its product by 2^30 neither overflows nor rounds.
  while (!Number.isInteger(mantissa)) [mantissa, exponent] = [mantissa * 1073741824, exponent - 30];
  return shift(BigInt(mantissa), bits + exponent);
}

/** n·2^by, rounded down. */
export function shift(n: bigint, by: number): bigint {
  return by >= 0 ? n << BigInt(by) : n >> BigInt(-by);
}

/** A double within one unit in the last place of n·2^-bits (cut to 64 bits, then rounded to 53). */
export function numberOf(n: bigint, bits: number): number {
  const drop = Math.max(0, bitLength(n) - 64);
  return scaleByTwo(Number(n >> BigInt(drop)), drop - bits);
}

/** x·2^exponent by repeated products, exact unless the result overflows or is subnormal. */
export function scaleByTwo(x: number, exponent: number): number {
  let result = x;
  let left = exponent;
  for (; left >= 30; left -= 30) result *= 1073741824;
  for (; left <= -30; left += 30) result /= 1073741824;
  for (; left > 0; left--) result *= 2;
  for (; left < 0; left++) result /= 2;
  return result;
}
