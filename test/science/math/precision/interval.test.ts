import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/base/random.ts';
import { directedDouble } from '../../../../src/science/math/precision/directed-double.ts';
import { directedFixed } from '../../../../src/science/math/precision/directed-fixed.ts';
import type { Directed } from '../../../../src/science/math/precision/directed.ts';
import {
  around,
  between,
  greatest,
  intersection,
  isInside,
  least,
  magnitude,
  middle,
  mignitude,
  sign,
} from '../../../../src/science/math/precision/interval.ts';
import { randomDouble } from './random.ts';

function laws<E>(ends: Directed<E>): void {
  const e = (x: number) => ends.fromNumberDown(x);
  const i = (lo: number, hi: number) => between(ends, e(lo), e(hi));
  const n = (end: E) => ends.toNumber(end);

  it('is never empty', () => {
    expect(() => i(1, 0)).toThrow(RangeError);
    expect(i(1, 1)).toEqual({ lo: e(1), hi: e(1) });
  });

  it('around a number is the number where it can be', () => {
    expect(around(ends, 0.375)).toEqual(i(0.375, 0.375));
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => around(ends, x)).toThrow(RangeError);
  });

  it('has a sign unless it holds 0', () => {
    expect([i(1, 2), i(-2, -1), i(-1, 1), i(0, 1), i(-1, 0)].map((x) => sign(ends, x))).toEqual([
      1, -1, 0, 0, 0,
    ]);
  });

  it('has a largest and a smallest absolute value', () => {
    expect([i(1, 2), i(-3, -1), i(-3, 2)].map((x) => n(magnitude(ends, x)))).toEqual([2, 3, 3]);
    expect([i(1, 2), i(-3, -1), i(-3, 2)].map((x) => n(mignitude(ends, x)))).toEqual([1, 1, 0]);
  });

  it('meets another in a common part, or not at all', () => {
    expect(intersection(ends, i(0, 2), i(1, 3))).toEqual(i(1, 2));
    expect(intersection(ends, i(0, 1), i(1, 3))).toEqual(i(1, 1));
    expect(intersection(ends, i(0, 1), i(2, 3))).toBeUndefined();
  });

  it('lies inside another only strictly', () => {
    expect([
      isInside(ends, i(1, 2), i(0, 3)),
      isInside(ends, i(0, 2), i(0, 3)),
      isInside(ends, i(1, 4), i(0, 3)),
    ]).toEqual([true, false, false]);
  });

  it('holds its middle', () => {
    const random = randomStream('d5f1a2093b7c4e68d5f1a2093b7c4e68');
    for (let k = 0; k < 500; k++) {
      const [x, y] = [randomDouble(random, 30), randomDouble(random, 30)];
      const interval = i(Math.min(x, y), Math.max(x, y));
      const point = middle(ends, interval);
      expect(ends.compare(interval.lo, point) <= 0 && ends.compare(point, interval.hi) <= 0).toBe(true);
    }
    expect(n(middle(ends, i(-1, 2)))).toBeCloseTo(0.5, 12);
  });

  it('has ends that can be put in order', () => {
    const values = [3, -1, 2].map(e);
    expect([n(least(ends, ...values)), n(greatest(ends, ...values))]).toEqual([-1, 3]);
  });
}

describe('an interval of doubles', () => laws(directedDouble));
describe('an interval of fixed-point numbers', () => laws(directedFixed(100)));

describe('doubles rounded down', () => {
  const { addDown, mulDown, divDown, sqrtDown, sqrtUp, angleDown, angleUp } = directedDouble;

  it('stay below the exact result where it is not a double, by a few units at most', () => {
    expect(addDown(1, 1e-30)).toBeLessThan(1 + 1e-30);
    expect(addDown(1, 1e-30)).toBeGreaterThan(1 - 1e-15);
    expect(mulDown(0.1, 0.1)).toBeLessThan(0.1 * 0.1);
    expect(divDown(1, 3)).toBeLessThan(1 / 3);
    expect(sqrtDown(2)).toBeLessThan(Math.SQRT2);
    expect(sqrtUp(2)).toBeGreaterThan(Math.SQRT2);
  });

  it('keep what is exact: sums with 0, products with 0 and 1, the root of 0', () => {
    expect([addDown(0.1, 0), mulDown(0.1, 1), mulDown(0, 5), divDown(0, 7), sqrtUp(0), sqrtDown(0)]).toEqual([
      0.1, 0.1, 0, 0, 0, 0,
    ]);
  });

  it('move also the smallest numbers, and never yield a negative root', () => {
    expect(mulDown(5e-324, 0.5)).toBeLessThan(0);
    expect(addDown(5e-324, 5e-324)).toBeLessThanOrEqual(1e-323);
    expect(sqrtDown(5e-324)).toBeGreaterThanOrEqual(0);
  });

  it('turn an overflow into a refusal, not into an interval', () => {
    expect(() => between(directedDouble, mulDown(1e300, 1e300), 1)).toThrow(RangeError);
  });

  it('enclose angles of points of any size, small angles with all their digits', () => {
    for (const [y, x] of [
      [1e-300, 1],
      [1, 1e300],
      [3e-308, -1],
      [1, -1e-200],
      [-2, -3],
    ] as const) {
      const exact = Math.atan2(y, x);
      const [low, high] = [angleDown(y, x), angleUp(y, x)];
      expect(low < exact && exact < high).toBe(true);
      expect(high - low).toBeLessThanOrEqual(3e-15 * Math.abs(exact));
    }
  });
});
