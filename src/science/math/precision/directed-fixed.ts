/** Fixed-point numbers as ends of intervals: integer division and shifts round down by themselves. */
import type { Directed } from './directed.ts';
import { angleError, angleFixed, piFixed } from './fixed-angle.ts';
import { divideFixed, fixedOf, integerSqrt, multiplyFixed, numberOf, sqrtFixed } from './fixed.ts';

/**
 * The operations with unit 2^-bits. Sums are exact, products, quotients and roots off by less than one unit,
 * angles by twice `angleError`.
 */
export function directedFixed(bits: number): Directed<bigint> {
  const pi = piFixed(bits);
  return {
    zero: 0n,
    one: 1n << BigInt(bits),
    piDown: pi,
    piUp: pi + 1n,
    fromNumberDown: (value) => fixedOf(value, bits),
    toNumber: (value) => numberOf(value, bits),
    compare: (left, right) => (left < right ? -1 : Number(left > right)),
    neg: (value) => -value,
    addDown: (left, right) => left + right,
    mulDown: (left, right) => multiplyFixed(left, right, bits),
    divDown: (left, right) => divideFixed(left, right, bits),
    sqrtDown: (value) => sqrtFixed(value, bits),
    sqrtUp: (value) => (value === 0n ? 0n : integerSqrt((value << BigInt(bits)) - 1n) + 1n),
    angleDown: (y, x) => (y === 0n && x > 0n ? 0n : angleFixed(y, x, bits) - angleError),
    angleUp: (y, x) => (y === 0n && x > 0n ? 0n : angleFixed(y, x, bits) + angleError),
  };
}
