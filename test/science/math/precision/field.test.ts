import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/base/random.ts';
import { atan2 } from '../../../../src/science/math/elementary.ts';
import { directedDouble } from '../../../../src/science/math/precision/directed-double.ts';
import { directedFixed } from '../../../../src/science/math/precision/directed-fixed.ts';
import { doubleDoubleField } from '../../../../src/science/math/precision/double-double-field.ts';
import { dot, doubleField, type Field } from '../../../../src/science/math/precision/field.ts';
import { bitsFor, fixedField } from '../../../../src/science/math/precision/fixed-field.ts';
import { intervalField } from '../../../../src/science/math/precision/interval-field.ts';
import { seriesField } from '../../../../src/science/math/precision/series-field.ts';
import type { SeriesRing } from '../../../../src/science/math/precision/series.ts';
import { randomDouble } from './random.ts';

const ring: SeriesRing<bigint> = {
  base: fixedField(200),
  terms: 6,
  isNegligible: (c) => c < 1n << 40n && c > -(1n << 40n),
};

/** What any arithmetic must do that formulas are written against; `tolerance` is relative. */
function laws<T>(field: Field<T>, tolerance: number): void {
  const { add, sub, mul, div, neg, scale, sqrt, fromNumber, toNumber, isZero, one, zero, pi } = field;
  const stream = () => randomStream('4fe0bb1d83a6c2974fe0bb1d83a6c297');
  const near = (value: T, expected: number) =>
    expect(Math.abs(toNumber(value) - expected)).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(expected), 1e-6),
    );

  it('doubles go in and come out unchanged', () => {
    const random = stream();
    for (let i = 0; i < 200; i++) {
      const x = randomDouble(random, 20);
      expect(toNumber(fromNumber(x))).toBe(x);
    }
  });

  it('sums, differences, products and quotients are those of numbers', () => {
    const random = stream();
    for (let i = 0; i < 200; i++) {
      const [x, y] = [randomDouble(random, 8), randomDouble(random, 8)];
      const [p, q] = [fromNumber(x), fromNumber(y)];
      near(mul(p, q), x * y);
      near(div(p, q), x / y);
      near(add(mul(p, q), p), x * y + x);
      near(neg(p), -x);
      near(scale(p, y), x * y);
      expect(Math.abs(toNumber(sub(add(p, q), q)) - x)).toBeLessThanOrEqual(
        tolerance * (Math.abs(x) + 2 * Math.abs(y)),
      );
    }
  });

  it('a sum of products is taken from the first to the last', () => {
    const random = stream();
    const draw = () => Array.from({ length: 5 }, () => fromNumber(randomDouble(random, 8)));
    const [x, y] = [draw(), draw()];
    const products = x.map((value, i) => mul(value, y[i] as T));
    const total = products.slice(1).reduce((sum, product) => add(sum, product), products[0] as T);
    expect(dot(field, x, y)).toEqual(total);
    near(dot(field, [zero, one], [one, pi]), Math.PI);
    expect(isZero(dot(field, [], x))).toBe(true);
  });

  it('a root squared is the number', () => {
    const random = stream();
    for (let i = 0; i < 200; i++) {
      const x = Math.abs(randomDouble(random, 8));
      const root = sqrt(fromNumber(x));
      near(mul(root, root), x);
    }
    expect(isZero(sqrt(zero))).toBe(true);
  });

  it('angles lie in (−π, π] and have the tangent', () => {
    const random = stream();
    for (let i = 0; i < 200; i++) {
      const [y, x] = [randomDouble(random, 4), randomDouble(random, 4)];
      near(field.atan2(fromNumber(y), fromNumber(x)), Math.atan2(y, x));
    }
    near(field.atan2(one, zero), Math.PI / 2);
    near(field.atan2(one, neg(one)), (3 * Math.PI) / 4);
  });

  it('zero is told for certain, and π is known', () => {
    expect([isZero(zero), isZero(one), isZero(mul(zero, pi))]).toEqual([true, false, true]);
    near(pi, Math.PI);
    expect(Math.abs(toNumber(sub(pi, scale(field.atan2(one, zero), 2))))).toBeLessThanOrEqual(tolerance);
  });
}

describe('doubles', () => laws(doubleField(atan2), 1e-14));
describe('double-doubles', () => laws(doubleDoubleField(), 1e-15));
describe('fixed-point numbers', () => laws(fixedField(bitsFor(50)), 1e-15));
describe('intervals of doubles', () => laws(intervalField(directedDouble), 1e-14));
describe('intervals of fixed-point numbers', () => laws(intervalField(directedFixed(160)), 1e-15));
describe('constant series', () => laws(seriesField(ring), 1e-15));

describe('what has no value is refused', () => {
  const fields: [string, Field<never>][] = [
    ['double-doubles', doubleDoubleField() as unknown as Field<never>],
    ['fixed-point numbers', fixedField(100) as unknown as Field<never>],
    ['intervals', intervalField(directedFixed(100)) as unknown as Field<never>],
    ['series', seriesField(ring) as unknown as Field<never>],
  ];

  it.each(fields)('by %s', (_, { div, sqrt, atan2: angle, fromNumber, neg, one, zero }) => {
    expect(() => div(one, zero)).toThrow(RangeError);
    expect(() => sqrt(neg(one))).toThrow(RangeError);
    expect(() => angle(zero, zero)).toThrow(RangeError);
    expect(() => fromNumber(Number.NaN)).toThrow(RangeError);
    expect(() => fromNumber(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

it('so many decimal digits need so many binary ones', () => {
  for (const digits of [1, 15, 50, 200, 1000]) {
    expect(10n ** BigInt(digits) <= 1n << BigInt(bitsFor(digits))).toBe(true);
    expect(bitsFor(digits)).toBeLessThan(3.34 * digits + 2);
  }
});
