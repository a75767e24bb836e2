import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/base/random.ts';
import type { Field } from '../../../../src/science/math/precision/field.ts';
import { fixedField } from '../../../../src/science/math/precision/fixed-field.ts';
import { fixedOf, numberOf } from '../../../../src/science/math/precision/fixed.ts';
import { seriesField } from '../../../../src/science/math/precision/series-field.ts';
import {
  coefficientAt,
  endOf,
  type Series,
  seriesOf,
  type SeriesRing,
} from '../../../../src/science/math/precision/series.ts';

const bits = 300;
const base = fixedField(bits);
const ring: SeriesRing<bigint> = {
  base,
  terms: 14,
  isNegligible: (c) => c < 1n << 60n && c > -(1n << 60n),
};
const field = seriesField(ring);
const random = randomStream('b4d1f00c77e2a95db4d1f00c77e2a95d');

/** A series with random coefficients in (−1, 1), the first of them at least 1/2. */
function draw(power: number, length = ring.terms): Series<bigint> {
  const coefficients = Array.from({ length }, (_, i) =>
    base.fromNumber(i === 0 ? 0.5 + random.uniform() / 2 : 2 * random.uniform() - 1),
  );
  return seriesOf(ring, power, coefficients);
}

/** The series at a small t, with an error of the order of its first unknown term. */
function at(series: Series<bigint>, t: number): bigint {
  const step = fixedOf(t, bits);
  const sum = series.coefficients.reduceRight((rest, c) => base.add(base.mul(rest, step), c), 0n);
  const power = (n: number): bigint => (n === 0 ? base.one : base.mul(power(n - 1), step));
  return series.power < 0 ? base.div(sum, power(-series.power)) : base.mul(sum, power(series.power));
}

/** The largest coefficient of a − b at the powers that both know. */
function distance(a: Series<bigint>, b: Series<bigint>): number {
  let most = 0;
  for (let power = Math.min(a.power, b.power); power < Math.min(endOf(a), endOf(b)); power++) {
    const gap = coefficientAt(ring, a, power) - coefficientAt(ring, b, power);
    most = Math.max(most, Math.abs(numberOf(gap, bits)));
  }
  return most;
}

describe('series', () => {
  it('obey the laws of a field', () => {
    for (let i = 0; i < 40; i++) {
      const [a, b, c] = [draw(i % 3), draw(-2), draw((i % 5) - 3)];
      expect(distance(field.mul(a, b), field.mul(b, a))).toBe(0);
      expect(
        distance(field.mul(a, field.add(b, c)), field.add(field.mul(a, b), field.mul(a, c))),
      ).toBeLessThan(1e-80);
      expect(distance(field.mul(field.div(a, b), b), a)).toBeLessThan(1e-70);
      expect(distance(field.sub(field.add(a, b), b), a)).toBeLessThan(1e-80);
    }
  });

  it('keep track of where their terms end', () => {
    const [a, b] = [draw(-1, 5), draw(2, 9)];
    expect(endOf(field.add(a, b))).toBe(4);
    expect(endOf(field.mul(a, b))).toBe(6);
    expect(endOf(field.div(b, a))).toBe(8);
    expect(endOf(field.sqrt(draw(4, 7)))).toBe(9);
    expect(() => coefficientAt(ring, a, 4)).toThrow(RangeError);
  });

  it('lose exactly the terms that cancel', () => {
    const a = draw(0);
    const b = seriesOf(
      ring,
      0,
      a.coefficients.map((c, i) => (i < 3 ? c : -c)),
    );
    const difference = field.sub(a, b);
    expect([difference.power, endOf(difference)]).toEqual([3, ring.terms]);
    expect(field.isZero(field.sub(a, a))).toBe(false);
    expect(field.sub(a, a)).toEqual({ power: ring.terms, coefficients: [] });
  });

  it('have the root whose square they are', () => {
    for (let i = 0; i < 20; i++) {
      const a = draw(2 * (i % 4) - 2);
      expect(distance(field.mul(field.sqrt(a), field.sqrt(a)), a)).toBeLessThan(1e-70);
    }
    expect(() => field.sqrt(draw(1))).toThrow(RangeError);
    expect(() => field.sqrt(field.neg(draw(0)))).toThrow(RangeError);
  });

  it('know 1/(1 − t) and √(1 − 4t), the generating function of the Catalan numbers', () => {
    const t = seriesOf(
      ring,
      1,
      Array.from({ length: ring.terms }, (_, i) => (i === 0 ? base.one : 0n)),
    );
    const geometric = field.div(field.one, field.sub(field.one, t));
    expect(geometric.coefficients.every((c) => c === base.one)).toBe(true);
    const root = field.sqrt(field.sub(field.one, field.scale(t, 4)));
    const catalan = field.div(field.sub(field.one, root), field.scale(t, 2));
    const numbers = catalan.coefficients.slice(0, 9).map((c) => Number(c >> BigInt(bits)));
    expect(numbers).toEqual([1, 1, 2, 5, 14, 42, 132, 429, 1430]);
  });

  it('know the arctangent', () => {
    const t = seriesOf(
      ring,
      1,
      Array.from({ length: ring.terms }, (_, i) => (i === 0 ? base.one : 0n)),
    );
    const angle = field.atan2(t, field.one);
    for (let n = 1; n < ring.terms; n++) {
      const expected = n % 2 === 0 ? 0 : (n % 4 === 1 ? 1 : -1) / n;
      expect(base.toNumber(coefficientAt(ring, angle, n))).toBeCloseTo(expected, 15);
    }
  });
});

describe('the angle of two series', () => {
  const t = 1e-4;
  const tolerance = 1e-45;

  it.each([
    ['a general direction', 0, 0],
    ['the positive x-axis', 1, 0],
    ['the y-axis', 0, 2],
    ['two poles', -3, -2],
  ])('is that of their values, towards %s', (_, yPower, xPower) => {
    for (const [ySign, xSign] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      const [y, x] = [field.scale(draw(yPower), ySign), field.scale(draw(xPower), xSign)];
      const gap = at(field.atan2(y, x), t) - base.atan2(at(y, t), at(x, t));
      expect(Math.abs(base.toNumber(gap))).toBeLessThan(tolerance);
    }
  });

  it('is exactly zero along the positive x-axis, and π along the negative one', () => {
    expect(field.isZero(field.atan2(field.zero, field.one))).toBe(true);
    expect(field.toNumber(field.atan2(field.zero, field.neg(field.one)))).toBe(Math.PI);
  });

  it('is refused where a leading term is unknown', () => {
    const unknown = { power: 0, coefficients: [] };
    expect(() => field.atan2(unknown, unknown)).toThrow(RangeError);
  });
});

describe('the limit of a series', () => {
  it('is its constant term, zero, or infinite with the sign of the leading one', () => {
    expect(field.toNumber(field.fromNumber(2.5))).toBe(2.5);
    expect(field.toNumber(draw(1))).toBe(0);
    expect(field.toNumber(field.neg(draw(-1)))).toBe(Number.NEGATIVE_INFINITY);
    expect(field.toNumber(field.zero)).toBe(0);
  });

  it('and exact zero is told from what merely vanishes to the order known', () => {
    const zero: Field<Series<bigint>>['zero'] = field.zero;
    expect(field.isZero(field.mul(zero, draw(-4)))).toBe(true);
    expect(field.isZero({ power: 9, coefficients: [] })).toBe(false);
    expect(() => field.div(field.one, { power: 9, coefficients: [] })).toThrow(RangeError);
  });
});
