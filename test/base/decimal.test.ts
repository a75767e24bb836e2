import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Decimal,
  addDecimals,
  areSameDecimal,
  compareDecimals,
  halfUnit,
  negate,
  parseDecimal,
  roundedText,
} from '../../src/base/decimal.ts';
import { present } from '../../src/base/invariant.ts';

const decimal = (text: string): Decimal => present(parseDecimal(text), text);

describe('a decimal', () => {
  test('keeps the digits that it was written with', () => {
    expect(parseDecimal('0.30')).toEqual({ digits: 30n, exponent: -2 });
    expect(parseDecimal('-.5')).toEqual({ digits: -5n, exponent: -1 });
    expect(parseDecimal('+12')).toEqual({ digits: 12n, exponent: 0 });
    expect(parseDecimal('3.')).toEqual({ digits: 3n, exponent: 0 });
    expect(parseDecimal('1.5E+3')).toEqual({ digits: 15n, exponent: 2 });
    expect(parseDecimal('1e-9')).toEqual({ digits: 1n, exponent: -9 });
  });

  test.each(['', '.', '-', 'e5', '1e', '0x1F', '1,5', '1 ', 'NaN', 'Infinity', '1e99999', '--1', '1.2.3'])(
    'is not %j',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );
});

describe('two decimals', () => {
  test('are compared exactly, where doubles are equal', () => {
    expect(compareDecimals(decimal('0.1'), decimal('0.1000000000000000055511151231257827'))).toBe(-1);
    expect(compareDecimals(decimal('9007199254740993'), decimal('9007199254740992'))).toBe(1);
  });

  test('are equal however they are spelled', () => {
    expect(compareDecimals(decimal('0.30'), decimal('3e-1'))).toBe(0);
    expect(compareDecimals(decimal('-0'), decimal('0.00'))).toBe(0);
  });

  test('are told from texts that are none', () => {
    expect(areSameDecimal('6', '6.0')).toBe(true);
    expect(areSameDecimal('-6e0', '-0.6e1')).toBe(true);
    expect(areSameDecimal('6', '6.0000000000000000000001')).toBe(false);
    expect(areSameDecimal('6', 'six')).toBe(false);
    expect(areSameDecimal('six', 'six')).toBe(false);
  });

  test('are compared as the integers are that they are fractions of', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.integer({ min: 0, max: 30 }), (a, b, places) => {
        const order = compareDecimals({ digits: a, exponent: -places }, decimal(`${b}e-${places}`));
        expect(order).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
      { seed: 2 },
    );
  });
});

describe('sums of decimals', () => {
  test('are exact, where those of doubles are not', () => {
    expect(addDecimals(decimal('0.1'), decimal('0.2'))).toEqual(decimal('0.3'));
    expect(addDecimals(decimal('1e3'), decimal('0.001'))).toEqual(decimal('1000.001'));
  });

  test('give nothing with the opposite, and go back by it', () => {
    const value = fc.record({ digits: fc.bigInt(), exponent: fc.integer({ min: -30, max: 30 }) });
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(addDecimals(a, negate(a)).digits).toBe(0n);
        expect(compareDecimals(addDecimals(addDecimals(a, b), negate(b)), a)).toBe(0);
        expect(compareDecimals(a, b)).toBe(-compareDecimals(negate(a), negate(b)) + 0);
      }),
      { seed: 3 },
    );
  });

  test.each([
    ['0.30', '0.005'],
    ['3', '0.5'],
    ['1.5e3', '50'],
    ['-2e-9', '0.5e-9'],
  ])('half a unit in the last place of %s is %s', (text, half) => {
    expect(compareDecimals(halfUnit(decimal(text)), decimal(half))).toBe(0);
  });
});

describe('a decimal that is rounded', () => {
  test.each([
    ['0.865', 2, '0.87'],
    ['1.005', 2, '1.01'],
    ['-1.005', 2, '-1.01'],
    ['-0.004', 2, '0.00'],
    ['0.5', 0, '1'],
    ['0.49999999999999999999', 0, '0'],
    ['99.995', 2, '100.00'],
    ['12', 3, '12.000'],
    ['1.5e3', 1, '1500.0'],
    ['2e-9', 4, '0.0000'],
    ['0', 1, '0.0'],
  ])('%s to %i places is %s', (text, places, expected) => {
    expect(roundedText(decimal(text), places)).toBe(expected);
  });

  test('is the one decimal of these places that is within half a unit', () => {
    const value = fc.record({ digits: fc.bigInt(), exponent: fc.integer({ min: -12, max: 3 }) });
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 9 }), (exact, places) => {
        const rounded = decimal(roundedText(exact, places));
        const off = addDecimals(rounded, negate(exact));
        const distance = off.digits < 0n ? negate(off) : off;
        expect(compareDecimals(distance, { digits: 5n, exponent: -places - 1 })).toBeLessThanOrEqual(0);
        expect(roundedText(exact, places).split('.')[1]?.length ?? 0).toBe(places);
      }),
      { seed: 4 },
    );
  });
});
