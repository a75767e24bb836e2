import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import { denseMatrix } from '../../../src/science/family/dense.ts';
import { perturbed } from '../../../src/science/family/perturbed.ts';
import { fromRows, identity, matrix } from '../../../src/science/math/matrix.ts';
import { followTarget, genericDirection } from '../../../src/science/minima/generic-target.ts';
import { spectrum } from '../../../src/science/network/spectrum.ts';

const stream = () => randomStream('5a'.repeat(16));
const weightsOf = (family: 'A' | 'II' | 'global', d: number) => denseMatrix(criticalPoint({ family, d }));

describe('a generic direction', () => {
  it('has entries that short decimals hold exactly', () => {
    const { data } = genericDirection(stream(), 8);
    expect(Array.from(data, (value) => Number(value.toFixed(3)))).toEqual(Array.from(data));
    expect(Math.max(...data.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(new Set(data).size).toBeGreaterThan(50);
  });

  it('is that of its stream', () => {
    expect(genericDirection(stream(), 5)).toEqual(genericDirection(stream(), 5));
    expect(genericDirection(stream().split(1), 5)).not.toEqual(genericDirection(stream(), 5));
  });
});

describe('a target moved off the identity', () => {
  it('takes the global minimum along, with loss 0 and without symmetry', () => {
    const direction = genericDirection(stream(), 5);
    const { status, points } = followTarget(identity(5), direction, 0.05);
    expect(status).toBe('arrived');
    expect(points.map(({ isotropy }) => isotropy)).toEqual(['ΔS_5', ...points.slice(1).map(() => '1')]);
    for (const { loss, index, gradientNorm } of points) {
      expect(Math.abs(loss)).toBeLessThan(1e-25);
      expect(index).toBe(0);
      expect(gradientNorm).toBeLessThan(1e-14);
    }
    // W(ε) = I + εE.
    const length = Math.sqrt(direction.data.reduce((sum, value) => sum + value * value, 0));
    expect(points.at(-1)?.moved).toBeCloseTo(0.05 * length, 12);
  });

  it('breaks the symmetry of a spurious minimum and leaves it a minimum while ε is small', () => {
    const { status, points } = followTarget(weightsOf('A', 8), genericDirection(stream(), 8), 0.01);
    expect(status).toBe('arrived');
    expect(points[0]).toMatchObject({ epsilon: 0, isotropy: 'ΔS_8', index: 0, moved: 0 });
    for (const { isotropy, index, loss } of points.slice(1)) {
      expect(isotropy).toBe('1');
      expect(index).toBe(0);
      expect(loss).toBeGreaterThan(0.06);
    }
  });

  it('goes where the reduced problem goes for an E of the same symmetry', () => {
    const d = 6;
    const rows = Array.from({ length: d }, (_, i) =>
      Array.from({ length: d }, (__, j) => (i === d - 1 && j === d - 1 ? 1 : 0)),
    );
    const dense = followTarget(weightsOf('II', d), fromRows(rows), 0.01).points.at(-1);
    const reduced = perturbed({ family: 'II', d, direction: { diag2: 1 }, epsilon: 0.01 }).points.at(-1);
    expect(dense?.epsilon).toBe(reduced?.epsilon);
    expect(dense?.loss).toBeCloseTo(reduced?.loss ?? 0, 14);
    expect(dense?.least).toBeCloseTo(reduced?.minEigenvalue ?? 0, 12);
    expect(dense?.isotropy).toBe('Δ(S_5×S_1)');
  });

  it('ends before the minimum is lost, where the Hessian is nearly singular', () => {
    const start = weightsOf('II', 7);
    const { status, points } = followTarget(start, genericDirection(stream().split(7), 7), 0.1);
    expect(status).toBe('ended');
    const smallest = Math.abs(points.at(-1)?.least ?? 1);
    expect(smallest).toBeLessThan(0.002);
    expect(smallest).toBeLessThan(spectrum(start, identity(7)).eigenvalues[0] as number);
  });

  it('does not move for E = 0', () => {
    const { points } = followTarget(weightsOf('II', 6), matrix(6, 6), 0.1);
    expect(Math.max(...points.map(({ moved }) => moved))).toBeLessThan(1e-12);
  });
});
