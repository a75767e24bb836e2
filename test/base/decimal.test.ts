import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Decimal,
  addDecimals,
  compareDecimals,
  halfUnit,
  negate,
  parseDecimal,
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
