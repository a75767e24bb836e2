import { describe, expect, it } from 'vitest';
import { randomStream, type RandomStream } from '../../../../src/base/random.ts';
import { angle, pi } from '../../../../src/science/math/precision/double-double-angle.ts';
import { doubleDoubleField } from '../../../../src/science/math/precision/double-double-field.ts';
import {
  add,
  compare,
  divide,
  type DoubleDouble,
  exactProduct,
  exactSum,
  fromDouble,
  fromFixed,
  multiply,
  negate,
  scale,
  squareRoot,
  subtract,
} from '../../../../src/science/math/precision/double-double.ts';
import { angleFixed, piFixed } from '../../../../src/science/math/precision/fixed-angle.ts';
import {
  divideFixed,
  fixedOf,
  multiplyFixed,
  sqrtFixed,
} from '../../../../src/science/math/precision/fixed.ts';
import { randomDouble } from './random.ts';

const bits = 500;
const exact = (value: DoubleDouble) => fixedOf(value.hi, bits) + fixedOf(value.lo, bits);
const absolute = (n: bigint) => (n < 0n ? -n : n);

/** The error of `computed`, as a multiple of 2^-106 of the exact value. */
function units(computed: DoubleDouble, value: bigint): number {
  return Number((absolute(exact(computed) - value) << 116n) / absolute(value)) / 1024;
}

function random31(random: RandomStream): DoubleDouble {
  const hi = randomDouble(random, 20);
  return exactSum(hi, hi * (random.uniform() - 0.5) * 2.2e-16);
}

/** A number that nearly cancels a. */
const near = (a: DoubleDouble) => exactSum(-a.hi, a.lo * 0.7);

const positive = (a: DoubleDouble) => (a.hi < 0 ? negate(a) : a);

/** The largest error in units over many random operands. */
function worst(
  operation: (a: DoubleDouble, b: DoubleDouble) => [DoubleDouble, bigint],
  count = 3000,
): number {
  const random = randomStream('5d0b6c1f92e87a345d0b6c1f92e87a34');
  let most = 0;
  for (let i = 0; i < count; i++) {
    const [computed, value] = operation(random31(random), random31(random));
    if (value !== 0n) most = Math.max(most, units(computed, value));
    expect(computed.hi + computed.lo).toBe(computed.hi);
  }
  return most;
}

describe('exact operations on doubles', () => {
  it('lose nothing', () => {
    const random = randomStream('0c2e4a6881a3c5e70c2e4a6881a3c5e7');
    for (let i = 0; i < 3000; i++) {
      const [a, b] = [randomDouble(random, 60), randomDouble(random, 60)];
      expect(exact(exactSum(a, b))).toBe(fixedOf(a, bits) + fixedOf(b, bits));
      expect(exact(exactProduct(a, b))).toBe(multiplyFixed(fixedOf(a, bits), fixedOf(b, bits), bits));
    }
  });
});

describe('double-doubles', () => {
  it('add and subtract to three units of 2^-106, also under cancellation', () => {
    expect(worst((a, b) => [add(a, b), exact(a) + exact(b)])).toBeLessThan(3.1);
    expect(worst((a, b) => [subtract(a, b), exact(a) - exact(b)])).toBeLessThan(3.1);
    expect(worst((a) => [add(a, near(a)), exact(a) + exact(near(a))])).toBeLessThan(3.1);
  });

  it('multiply, divide and scale to ten units', () => {
    expect(worst((a, b) => [multiply(a, b), multiplyFixed(exact(a), exact(b), bits)])).toBeLessThan(8);
    expect(
      worst((a, b) => [scale(a, b.hi), multiplyFixed(exact(a), fixedOf(b.hi, bits), bits)]),
    ).toBeLessThan(4);
    expect(worst((a, b) => [divide(a, b), divideFixed(exact(a), exact(b), bits)])).toBeLessThan(10);
  });

  it('take roots to four units', () => {
    expect(worst((a) => [squareRoot(positive(a)), sqrtFixed(exact(positive(a)), bits)])).toBeLessThan(4);
    expect(squareRoot(fromDouble(0))).toEqual(fromDouble(0));
    expect(squareRoot(exactProduct(3, 3))).toEqual(fromDouble(3));
  });

  it('give angles in all four quadrants, small ones and ones near the axes included', () => {
    expect(worst((a, b) => [angle(a, b), angleFixed(exact(a), exact(b), bits)], 2000)).toBeLessThan(40);
    expect(
      units(
        angle(fromDouble(1e-9), fromDouble(-1)),
        angleFixed(fixedOf(1e-9, bits), fixedOf(-1, bits), bits),
      ),
    ).toBeLessThan(4);
  });

  it('know π', () => {
    expect(units(pi(), piFixed(bits))).toBeLessThan(1);
    expect(compare(angle(fromDouble(0), fromDouble(-1)), pi())).toBe(0);
  });

  it('come from fixed-point numbers with all their digits', () => {
    expect(units(fromFixed(piFixed(300), 300), piFixed(bits))).toBeLessThan(1);
    expect(units(fromFixed(-(1n << 300n) / 3n, 300), -(1n << 500n) / 3n)).toBeLessThan(1);
  });

  it('are ordered by both parts', () => {
    const small = { hi: 1, lo: 1e-20 };
    expect(compare(small, fromDouble(1))).toBeGreaterThan(0);
    expect(compare(fromDouble(-1), small)).toBeLessThan(0);
  });

  it('refuse what has no value', () => {
    expect(() => divide(fromDouble(1), fromDouble(0))).toThrow(RangeError);
    expect(() => squareRoot(fromDouble(-1))).toThrow(RangeError);
    expect(() => angle(fromDouble(0), fromDouble(0))).toThrow(RangeError);
    expect(() => doubleDoubleField().fromNumber(Number.NaN)).toThrow(RangeError);
  });
});
