/** Compensated sums against exact rational sums. */
import { describe, expect, it } from 'vitest';
import { productError, sumError } from '../../../src/science/math/exact.ts';
import { compensatedDot, sum } from '../../../src/science/math/sum.ts';
import { exactly, ulps } from './support/oracle.ts';
import { randomMatrix } from './support/matrices.ts';
import { samples } from './support/samples.ts';

/** The sum of products, exactly, as an integer times 2^-2200. */
function exactDot(x: ArrayLike<number>, y: ArrayLike<number>): { mantissa: bigint; exponent: number } {
  let mantissa = 0n;
  for (let i = 0; i < x.length; i++) {
    const a = exactly(x[i] as number);
    const b = exactly(y[i] as number);
    mantissa += (a.mantissa * b.mantissa) << BigInt(2200 + a.exponent + b.exponent);
  }
  return { mantissa, exponent: -2200 };
}

const ones = (n: number) => new Float64Array(n).fill(1);

/** Numbers of very different sizes whose sum is much smaller than they are. */
function cancelling(count: number, index: number): Float64Array {
  const values = randomMatrix(1, count, index).data.map((x, i) => x * 2 ** ((i * 37) % 45));
  const mirror = values.map((x, i) => (i % 3 === 0 ? x * (1 + 2 ** -30) : x));
  return Float64Array.of(...values, ...mirror.map((x) => -x));
}

describe('the error of one operation', () => {
  it('completes a sum exactly', () => {
    for (const [a, b] of samples('atan2', 2000) as [number, number][]) {
      const s = a + b;
      expect(exactDot([s, sumError(a, b, s)], [1, 1]).mantissa).toBe(exactDot([a, b], [1, 1]).mantissa);
    }
  });

  it('completes a product exactly', () => {
    for (const [a, b] of samples('atan2', 2000) as [number, number][]) {
      const p = a * b;
      expect(exactDot([p, productError(a, b, p)], [1, 1]).mantissa).toBe(exactDot([a], [b]).mantissa);
    }
  });

  it('is 0 where the operation is exact', () => {
    expect(sumError(3, 4, 7)).toBe(0);
    expect(productError(3, 0.125, 0.375)).toBe(0);
  });
});

describe('sum', () => {
  it('is the rounded sum where plain summation loses everything', () => {
    expect(sum([1e16, 1, -1e16])).toBe(1);
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect([1, 1e100, 1, -1e100].reduce((s, x) => s + x, 0)).toBe(0);
  });

  it('errs by about 1 ulp where terms cancel to a billionth', () => {
    for (let i = 0; i < 20; i++) {
      const values = cancelling(200, i);
      expect(ulps(sum(values), exactDot(values, ones(values.length)))).toBeLessThan(2);
    }
  });

  it('takes any iterable, and nothing for 0', () => {
    expect(sum(new Set([1, 2, 3]))).toBe(6);
    expect(sum([])).toBe(0);
  });

  it('keeps infinities and NaN as they are', () => {
    expect(sum([1e308, 1e308])).toBe(Infinity);
    expect(sum([1, -Infinity, 2])).toBe(-Infinity);
    expect(sum([Infinity, -Infinity])).toBeNaN();
    expect(sum([1, Number.NaN])).toBeNaN();
  });
});

describe('compensatedDot', () => {
  it('errs by about 1 ulp where terms cancel', () => {
    for (let i = 0; i < 20; i++) {
      const x = cancelling(150, 100 + i);
      const y = randomMatrix(1, 150, 200 + i).data;
      const both = Float64Array.of(...y, ...y);
      expect(ulps(compensatedDot(x, both), exactDot(x, both))).toBeLessThan(2);
    }
  });

  it('is exact on integers and refuses lengths that differ', () => {
    expect(compensatedDot([1, 2, 3], [4, 5, 6])).toBe(32);
    expect(() => compensatedDot([1], [1, 2])).toThrow(new RangeError('no scalar product of 1 and 2 entries'));
  });
});
