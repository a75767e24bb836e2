import { describe, expect, it } from 'vitest';
import { countsRow, type Experiment, familiesRows, saddleRuns } from '../../../src/science/minima/counts.ts';

const global = { isotropy: 'ΔS_9', loss: 1e-31, least: 0.09, count: 780, spurious: false };
const second = { isotropy: 'Δ(S_8×S_1)', loss: 0.02, least: 0.03, count: 150, spurious: true };
const third = { isotropy: 'Δ(S_7×S_2)', loss: 0.04, least: 0.01, count: 50, spurious: true };
const saddle = { isotropy: '1', loss: 0.05, least: -0.002, count: 3, spurious: true };
const experiment: Experiment = {
  protocol: 'SS18',
  k: 9,
  n: 9,
  runs: 1000,
  spurious: 205,
  points: [third, global, saddle, second],
};

describe('the counts of an experiment', () => {
  it('have means over the spurious minima, weighed by runs', () => {
    const { mean_loss: loss, mean_min_eigenvalue: least, ...rest } = countsRow(experiment);
    expect(rest).toEqual({ protocol: 'SS18', k: 9, n: 9, runs: 1000, spurious: 205 });
    expect(loss).toBeCloseTo((150 * 0.02 + 50 * 0.04) / 200, 15);
    expect(least).toBeCloseTo((150 * 0.03 + 50 * 0.01) / 200, 15);
  });

  it('have no means where no run found a spurious minimum', () => {
    const row = countsRow({ ...experiment, spurious: 0, points: [global] });
    expect([row.mean_loss, row.mean_min_eigenvalue]).toEqual([null, null]);
  });

  it('keep runs that stopped at saddles apart', () => {
    expect(saddleRuns([experiment, experiment])).toBe(6);
    expect(saddleRuns([{ ...experiment, points: [{ ...saddle, least: 0 }] }])).toBe(3);
    expect(saddleRuns([{ ...experiment, points: [{ ...saddle, spurious: false }] }])).toBe(0);
  });
});

describe('the families of an experiment', () => {
  it('are all its points, by ascending loss', () => {
    const rows = familiesRows(experiment);
    expect(rows.map(({ count }) => count)).toEqual([780, 150, 50, 3]);
    expect(rows[2]).toEqual({
      protocol: 'SS18',
      k: 9,
      n: 9,
      isotropy: 'Δ(S_7×S_2)',
      loss: 0.04,
      min_eigenvalue: 0.01,
      count: 50,
    });
  });
});
