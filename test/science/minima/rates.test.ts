import { describe, expect, it } from 'vitest';
import { ratesOf } from '../../../src/science/minima/rates.ts';

describe('fractions of spurious runs', () => {
  const counts = [
    { k: 6, n: 6, runs: 1000, spurious: 3 },
    { k: 6, n: 7, runs: 100, spurious: 0 },
    { k: 7, n: 7, runs: 200, spurious: 10 },
  ];

  it('are those of one n − k', () => {
    expect(ratesOf(counts, 0, 1.96).map(({ k, rate }) => [k, rate])).toEqual([
      [6, 0.003],
      [7, 0.05],
    ]);
    expect(ratesOf(counts, 2, 1.96)).toEqual([]);
  });

  it('lie in their intervals, which widen with the deviations', () => {
    const [narrow] = ratesOf(counts, 0, 1);
    const [wide] = ratesOf(counts, 0, 3);
    expect(wide?.low).toBeLessThan(narrow?.low as number);
    expect(narrow?.low).toBeLessThan(0.003);
    expect(narrow?.high).toBeGreaterThan(0.003);
    expect(wide?.high).toBeGreaterThan(narrow?.high as number);
  });

  it('of no spurious run begin at 0', () => {
    const [none] = ratesOf(counts, 1, 1.96);
    expect(none).toMatchObject({ rate: 0, low: 0 });
    expect(none?.high).toBeCloseTo(0.037, 3);
  });
});
