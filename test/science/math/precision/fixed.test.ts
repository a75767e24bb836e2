import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/base/random.ts';
import {
  bitLength,
  divideFixed,
  fixedOf,
  floorDivide,
  integerSqrt,
  multiplyFixed,
  numberOf,
  scaleByTwo,
  shift,
  sqrtFixed,
} from '../../../../src/science/math/precision/fixed.ts';
import { randomInteger } from './random.ts';

const stream = () => randomStream('f1c5e8a03b7d4296f1c5e8a03b7d4296');

describe('integers', () => {
  it('have as many binary digits as their binary notation', () => {
    const random = stream();
    for (let i = 0; i < 2000; i++) {
      const n = randomInteger(random, 1 + (i % 300));
      expect(bitLength(n)).toBe(n === 0n ? 0 : n.toString(2).replace('-', '').length);
    }
  });

  it('have the floor of their square root, at squares and beside them', () => {
    const random = stream();
    for (let i = 0; i < 2000; i++) {
      const big = randomInteger(random, 1 + (i % 300));
      const root = big < 0n ? -big : big;
      expect(integerSqrt(root * root)).toBe(root);
      expect(integerSqrt(root * root + 2n * root)).toBe(root);
      if (root > 0n) expect(integerSqrt(root * root - 1n)).toBe(root - 1n);
    }
    expect(() => integerSqrt(-1n)).toThrow(RangeError);
  });

  it('divide downwards for all four pairs of signs', () => {
    expect([floorDivide(7n, 2n), floorDivide(-7n, 2n), floorDivide(7n, -2n), floorDivide(-7n, -2n)]).toEqual([
      3n,
      -4n,
      -4n,
      3n,
    ]);
    expect([floorDivide(-6n, 2n), floorDivide(6n, -2n), floorDivide(0n, -5n)]).toEqual([-3n, -3n, 0n]);
  });
});

describe('fixed-point numbers', () => {
  it('hold a double exactly where they are wide enough, and its floor where they are not', () => {
    for (const x of [0, 1, -1, 0.1, -0.1, 1e-9, 12345.678, 2 ** -100, 1e22]) {
      expect(numberOf(fixedOf(x, 200), 200)).toBe(x);
    }
    expect(fixedOf(0.75, 1)).toBe(1n);
    expect(fixedOf(-0.75, 1)).toBe(-2n);
    expect(fixedOf(5e-324, 1074)).toBe(1n);
    expect(() => fixedOf(Number.NaN, 10)).toThrow(RangeError);
    expect(() => fixedOf(Number.POSITIVE_INFINITY, 10)).toThrow(RangeError);
  });

  it('multiply, divide and take roots to within one unit below the exact value', () => {
    const random = stream();
    for (let i = 0; i < 2000; i++) {
      const bits = 60 + (i % 90);
      const one = 1n << BigInt(bits);
      const a = randomInteger(random, bits + 10);
      const b = randomInteger(random, bits - 10) || 1n;
      const product = multiplyFixed(a, b, bits);
      expect(product * one <= a * b && a * b < (product + 1n) * one).toBe(true);
      const quotient = divideFixed(a, b, bits);
      const rest = (a * one - quotient * b) * (b < 0n ? -1n : 1n);
      expect(rest >= 0n && rest < (b < 0n ? -b : b)).toBe(true);
      const root = sqrtFixed(a * a, bits);
      expect(root * root <= a * a * one && a * a * one < (root + 1n) * (root + 1n)).toBe(true);
    }
    expect(() => divideFixed(1n, 0n, 10)).toThrow(RangeError);
  });

  it('become the double within one unit in the last place', () => {
    expect(numberOf((1n << 200n) / 3n, 200)).toBe(1 / 3);
    expect(numberOf(-(1n << 900n), 1800)).toBe(-(2 ** -900));
    expect(numberOf(0n, 50)).toBe(0);
  });
});

it('shifts go both ways and round down', () => {
  expect([shift(5n, 2), shift(5n, -1), shift(-5n, -1)]).toEqual([20n, 2n, -3n]);
});

it('scaling by powers of two is exact over the whole range', () => {
  for (const exponent of [0, 1, -1, 29, 30, 31, 500, -500, 1023, -1074])
    expect(scaleByTwo(1, exponent)).toBe(2 ** exponent);
});
