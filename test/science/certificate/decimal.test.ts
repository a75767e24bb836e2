import { describe, expect, it } from 'vitest';
import {
  decimalText,
  enclose,
  parseDecimal,
  roundedDecimal,
  roundingBox,
  roundingEnds,
} from '../../../src/science/certificate/decimal.ts';
import { exactDimension } from '../../../src/science/certificate/dimension.ts';
import { dimensionOf, type Irrep } from '../../../src/science/family/irreps.ts';
import type { Space } from '../../../src/science/family/space.ts';

const bits = 200;
const fixed = (n: bigint, m: bigint) => (n << BigInt(bits)) / m;

describe('a rounded decimal', () => {
  it('is the nearest one, on both sides of zero', () => {
    expect(roundedDecimal(fixed(2n, 3n), bits, 4)).toBe('0.6667');
    expect(roundedDecimal(fixed(-2n, 3n), bits, 4)).toBe('-0.6667');
    expect(roundedDecimal(fixed(1n, 3n), bits, 1)).toBe('0.3');
    expect(roundedDecimal(fixed(-1n, 100_000n), bits, 3)).toBe('0.000');
    expect(roundedDecimal(fixed(123_456_789n, 1n), bits, 2)).toBe('123456789.00');
    expect(roundedDecimal(fixed(999_999n, 1_000_000n), bits, 3)).toBe('1.000');
  });

  it('is read back exactly', () => {
    for (const text of ['0.6667', '-0.0001', '12', '-3.50', '100000000.000'])
      expect(decimalText(parseDecimal(text).units, parseDecimal(text).places)).toBe(text);
  });

  it('comes from numbers by their shortest form, integers in full', () => {
    expect(parseDecimal(5.75)).toEqual({ units: 575n, places: 2 });
    expect(parseDecimal(1e6)).toEqual({ units: 1000000n, places: 0 });
    expect(parseDecimal(1e21)).toEqual({ units: 10n ** 21n, places: 0 });
    expect(() => parseDecimal(1e-7)).toThrow(RangeError);
    expect(() => parseDecimal(Number.NaN)).toThrow(RangeError);
    expect(() => parseDecimal('.5')).toThrow(RangeError);
  });

  it('stands for all numbers within half a unit', () => {
    const box = roundingBox(parseDecimal('0.6667'), bits);
    const exact = fixed(2n, 3n);
    expect(box.lo < exact && exact < box.hi).toBe(true);
    expect(box.lo > fixed(66664n, 100000n) && box.hi < fixed(66676n, 100000n)).toBe(true);
    const [low, high] = roundingEnds(parseDecimal('-0.1'), bits);
    expect(low.lo <= fixed(-15n, 100n) && low.hi >= fixed(-15n, 100n) - 1n && low.hi - low.lo <= 1n).toBe(
      true,
    );
    expect(high.lo <= fixed(-5n, 100n) && high.hi - high.lo <= 1n).toBe(true);
    expect(enclose(parseDecimal('0.5'), bits)).toEqual({ lo: 1n << 199n, hi: 1n << 199n });
  });
});

describe('an exact dimension', () => {
  const space: Space = {
    blocks: ['many', 'many'],
    students: [
      { kind: 'tied', block: 0 },
      { kind: 'tied', block: 1 },
      { kind: 'free', copies: 3 },
    ],
  };
  const irreps: Irrep[] = [
    { kind: 't' },
    { kind: 's', block: 0 },
    { kind: 'x', block: 0 },
    { kind: 'y', block: 0 },
    { kind: 's', block: 1 },
    { kind: 'product', block: 0, other: 1 },
    { kind: 'free', family: 2 },
    { kind: 'free*s', family: 2, block: 0 },
  ];

  it('is the dimension, without the rounding of doubles', () => {
    for (const d of [7, 9.5, 5.7, 1000.001]) {
      for (const irrep of irreps) {
        const text = exactDimension(irrep, space, [2], parseDecimal(d));
        expect(Number(text)).toBeCloseTo(dimensionOf(irrep, space, [d - 2, 2]), 6);
        expect(text).not.toMatch(/\.\d*0$/);
      }
    }
    expect(exactDimension({ kind: 'x', block: 0 }, space, [], parseDecimal(5.7))).toBe('8.695');
    expect(exactDimension({ kind: 'y', block: 0 }, space, [], parseDecimal('1000000'))).toBe('499998500000');
  });

  it('is refused for components on blank inputs', () => {
    const irrep: Irrep = { kind: 'blank', block: 0, rows: { kind: 't' } };
    expect(() => exactDimension(irrep, space, [2], parseDecimal(7))).toThrow(RangeError);
  });
});
