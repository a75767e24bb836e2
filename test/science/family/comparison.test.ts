/** Comparisons of spectra, against full lists of eigenvalues. */
import { describe, expect, test } from 'vitest';
import { coincidence, concentration } from '../../../src/science/family/comparison.ts';
import { minimumRange } from '../../../src/science/family/minimum-range.ts';
import { verdictOf } from '../../../src/science/family/over-verdict.ts';
import type { OverRow } from '../../../src/science/family/over-tables.ts';
import { spectrum, type Spectrum } from '../../../src/science/family/spectrum.ts';

/** All eigenvalues, every copy, ascending. */
function listed({ lines }: Spectrum): number[] {
  return lines
    .flatMap(({ eigenvalue, multiplicity }) => Array.from({ length: multiplicity }, () => eigenvalue))
    .sort((a, b) => a - b);
}

describe('the largest difference of two spectra', () => {
  test.each([
    ['A', 8],
    ['II', 11],
    ['3', 20],
  ] as const)('is that of the sorted lists (family %s, d = %i)', (family, d) => {
    const [one, target] = [spectrum({ family, d }), spectrum({ family: 'global', d })];
    const [left, right] = [listed(one), listed(target)];
    const expected = Math.max(...left.map((value, i) => Math.abs(value - (right[i] as number))));
    const found = coincidence(one, target);
    expect(found.difference).toBe(expected);
    expect(found.scaled).toBe(expected * Math.sqrt(d));
    expect(Math.abs(found.left - found.right)).toBe(expected);
  });

  test('is zero with itself, and refused for another size', () => {
    const one = spectrum({ family: 'II', d: 9 });
    expect(coincidence(one, one).difference).toBe(0);
    expect(() => coincidence(one, spectrum({ family: 'II', d: 10 }))).toThrow(RangeError);
  });
});

describe('concentration', () => {
  test('counts copies: d + 1 eigenvalues grow at the global minimum, 2(d − 1) more are few', () => {
    const found = concentration(spectrum({ family: 'global', d: 50 }));
    expect(found).toMatchObject({ growing: 51, few: 98 });
    expect(found.leastSlope).toBeGreaterThan(0.15);
    expect(found.largestSlope).toBeLessThan(0.3);
  });

  test('measures the farthest eigenvalue from the nearest constant', () => {
    const lines = [
      { irrep: 'x', eigenvalue: 0.3, multiplicity: 2 },
      { irrep: 's', eigenvalue: 108, multiplicity: 2 },
    ];
    const found = concentration({ ...spectrum({ family: 'global', d: 9 }), lines });
    expect(found.scaledSpread).toBeCloseTo(3 * 0.05, 14);
    expect(found).toMatchObject({ growing: 2, few: 0, leastSlope: 12, largestSlope: 12 });
  });

  test('is bounded at the families as d grows', () => {
    for (const family of ['A', 'II', '2'] as const) {
      const spreads = [1e3, 1e6].map((d) => concentration(spectrum({ family, d })).scaledSpread);
      expect(Math.max(...spreads)).toBeLessThan(0.7);
      expect(Math.min(...spreads)).toBeGreaterThan(0.3);
    }
  });
});

describe('the range in which a family is a minimum', () => {
  const at = (d: number, index: number) => ({ family: 'II', d: String(d), index: String(index) });

  test('begins above the largest size at which it is a saddle', () => {
    const proved = [at(4, 0), at(5, 3), at(6, 0), at(20, 0), { family: 'II', d: '5.58' }];
    expect(minimumRange(proved)).toEqual({
      ...{ family: 'II', first: 6, last: 20, points: 2 },
      ...{ saddles: 1, saddleUpTo: 5 },
    });
  });

  test('is empty for a saddle', () => {
    expect(minimumRange([at(5, 3)])).toMatchObject({ first: null, last: null, points: 0, saddleUpTo: 5 });
  });
});

describe('what extra neurons make of a family', () => {
  const row = (d: number, least: number, margin: number | null): OverRow =>
    ({
      ...{ base: 'A', extras: '1', d, min_eigenvalue: least, min_eigenvalue_irrep: `at ${d}` },
      interlacing_margin: margin,
    }) as OverRow;

  test.each([
    ['saddle', [-1, -2]],
    ['minimum', [1, 2]],
    ['both', [-1, 2]],
  ])('%s', (verdict, [small, large]) => {
    const found = verdictOf([
      row(20, 5, null),
      row(100, large as number, 0.5),
      row(8, small as number, 0.25),
    ]);
    expect(found).toEqual({
      ...{ family: 'A', extras: '1', found: 1, sizes: 2, verdict, irrep: 'at 100', least: large },
      ...{ d: 100, margin: 0.25 },
    });
  });

  test('none, where nothing continues it', () => {
    expect(verdictOf([row(20, 5, null)])).toMatchObject({ verdict: 'none', found: 1, sizes: 0, least: null });
  });
});
