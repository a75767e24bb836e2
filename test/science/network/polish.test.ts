import { describe, expect, it } from 'vitest';
import { add, frobenius, fromRows, identity, scale, subtract } from '../../../src/science/math/matrix.ts';
import { polish } from '../../../src/science/network/polish.ts';
import { preciseGradient } from '../../../src/science/network/precise.ts';
import { safranShamir } from '../../../src/science/network/protocol.ts';
import { spectrum } from '../../../src/science/network/spectrum.ts';
import { train } from '../../../src/science/network/train.ts';
import { wasmEngine } from '../../../src/science/network/wasm-engine.ts';
import { gaussian, starts } from './samples.ts';

const settings = { gradient: 1e-14, iterations: 60 };

describe('polishing', () => {
  it('of what descent found moves little and leaves a gradient that is rounding', () => {
    const target = identity(9);
    const rough = { ...safranShamir, stop: 1e-5 };
    const runs = train(wasmEngine({ neurons: 9, target }), target, starts(12, 9, 9, 500), rough);
    const spurious = runs.filter((run) => run.spurious);
    expect(spurious.length).toBeGreaterThan(0);
    for (const { weights } of spurious) {
      const point = polish(weights, target, settings);
      expect(point).toMatchObject({ status: 'converged', leastSquares: 0 });
      expect(point.gradientNorm).toBeLessThan(3e-14);
      expect(point.gradientNorm).toBe(frobenius(preciseGradient(point.weights, target)));
      expect(point.iterations).toBeLessThan(6);
      expect(point.moved).toBeLessThan(1e-3);
      expect(point.moved).toBe(frobenius(subtract(point.weights, weights)));
      expect(point.loss).toBeGreaterThan(1e-2);
      expect(point.smallestEigenvalue).toBeCloseTo(spectrum(point.weights, target).eigenvalues[0]!, 12);
    }
  });

  it('reaches saddles as well as minima', () => {
    const target = identity(3);
    const equal = fromRows(Array.from({ length: 3 }, () => [0.5, 0.5, 0.5]));
    const point = polish(add(equal, scale(gaussian(3, 3, 510), 1e-3)), target, settings);
    expect(point.status).toBe('converged');
    expect(point.loss).toBeGreaterThan(0.01);
    expect(spectrum(point.weights, target).index).toBeGreaterThan(0);
  });

  it('takes least-squares steps to a point of a whole manifold of minima', () => {
    const target = identity(3);
    const split = fromRows([
      [0.4, 0, 0],
      [0.6, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    for (const far of [1e-6, 1e-5]) {
      const point = polish(add(split, scale(gaussian(4, 3, 511), far)), target, settings);
      expect(point.status).toBe('converged');
      expect(point.leastSquares).toBeGreaterThan(0);
      expect(point.moved).toBeLessThan(10 * far);
      expect(point.loss).toBeLessThan(1e-18);
      expect(point.smallestEigenvalue).toBeLessThan(1e-9);
    }
  });

  it('of a minimum that is exact does nothing', () => {
    expect(polish(identity(4), identity(4), settings)).toMatchObject({
      status: 'converged',
      iterations: 0,
      moved: 0,
      gradientNorm: 0,
    });
  });

  it('says when it stalls and when its iterations are used up', () => {
    const target = identity(4);
    const start = add(target, scale(gaussian(4, 4, 512), 1e-2));
    const stalled = polish(start, target, { gradient: 1e-40, iterations: 60 });
    expect(stalled.status).toBe('stalled');
    expect(stalled.gradientNorm).toBeLessThan(1e-15);
    const exhausted = polish(start, target, { gradient: 1e-14, iterations: 1 });
    expect(exhausted).toMatchObject({ status: 'exhausted', iterations: 1 });
    expect(exhausted.gradientNorm).toBeGreaterThan(1e-14);
  });

  it('refuses a zero row', () => {
    expect(() =>
      polish(
        fromRows([
          [0, 0],
          [1, 0],
        ]),
        identity(2),
        settings,
      ),
    ).toThrow('row 0 of the weights is zero');
  });
});
