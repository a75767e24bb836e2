import { describe, expect, it } from 'vitest';
import { matrix } from '../../../src/science/math/matrix.ts';
import { marquardt } from '../../../src/science/universality/marquardt.ts';
import { minimise } from '../../../src/science/universality/minimise.ts';
import type { Linearised, Objective } from '../../../src/science/universality/objective.ts';

const settings = { gradient: 1e-13, iterations: 200 };

/** f(x, y) = (x² − 1)²/4 + c y²/2: minima at (±1, 0), a saddle at 0. */
const doubleWell = (c: number): Objective => ({
  size: 2,
  loss: ([x, y]) => (x! * x! - 1) ** 2 / 4 + (c * y! * y!) / 2,
  gradient: ([x, y]) => Float64Array.of(x! * (x! * x! - 1), c * y!),
  hessian: ([x]) => matrix(2, 2, Float64Array.of(3 * x! * x! - 1, 0, 0, c)),
});

/** Rosenbrock's valley, ½(10(y − x²))² + ½(1 − x)². */
const residuals = ([x, y]: Float64Array) => [10 * (y! - x! * x!), 1 - x!] as const;

function linearised(weights: Float64Array): Linearised {
  const [a, b] = residuals(weights);
  const rows = [
    [-20 * weights[0]!, 10],
    [-1, 0],
  ] as const;
  const product = (p: number, q: number) => rows.reduce((sum, row) => sum + row[p]! * row[q]!, 0);
  return {
    loss: (a * a + b * b) / 2,
    slope: Float64Array.of(rows[0][0] * a + rows[1][0] * b, rows[0][1] * a + rows[1][1] * b),
    normal: matrix(2, 2, Float64Array.of(product(0, 0), product(0, 1), product(1, 0), product(1, 1))),
  };
}

describe('going down', () => {
  it('ends at a minimum also where the curvature is negative at first', () => {
    const { status, weights, index, nullity, gradientNorm } = minimise(
      doubleWell(3),
      Float64Array.of(0.01, 2),
      settings,
    );
    expect(status).toBe('converged');
    expect(weights[0]).toBeCloseTo(1, 14);
    expect(weights[1]).toBeCloseTo(0, 14);
    expect([index, nullity]).toEqual([0, 0]);
    expect(gradientNorm).toBeLessThanOrEqual(1e-13);
  });

  it('tells a saddle that it began at, and directions without curvature', () => {
    const saddle = minimise(doubleWell(1), Float64Array.of(0, 0.5), settings);
    expect(saddle).toMatchObject({ status: 'converged', index: 1, nullity: 0, loss: 0.25 });
    const flat = minimise(doubleWell(0), Float64Array.of(-2, 0.5), settings);
    expect(flat).toMatchObject({ index: 0, nullity: 1 });
    expect(flat.weights[1]).toBe(0.5);
    expect([...flat.eigenvalues]).toEqual([0, expect.closeTo(2, 12)]);
  });

  it('says when it had not the time', () => {
    const early = minimise(doubleWell(1), Float64Array.of(3, 1), { gradient: 1e-13, iterations: 1 });
    expect(early).toMatchObject({ status: 'exhausted', iterations: 1 });
    expect(early.loss).toBeLessThan(doubleWell(1).loss(Float64Array.of(3, 1)));
  });

  it('says when no step goes down', () => {
    const wrong: Objective = { ...doubleWell(1), gradient: () => Float64Array.of(-1, -1) };
    const { status, weights } = minimise(wrong, Float64Array.of(1, 0), settings);
    expect(status).toBe('stalled');
    expect([...weights]).toEqual([1, 0]);
  });
});

describe('following a valley', () => {
  it('leads to its end', () => {
    const end = marquardt(linearised, Float64Array.of(-1.2, 1), {
      gradient: 1e-10,
      iterations: 100,
    });
    expect(end[0]).toBeCloseTo(1, 8);
    expect(end[1]).toBeCloseTo(1, 8);
  });

  it('never goes up, however few the steps', () => {
    let before = Infinity;
    for (let iterations = 0; iterations < 20; iterations++) {
      const end = marquardt(linearised, Float64Array.of(-1.2, 1), { gradient: 0, iterations });
      const [a, b] = residuals(end);
      expect(a * a + b * b).toBeLessThanOrEqual(before);
      before = a * a + b * b;
    }
  });

  it('stays where the slope is small enough already', () => {
    const start = Float64Array.of(1, 1);
    expect(marquardt(linearised, start, { gradient: 1e-10, iterations: 5 })).toBe(start);
  });

  it('gives up where nothing goes down', () => {
    const stuck = (weights: Float64Array): Linearised => ({
      ...linearised(weights),
      loss: weights[0] === 2 ? 0 : 1,
    });
    expect([...marquardt(stuck, Float64Array.of(2, 0), { gradient: 0, iterations: 500 })]).toEqual([2, 0]);
  });
});
