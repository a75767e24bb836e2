import { describe, expect, test } from 'vitest';
import {
  thresholdBranches,
  thresholdRow,
  thresholdSummary,
} from '../../../src/science/arcs/threshold-branches.ts';

// Largest zeros of the least eigenvalue: arXiv:2107.10370; here results/thresholds.csv.
const known = { II: 5.58550524742588, '2': 7.561190497945401 } as const;

describe('branches at a threshold in a standard representation', () => {
  test('lie where the equivariant has them, the better the nearer', () => {
    const error = (offset: number) => {
      const found = thresholdBranches('II', known.II, offset, 1);
      expect(found).toHaveLength(1);
      return Math.abs(found[0]!.distance / found[0]!.expectedDistance - 1);
    };
    const [near, far] = [error(-1e-3), error(-1e-2)];
    expect(far).toBeLessThan(1e-3);
    expect(near / far).toBeLessThan(0.2);
  });

  test('have index q above and n − q − 1 below, for real n', () => {
    for (const [offset, sign] of [
      [1e-3, 1],
      [-1e-3, -1],
    ] as const) {
      const found = thresholdBranches('2', known['2'], offset, 2);
      expect(found.map(({ q }) => q)).toEqual([1, 2]);
      for (const { n, q, eigenvalue, index, expectedIndex, levelError } of found) {
        expect(Math.sign(eigenvalue)).toBe(sign);
        expect(index).toBeCloseTo(sign > 0 ? q : n - q - 1, 10);
        expect(index).toBeCloseTo(expectedIndex, 10);
        expect(levelError).toBeLessThan(1e-3);
      }
    }
  });

  test('are tabulated with the ratio of both distances', () => {
    const found = thresholdBranches('2', known['2'], 1e-3, 2);
    expect(thresholdRow(found[0]!)[8]).toBe(found[0]!.distance / found[0]!.expectedDistance);
    expect(thresholdSummary(1e-3, found).slice(0, 3)).toEqual([1e-3, 1, 2]);
  });
});
