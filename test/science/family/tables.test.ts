import { describe, expect, it } from 'vitest';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import {
  criticalPointRow,
  spectrumRows,
  spuriousNames,
  tabulatedSizes,
  tabulatedSpectra,
  thresholdRows,
} from '../../../src/science/family/tables.ts';

describe('the published tables', () => {
  it('tabulate a family from one below its threshold', () => {
    expect(tabulatedSizes('II')).toEqual([
      5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 50, 100, 1000, 10_000, 100_000, 1_000_000,
    ]);
    expect(tabulatedSizes('6')[0]).toBe(14);
    expect(tabulatedSizes('global')[0]).toBe(3);
  });

  it('have the columns of results/critical-points.csv', () => {
    const rows = tabulatedSpectra(['A']).map(criticalPointRow);
    expect(Object.keys(rows[0] ?? {}).join(',')).toBe(
      'family,isotropy,k,d,loss,gradient_norm,min_eigenvalue,min_eigenvalue_irrep,index,nullity',
    );
    expect(rows.map(({ index }) => (index as number) > 0)).toEqual(rows.map(({ d }) => d < 6));
    for (const { gradient_norm } of rows) expect(gradient_norm).toBeLessThan(1e-13);
  });

  it('have the columns of results/spectrum.csv', () => {
    const rows = spectrumRows(spectrum({ family: '2', d: 8 }));
    expect(Object.keys(rows[0] ?? {}).join(',')).toBe('family,k,d,irrep,eigenvalue,multiplicity');
    expect(rows.reduce((sum, { multiplicity }) => sum + multiplicity, 0)).toBe(64);
  });

  it('have the columns of results/thresholds.csv', () => {
    const rows = thresholdRows(['A', 'II']);
    expect(rows.map(({ family, irrep }) => `${family} ${irrep}`)).toEqual(['A x', 'A s', 'II s']);
    expect(Object.keys(rows[0] ?? {}).join(',')).toBe('family,irrep,d,loss');
  });

  it('cover every spurious family', () => {
    expect(spuriousNames()).toEqual(['A', 'I', 'II', '2', '3', '4', '5', '6']);
  });
});
