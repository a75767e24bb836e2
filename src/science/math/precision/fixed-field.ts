/** Offers fixed-point numbers of a chosen width as the arithmetic of a formula. */
import type { Field } from './field.ts';
import { angleFixed, piFixed } from './fixed-angle.ts';
import { divideFixed, fixedOf, multiplyFixed, numberOf, sqrtFixed } from './fixed.ts';

/** Binary digits that hold `digits` decimal ones: 332/100 exceeds log₂ 10. */
export function bitsFor(digits: number): number {
  return Math.ceil((digits * 333) / 100);
}

/**
 * The field of fixed-point numbers with unit 2^-bits. Results are off by a unit or a few, never more digits are
 * lost; but a small number has few significant ones, so give room for the smallest that is divided by.
 */
export function fixedField(bits: number): Field<bigint> {
  const shift = BigInt(bits);
  return {
    zero: 0n,
    one: 1n << BigInt(bits),
    pi: piFixed(bits),
    fromNumber: (value) => fixedOf(value, bits),
    toNumber: (value) => numberOf(value, bits),
    isZero: (value) => value === 0n,
    neg: (value) => -value,
    add: (left, right) => left + right,
    sub: (left, right) => left - right,
    mul: (left, right) => (left * right) >> shift,
    div: (left, right) => divideFixed(left, right, bits),
    scale: (value, factor) =>
      Number.isInteger(factor) ? value * BigInt(factor) : multiplyFixed(value, fixedOf(factor, bits), bits),
    sqrt: (value) => sqrtFixed(value, bits),
    atan2: (y, x) => angleFixed(y, x, bits),
  };
}
