import { describe, expect, it } from 'vitest';
import { identity, scale } from '../../../src/science/math/matrix.ts';
import { checkLoss } from '../../../src/science/minima/check.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { familyMatrix, stream } from './samples.ts';

describe('a loss checked by samples', () => {
  const weights = familyMatrix('II', 7);
  const closed = loss(weights, identity(7));

  it('is within a few standard errors of the closed form', () => {
    const { score, mean, standardError, samples } = checkLoss(weights, closed, 20_000, stream('e5'));
    expect(samples).toBe(20_000);
    expect(Math.abs(score)).toBeLessThan(4);
    expect(mean).toBeCloseTo(closed + score * standardError, 15);
  });

  it('that is wrong by a tenth is found out', () => {
    expect(checkLoss(weights, 1.1 * closed, 20_000, stream('e5')).score).toBeLessThan(-4);
    expect(checkLoss(scale(weights, 1.1), closed, 20_000, stream('e5')).score).toBeGreaterThan(4);
  });
});
