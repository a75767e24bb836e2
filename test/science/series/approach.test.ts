import { describe, expect, it } from 'vitest';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import { branchOf } from '../../../src/science/family/families.ts';
import { fixedField } from '../../../src/science/math/precision/fixed-field.ts';
import { approach, startAt } from '../../../src/science/series/approach.ts';
import { sampled } from '../../../src/science/series/sample.ts';

const branch = branchOf('II');

describe('the way up to the limit', () => {
  it('ends at the t asked for or below, four points apart by factors of eight', () => {
    const points = approach(branch, 40);
    expect(points.length).toBe(4);
    const last = points.at(-1)!.t;
    expect(last).toBeLessThanOrEqual(2 ** -40);
    expect(last).toBeGreaterThan(2 ** -44);
    points.slice(1).forEach(({ t }, i) => expect(points[i]!.t / t).toBeCloseTo(8, 12));
  });

  it('gives starts that are right to a millionth of the smallest entries that matter', () => {
    const start = startAt(approach(branch, 16), 2e-5);
    const exact = criticalPoint({ family: 'II', d: 1 / 2e-5 ** 2 }).entries.map(({ value }) => value);
    // Entries are of the order of t², 4e-10: the polynomial errs by about t⁴, a millionth of that.
    start.forEach((value, i) =>
      expect(Math.abs(value - exact[i]!)).toBeLessThan(4e-16 + 1e-15 * Math.abs(exact[i]!)),
    );
  });
});

describe('samples', () => {
  const grid = { bits: 400, step: 30, nodes: 3 };

  it('are the wanted quantities, one value per node', () => {
    const names = [...sampled(branch, grid, (name) => name === 'loss').keys()];
    expect(names).toEqual(['diag1', 'off1', 'row1col2', 'row2col1', 'diag2', 'loss']);
    const all = sampled(branch, grid, () => true);
    expect(all.size).toBe(6 + 5 + 5 + 1 + 1);
    for (const values of all.values()) expect(values.length).toBe(3);
  });

  it('are those of the family at d = 2^60/j²', () => {
    const field = fixedField(grid.bits);
    const losses = sampled(branch, grid, (name) => name === 'loss').get('loss')!;
    losses.forEach((value, i) => {
      const { loss } = criticalPoint({ family: 'II', d: 2 ** 60 / (i + 1) ** 2 });
      expect(Math.abs(field.toNumber(value) / loss - 1)).toBeLessThan(1e-6);
    });
  });
});
