import { describe, expect, it } from 'vitest';
import { identity } from '../../../src/science/math/matrix.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { sampledLoss } from '../../../src/science/network/sampled.ts';
import { gaussian, smooth, stream } from './samples.ts';

const error = (samples: number) =>
  sampledLoss(smooth.weights, smooth.target, samples, stream(40)).standardError;

describe('the sampled loss', () => {
  it('agrees with the closed form within four of its own standard errors', () => {
    const cases = [
      smooth,
      { weights: gaussian(4, 5, 21), target: identity(5) },
      { weights: gaussian(1, 2, 22), target: gaussian(6, 2, 23) },
    ];
    cases.forEach(({ weights, target }, name) => {
      const { mean, standardError, samples } = sampledLoss(weights, target, 40_000, stream(30 + name));
      expect(samples).toBe(40_000);
      expect(Math.abs(mean - loss(weights, target))).toBeLessThan(4 * standardError);
      expect(standardError).toBeLessThan(0.03 * mean);
    });
  });

  it('has an error that falls like the root of the number of samples', () => {
    expect(error(40_000) / error(2_500)).toBeGreaterThan(0.2);
    expect(error(40_000) / error(2_500)).toBeLessThan(0.3);
  });

  it('is zero for equal networks', () => {
    expect(sampledLoss(smooth.target, smooth.target, 100, stream(41))).toEqual({
      mean: 0,
      standardError: 0,
      samples: 100,
    });
  });

  it('refuses different widths and too few samples', () => {
    expect(() => sampledLoss(identity(2), identity(3), 10, stream(1))).toThrow('2 inputs, the target 3');
    expect(() => sampledLoss(identity(2), identity(2), 1, stream(1))).toThrow('no error from 1 samples');
  });
});
