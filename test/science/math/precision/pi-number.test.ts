import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactField, OutsideField, valueOf } from '../../../../src/science/math/precision/exact-field.ts';
import { fixedField } from '../../../../src/science/math/precision/fixed-field.ts';
import { numberOf } from '../../../../src/science/math/precision/fixed.ts';
import {
  denominatorOf,
  isZero,
  type PiNumber,
  piNumber,
  piNumbers,
} from '../../../../src/science/math/precision/pi-number.ts';
import { polynomial } from '../../../../src/science/math/precision/integer-polynomial.ts';

const numbers = piNumbers(2);
const field = exactField(numbers);
const bits = 400;
const plain = fixedField(bits);

const coefficients = fc.array(fc.bigInt(-9n, 9n), { maxLength: 4 }).map(polynomial);
/** π^a (π − 2)^b (π² + 3)^c n: factors that cancel now and then. */
const below = fc
  .tuple(fc.nat(2), fc.nat(2), fc.nat(1), fc.bigInt(1n, 12n))
  .map(([a, b, c, n]) =>
    [
      ...Array.from({ length: a }, () => [0n, 1n]),
      ...Array.from({ length: b }, () => [-2n, 1n]),
      ...Array.from({ length: c }, () => [3n, 0n, 1n]),
    ].reduce((product, factor) => field.mul(product, piNumber(numbers, factor, [], [1n])), integer(n)),
  );
const drawn = fc
  .tuple(coefficients, coefficients, below)
  .map(([p, r, over]) => field.div(piNumber(numbers, p, r, [1n]), over));

function integer(n: bigint): PiNumber {
  return piNumber(numbers, n === 0n ? [] : [n], [], [1n]);
}

function near(x: PiNumber, expected: bigint): void {
  const gap = numberOf(valueOf(numbers, x, bits) - expected, bits);
  expect(Math.abs(gap)).toBeLessThan(1e-90 * Math.max(1, Math.abs(numberOf(expected, bits))));
}

describe('numbers of Q(π)(√2)', () => {
  it('obey the laws of a field, exactly', () => {
    fc.assert(
      fc.property(drawn, drawn, drawn, (x, y, z) => {
        const same = (a: PiNumber, b: PiNumber) => expect(isZero(field.sub(a, b))).toBe(true);
        same(field.add(x, y), field.add(y, x));
        same(field.mul(x, field.add(y, z)), field.add(field.mul(x, y), field.mul(x, z)));
        same(
          field.dot([x, y, z], [y, z, x]),
          field.add(field.add(field.mul(x, y), field.mul(y, z)), field.mul(z, x)),
        );
        if (!isZero(y)) same(field.mul(field.div(x, y), y), x);
      }),
    );
  });

  it('have the values of their sums, products and quotients', () => {
    const value = (x: PiNumber) => valueOf(numbers, x, bits);
    fc.assert(
      fc.property(drawn, drawn, (x, y) => {
        near(field.add(x, y), plain.add(value(x), value(y)));
        near(field.mul(x, y), plain.mul(value(x), value(y)));
        if (Math.abs(field.toNumber(y)) > 1e-3) near(field.div(x, y), plain.div(value(x), value(y)));
      }),
    );
  });

  it('are in lowest terms: equal ones are written alike', () => {
    fc.assert(
      fc.property(drawn, below, (x, y) => {
        const again = field.div(field.mul(x, y), y);
        expect([again.plain, again.root]).toEqual([x.plain, x.root]);
        expect(denominatorOf(numbers, again)).toEqual(denominatorOf(numbers, x));
      }),
    );
  });

  it('have the roots of squares, and of twice squares', () => {
    const rational = exactField(piNumbers(1));
    fc.assert(
      fc.property(coefficients, below, (p, over) => {
        if (p.length === 0) return;
        const x = field.div(piNumber(numbers, p, [], [1n]), over);
        const [one, two] = [field.mul(x, x), field.scale(field.mul(x, x), 2)];
        const size = field.toNumber(x) < 0 ? field.neg(x) : x;
        expect(isZero(field.sub(field.sqrt(one), size))).toBe(true);
        expect(isZero(field.sub(field.mul(field.sqrt(two), field.sqrt(two)), two))).toBe(true);
        expect(field.toNumber(field.sqrt(two))).toBeGreaterThan(0);
      }),
    );
    expect(() => field.sqrt(field.pi)).toThrow(OutsideField);
    expect(() => field.sqrt(integer(3n))).toThrow(OutsideField);
    expect(() => field.sqrt(integer(-1n))).toThrow('negative');
    expect(() => rational.sqrt(rational.fromNumber(2))).toThrow(OutsideField);
  });

  it('have the angles of the axes, and no others', () => {
    const [one, zero] = [field.one, field.zero];
    const minus = field.neg(one);
    const values = [
      field.atan2(zero, one),
      field.atan2(one, zero),
      field.atan2(zero, minus),
      field.atan2(minus, zero),
    ];
    expect(values.map((angle) => field.toNumber(angle) / Math.PI)).toEqual([0, 0.5, 1, -0.5]);
    expect(() => field.atan2(one, one)).toThrow(OutsideField);
    expect(() => field.atan2(zero, zero)).toThrow(OutsideField);
  });

  it('are exact for doubles, and not divided by zero', () => {
    expect(field.fromNumber(-0.375)).toMatchObject({ plain: [-3n], over: 8n });
    expect(() => field.fromNumber(Number.NaN)).toThrow(RangeError);
    expect(() => field.div(field.one, field.sub(field.pi, field.pi))).toThrow('division by zero');
    expect(field.toNumber(field.pi)).toBe(Math.PI);
  });
});
