import { describe, expect, it } from 'vitest';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import { wideRow, wideSizes, wideSpectra, wideSummaries } from '../../../src/science/family/wide.ts';

describe('more inputs than neurons', () => {
  it('are tabulated around the threshold, at 10, 20 and powers of ten', () => {
    expect(wideSizes('II').slice(0, 8)).toEqual([
      ...[5, 6, 10, 20].flatMap((k) => [
        { k, d: k + 1 },
        { k, d: 2 * k },
      ]),
    ]);
    expect(
      wideSizes('4')
        .slice(0, 4)
        .map(({ k }) => k),
    ).toEqual([10, 10, 11, 11]);
    expect(wideSizes('I').at(-1)).toEqual({ k: 1e6, d: 2e6 });
  });

  it('add directions to the spectrum for d = k, and change nothing else', () => {
    for (const family of ['A', 'I', '3'] as const) {
      const [wide, square] = [spectrum({ family, k: 11, d: 14 }), spectrum({ family, d: 11 })];
      const known = wide.lines.filter(({ irrep }) => !irrep.includes('*o'));
      expect(known).toEqual(square.lines);
      expect(wide.lines.reduce((sum, { multiplicity }) => sum + multiplicity, 0)).toBe(11 * 14);
    }
  });

  it('make no saddle of a minimum', () => {
    for (const found of wideSpectra('II').slice(0, 6)) {
      const row = wideRow(found);
      expect([row.k, row.new_index, row.new_least > 0.1]).toEqual([row.k, 0, true]);
      expect(row.index === 0).toBe(row.k >= 6);
      expect(row.new_largest).toBeGreaterThan(row.new_least);
    }
  });

  it('are summed up by family: nothing negative, one eigenvalue like k/4, the others near 1/4', () => {
    const spectra = [
      ...wideSpectra('global', [{ k: 9, d: 12 }]),
      ...wideSpectra('2', [{ k: 10_000, d: 10_001 }]),
    ];
    const [target, two] = wideSummaries(spectra);
    expect(target).toMatchObject({
      family: 'global',
      sizes: 1,
      new_index: 0,
      beside_quarter: expect.closeTo(0, 14),
    });
    expect(target!.slope).toBeCloseTo(2.5 / 9, 14);
    expect(two!.beside_quarter).toBeLessThan(0.01);
    expect(two!.slope).toBeCloseTo(0.25, 3);
  });

  it('grow for each input at least, and leave few eigenvalues for each that are in no large component', () => {
    const [summary] = wideSummaries(
      wideSpectra('II', [
        { k: 100, d: 101 },
        { k: 100, d: 200 },
      ]),
    );
    // One for each of the k + (d − k) inputs, and one more of t.
    expect(summary!.growing_per_input).toBeCloseTo(1.005, 12);
    expect(summary!.few_per_input).toBeLessThan(4);
    expect(summary!.few_per_input).toBeGreaterThan(1);
  });

  it('count negative directions where there are any', () => {
    const found = spectrum({ family: 'A', k: 9, d: 10 });
    const lines = [...found.lines, { irrep: 's*o', eigenvalue: -0.5, multiplicity: 3 }];
    expect(wideRow({ ...found, lines })).toMatchObject({ new_index: 3, new_least: -0.5 });
  });
});
