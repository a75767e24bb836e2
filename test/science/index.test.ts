import { describe, expect, it } from 'vitest';
import { criticalPoint, spectrum, threshold } from '../../src/science/index.ts';

describe('the library', () => {
  it('gives a critical point at d = 10^6', () => {
    const point = criticalPoint({ family: 'II', d: 1e6 });
    expect(point.loss * 1e6).toBeCloseTo(0.2972, 4);
    expect(point.evidence.status).toBe('converged');
  });

  it('gives a spectrum at d = 5.75', () => {
    const { minEigenvalue, minEigenvalueIrrep } = spectrum({ family: 'A', d: 5.75 });
    expect(minEigenvalueIrrep).toBe('x');
    expect(minEigenvalue).toBeLessThan(0);
  });

  it('gives a threshold', () => {
    expect(threshold({ family: 'A', irrep: 'x' })?.d).toBeGreaterThan(5.75);
  });
});
