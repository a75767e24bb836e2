import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../../src/science/minima/accuracy.ts';

const point = (shift: number, index: number | null, method: 'reduced' | 'dense' = 'reduced') => ({
  method,
  shift,
  difference: 2 * shift,
  lossSpread: 3 * shift,
  entrySpread: 4 * shift,
  point: { gradientNorm: 5 * shift, index },
});

describe('the accuracy of an experiment', () => {
  it('is the worst of each kind', () => {
    const points = [point(1, 0), point(7, 2, 'dense'), point(3, 0)];
    const ends = [
      { runs: 100, different: 0, farthest: 1e-9 },
      { runs: 50, different: 2, farthest: 1e-8 },
    ];
    expect(accuracyOf(points, [0.5, -3, 2], ends)).toEqual({
      points: 3,
      without_irreps: 1,
      saddles: 1,
      largest_gradient_norm: 35,
      largest_shift: 7,
      largest_spectral_difference: 14,
      largest_loss_spread: 21,
      largest_entry_spread: 28,
      sampled: 3,
      largest_score: 3,
      followed_twice: 150,
      different_verdicts: 2,
      farthest_ends: 1e-8,
    });
  });

  it('counts a point of unknown index as no minimum', () => {
    expect(accuracyOf([point(1, null)], [], []).saddles).toBe(1);
  });

  it('of nothing is all zero', () => {
    expect(Object.values(accuracyOf([], [], [])).every((value) => value === 0)).toBe(true);
  });
});
