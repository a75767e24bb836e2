/**
 * Computes with double-doubles: the unevaluated sum hi + lo of two doubles, about 31 decimal digits.
 *
 * Invariant: hi is hi + lo rounded to double. Each operation below has a relative error under 2^-100 while its
 * operands and results lie between 2^-900 and 2^900 in magnitude (or are zero); there is no check on that.
 * Source: Y. Hida, X. S. Li, D. H. Bailey, "Algorithms for quad-double precision floating point arithmetic",
 * ARITH-15 (2001); M. Joldes, J.-M. Muller, V. Popescu, "Tight and rigorous error bounds for basic building
 * blocks of double-word arithmetic", ACM TOMS 44 (2017), whose bounds are 3, 7 and 10 units of 2^-106 for
 * sum, product and quotient.
 */
import { productError, sumError } from '../exact.ts';
import { fixedOf, numberOf } from './fixed.ts';

/** The number hi + lo, hi = fl(hi + lo). */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

/** The double x, exactly. */
export function fromDouble(x: number): DoubleDouble {
  return { hi: x, lo: 0 };
}

/** a + b for any doubles, exactly. */
export function exactSum(a: number, b: number): DoubleDouble {
  const hi = a + b;
  return { hi, lo: sumError(a, b, hi) };
}

/** a·b for any doubles, exactly within the range above. */
export function exactProduct(a: number, b: number): DoubleDouble {
  const hi = a * b;
  return { hi, lo: productError(a, b, hi) };
}

/** a + b where |a| ≥ |b| or a = 0, exactly. */
function renormalized(a: number, b: number): DoubleDouble {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** −a, exactly. */
export function negate(a: DoubleDouble): DoubleDouble {
  return { hi: -a.hi, lo: -a.lo };
}

/** a + b (AccurateDWPlusDW: accurate also where the two nearly cancel). */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = a.hi + b.hi;
  const low = a.lo + b.lo;
  const first = renormalized(high, sumError(a.hi, b.hi, high) + low);
  return renormalized(first.hi, sumError(a.lo, b.lo, low) + first.lo);
}

/** a − b. */
export function subtract(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return add(a, negate(b));
}

/** a·b. */
export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = a.hi * b.hi;
  return renormalized(high, productError(a.hi, b.hi, high) + (a.hi * b.lo + a.lo * b.hi));
}

/** a·b for a double b. */
export function scale(a: DoubleDouble, b: number): DoubleDouble {
  const high = a.hi * b;
  return renormalized(high, productError(a.hi, b, high) + a.lo * b);
}

/** a/b: three quotient digits in the manner of long division. Throws RangeError for b = 0. */
export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  if (b.hi === 0) throw new RangeError('division by zero');
  const first = a.hi / b.hi;
  const rest = subtract(a, scale(b, first));
  const second = rest.hi / b.hi;
  const third = subtract(rest, scale(b, second)).hi / b.hi;
  const sum = renormalized(first, second);
  return renormalized(sum.hi, sum.lo + third);
}

/** √a by one Newton step from the double root (Karp's trick). Throws RangeError for a < 0. */
export function squareRoot(a: DoubleDouble): DoubleDouble {
  if (a.hi < 0) throw new RangeError('no square root of a negative number');
  if (a.hi === 0) return fromDouble(0);
  const root = Math.sqrt(a.hi);
  const rest = subtract(a, exactProduct(root, root));
  return renormalized(root, rest.hi / (2 * root));
}

/** Negative, zero or positive as a < b, a = b, a > b. */
export function compare(a: DoubleDouble, b: DoubleDouble): number {
  return a.hi === b.hi ? a.lo - b.lo : a.hi - b.hi;
}

/** The double-double nearest to n·2^-bits, to two units in its last place. */
export function fromFixed(n: bigint, bits: number): DoubleDouble {
  const hi = numberOf(n, bits);
  return renormalized(hi, numberOf(n - fixedOf(hi, bits), bits));
}
