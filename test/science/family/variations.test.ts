import { describe, expect, it } from 'vitest';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import { denseMatrix } from '../../../src/science/family/dense.ts';
import { leakyPath } from '../../../src/science/family/leaky.ts';
import { perturbed } from '../../../src/science/family/perturbed.ts';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import { fromRows, identity, matrix, type Matrix } from '../../../src/science/math/matrix.ts';
import { gradient } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { denseEigenvalues, distance } from './support.ts';

const norm = ({ data }: Matrix) => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));

describe('a matrix written out', () => {
  it('is the critical point of the network', () => {
    const point = criticalPoint({ family: '3', d: 9 });
    const dense = denseMatrix(point);
    expect([dense.rows, dense.columns]).toEqual([9, 9]);
    expect(loss(dense, identity(9))).toBeCloseTo(point.loss, 14);
    expect(norm(gradient(dense, identity(9)))).toBeLessThan(1e-14);
  });

  it('is refused for real d', () => {
    expect(() => denseMatrix(criticalPoint({ family: 'A', d: 8.5 }))).toThrow(RangeError);
  });
});

describe('more inputs than neurons', () => {
  const target = fromRows(
    Array.from({ length: 7 }, (_, i) => Array.from({ length: 10 }, (__, j) => (i === j ? 1 : 0))),
  );

  it.each(['A', 'II', '2', 'global'] as const)(
    'adds to %s the spectrum on the inputs not looked at',
    (family) => {
      const found = spectrum({ family, d: 10, k: 7 });
      const dense = denseEigenvalues(hessian(denseMatrix(found.point), target));
      const reduced = found.lines
        .flatMap(({ eigenvalue, multiplicity }) => Array.from({ length: multiplicity }, () => eigenvalue))
        .sort((a, b) => a - b);
      expect(distance(dense, reduced)).toBeLessThan(1e-13 * (dense.at(-1) as number));
      expect(found.lines.some(({ irrep }) => irrep === 't*o')).toBe(true);
    },
  );

  it('leaves the loss as it is and names the group', () => {
    const point = criticalPoint({ family: 'II', d: 10, k: 7 });
    expect(point.loss).toBe(criticalPoint({ family: 'II', d: 7 }).loss);
    expect(point).toMatchObject({ d: 10, k: 7, isotropy: 'Δ(S_6×S_1)×O_3' });
  });

  it('cannot be fewer', () => {
    expect(() => criticalPoint({ family: 'II', d: 7, k: 8 })).toThrow(RangeError);
  });
});

/** The loss with activation max{(1−λ)t, t}, from its kernel (1−λ)w·v + λ²κ. */
function leakyLoss(weights: Matrix, lambda: number): number {
  const d = weights.columns;
  let square = 0;
  for (let j = 0; j < d; j++) {
    let column = -1;
    for (let i = 0; i < weights.rows; i++) column += weights.data[i * d + j] as number;
    square += column * column;
  }
  return ((1 - lambda) / 2) * square + lambda * lambda * loss(weights, identity(d));
}

describe.each(['A', 'I', 'II', '2', '4'] as const)('the path of %s from the linear network', (family) => {
  const d = 9;
  const path = leakyPath({ family, d });

  it('reaches the family at λ = 1', () => {
    expect(path.status).toBe('arrived');
    expect(path.distance).toBeLessThan(1e-12);
    expect(path.points.at(-1)?.loss).toBeCloseTo(criticalPoint({ family, d }).loss, 13);
  });

  it('starts where the neurons sum to those of the target', () => {
    const start = path.points[0];
    expect(start?.lambda).toBe(0);
    expect(Math.abs(start?.loss as number)).toBeLessThan(1e-25);
    expect(start?.fromStart).toBe(0);
  });

  it('consists of critical points of the leaky loss', () => {
    const sizes = criticalPoint({ family, d }).sizes;
    for (const { lambda, entries, loss: value } of path.points.filter((_, i) => i % 5 === 2)) {
      const exact = entries.map((entry) => ({ ...entry, tail: 0 }));
      const base = denseMatrix({ ...criticalPoint({ family, d }), sizes, entries: exact });
      expect(leakyLoss(base, lambda)).toBeCloseTo(value, 13);
      for (const at of [0, 1, d - 1, d * (d - 1), d * d - 1]) {
        const moved = (by: number) => {
          const data = base.data.slice();
          data[at] = (data[at] as number) + by;
          return leakyLoss(matrix(d, d, data), lambda);
        };
        // At small λ the curvature is 1/λ² of the gradient's scale; the loss itself is that much smaller.
        expect(Math.abs(moved(1e-5) - moved(-1e-5)) / 2e-5).toBeLessThan(1e-9);
      }
    }
  });

  it('moves away from its start', () => {
    const distances = path.points.map(({ fromStart }) => fromStart);
    expect(distances.at(-1)).toBeGreaterThan(1e-3);
    expect(path.points.every(({ residual }) => residual < 1e-11)).toBe(true);
  });
});

describe('a bent target', () => {
  it('moves the critical point along', () => {
    const { status, points } = perturbed({
      family: '2',
      d: 8,
      direction: { off1: 1, row1col2: -0.5, diag2: 0.4 },
      epsilon: 0.02,
    });
    expect(status).toBe('arrived');
    const { entries, loss: value, epsilon, minEigenvalue } = points.at(-1) as (typeof points)[number];
    expect(epsilon).toBe(0.02);
    const point = criticalPoint({ family: '2', d: 8 });
    const weights = denseMatrix({ ...point, entries: entries.map((entry) => ({ ...entry, tail: 0 })) });
    const bent = entries.map(({ name }) => {
      const change = { off1: 1, row1col2: -0.5, diag2: 0.4 }[name] ?? 0;
      return { name, value: (name.startsWith('diag') ? 1 : 0) + 0.02 * change, tail: 0 };
    });
    const target = denseMatrix({ ...point, entries: bent });
    expect(loss(weights, target)).toBeCloseTo(value, 13);
    expect(norm(gradient(weights, target))).toBeLessThan(1e-12);
    expect(denseEigenvalues(hessian(weights, target))[0]).toBeCloseTo(minEigenvalue, 12);
  });

  it('starts at the family', () => {
    const { points } = perturbed({ family: 'II', d: 12, direction: { off1: 0.1 }, epsilon: -0.01 });
    const point = criticalPoint({ family: 'II', d: 12 });
    expect(points[0]?.epsilon).toBe(0);
    expect(points[0]?.loss).toBeCloseTo(point.loss, 14);
    expect(points.at(-1)?.epsilon).toBe(-0.01);
  });

  it('has only entries that the family has', () => {
    expect(() => perturbed({ family: 'A', d: 8, direction: { diag2: 1 }, epsilon: 0.1 })).toThrow(
      /no entry diag2/,
    );
  });
});
