import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polynomial, sum, times } from '../../../../src/science/math/precision/integer-polynomial.ts';
import {
  heightOf,
  packed,
  unpacked,
  widthFor,
} from '../../../../src/science/math/precision/packed-polynomial.ts';

const large = 2n << 200n;
const drawn = fc.array(fc.bigInt(-large, large), { maxLength: 9 }).map(polynomial);

describe('packed polynomials', () => {
  it('are unpacked to what they were, at any width that has room', () => {
    fc.assert(
      fc.property(drawn, fc.nat(70), (a, more) => {
        const width = heightOf(a) + 2 + more;
        expect(unpacked(packed(a, width), width)).toEqual(a);
      }),
    );
  });

  it('are added and multiplied as integers', () => {
    fc.assert(
      fc.property(drawn, drawn, drawn, (a, b, c) => {
        const exact = sum([times(a, b), c]);
        const width = widthFor(heightOf(exact));
        expect(unpacked(packed(a, width) * packed(b, width) + packed(c, width), width)).toEqual(exact);
      }),
    );
  });

  it('keep coefficients apart at the least width that is offered for them', () => {
    for (const digits of [1, 61, 62, 63, 126, 127, 510, 511]) {
      const most = (1n << BigInt(digits)) - 1n;
      const a = [most, -most, 0n, -most, most, -1n, 1n];
      expect(heightOf(a)).toBe(digits);
      const width = widthFor(digits);
      expect(width).toBeGreaterThanOrEqual(digits + 2);
      expect(unpacked(packed(a, width), width)).toEqual(a);
    }
  });

  it('know the zero polynomial', () => {
    expect(heightOf([])).toBe(0);
    expect(packed([], 64)).toBe(0n);
    expect(unpacked(0n, 64)).toEqual([]);
  });
});
