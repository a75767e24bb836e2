import { describe, expect, test } from 'vitest';
import { frobenius, identity, matrix, multiply } from '../../../src/science/math/matrix.ts';
import { symmetricEigenvalues } from '../../../src/science/math/linear.ts';
import { gradient } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { polish } from '../../../src/science/network/polish.ts';
import { nearGlobal, nearPoints } from '../../../src/science/splitting/near.ts';
import { slacks, splitCurvature, splitDirection, splitNeuron } from '../../../src/science/splitting/split.ts';
import { gaussian, smooth } from '../network/samples.ts';

const { weights, target } = smooth;

/** uᵀHu. */
function along(h: ReturnType<typeof hessian>, u: Float64Array): number {
  const image = multiply(h, matrix(u.length, 1, u)).data;
  return image.reduce((sum, entry, i) => sum + entry * u[i]!, 0);
}

/** Near the minimum of type II with 8 neurons. */
function spurious() {
  const start = matrix(
    8,
    8,
    Float64Array.from({ length: 64 }, (_, at) => {
      const [i, j] = [Math.floor(at / 8), at % 8];
      if (i === j) return i === 7 ? -0.75 : 1;
      return i === 7 || j === 7 ? 0.2 : -0.02;
    }),
  );
  return polish(start, identity(8), { gradient: 1e-14, iterations: 60 });
}

describe('a split neuron', () => {
  test('leaves the network and its loss as they are', () => {
    for (const neuron of [0, 1, 2]) {
      const split = splitNeuron(weights, neuron, 0.3);
      expect([split.rows, split.columns]).toEqual([4, 3]);
      expect(loss(split, target)).toBeCloseTo(loss(weights, target), 14);
    }
  });

  test('keeps a critical point critical', () => {
    const { weights: point, gradientNorm } = spurious();
    expect(gradientNorm).toBeLessThan(1e-13);
    for (const share of [0.1, 0.5, 0.8])
      for (const neuron of [0, 7])
        expect(frobenius(gradient(splitNeuron(point, neuron, share), identity(8)))).toBeLessThan(1e-13);
  });

  test('bends the loss by ½(1/s + 1/(1 − s)) times the slack, anywhere', () => {
    slacks(weights, target).forEach(({ value, direction }, neuron) => {
      for (const share of [0.2, 0.5, 0.9]) {
        const h = hessian(splitNeuron(weights, neuron, share), target);
        const found = along(h, splitDirection(weights, neuron, direction));
        expect(found).toBeCloseTo(splitCurvature(value, share), 12);
      }
    });
  });

  test('has the curvature that the differences of the loss have', () => {
    const { value, direction } = slacks(weights, target)[1]!;
    const split = splitNeuron(weights, 1, 0.4);
    const step = splitDirection(weights, 1, direction);
    const h = 1e-3;
    const at = (t: number) =>
      loss({ ...split, data: split.data.map((entry, i) => entry + t * step[i]!) }, target);
    const second = (at(h) - 2 * at(0) + at(-h)) / (h * h);
    expect(second).toBeCloseTo(splitCurvature(value, 0.4), 2);
  });

  test('makes saddles of a spurious minimum, whichever neuron it is', () => {
    const { weights: point } = spurious();
    expect(symmetricEigenvalues(hessian(point, identity(8)))[0]).toBeGreaterThan(0.01);
    slacks(point, identity(8)).forEach(({ value }, neuron) => {
      expect(value).toBeLessThan(-0.05);
      const values = symmetricEigenvalues(hessian(splitNeuron(point, neuron, 0.3), identity(8)));
      expect(values[0]).toBeLessThanOrEqual(splitCurvature(value, 0.3) + 1e-12);
    });
  });

  test('must be one of the network, with a part on each side', () => {
    expect(() => splitNeuron(weights, 3, 0.5)).toThrow('no neuron 3 among 3');
    expect(() => splitNeuron(weights, 0.5, 0.5)).toThrow('no neuron 0.5');
    for (const share of [0, 1, -1, Number.NaN])
      expect(() => splitNeuron(weights, 0, share)).toThrow(`a share of ${share} splits no neuron`);
  });
});

describe('slack', () => {
  test('is the least eigenvalue of H_ii − I/2, with its vector', () => {
    const h = hessian(weights, target);
    slacks(weights, target).forEach(({ value, direction }, i) => {
      const whole = new Float64Array(9);
      whole.set(direction, 3 * i);
      expect(along(h, whole)).toBeCloseTo(0.5 + value, 13);
      const other = gaussian(1, 3, i).data;
      const length = Math.sqrt(other.reduce((sum, x) => sum + x * x, 0));
      whole.set(
        other.map((x) => x / length),
        3 * i,
      );
      expect(along(h, whole)).toBeGreaterThanOrEqual(0.5 + value - 1e-13);
    });
  });

  test('is 0 at the global minimum', () => {
    for (const { value } of slacks(identity(5), identity(5))) expect(Math.abs(value)).toBeLessThan(1e-15);
  });
});

describe('near a global minimum with a split neuron', () => {
  test('the Hessian is singular at the minimum and has a negative eigenvalue at any distance', () => {
    const [here, ...near] = nearPoints(7, 0.3, [0, 1e-1, 1e-3, 1e-5]);
    expect(Math.abs(here!.least)).toBeLessThan(1e-14);
    for (const { distance, least } of near) {
      expect(least / distance).toBeLessThan(-0.75);
      expect(least / distance).toBeGreaterThan(-0.8);
    }
  });

  test('points are as far away as they say', () => {
    const difference = nearGlobal(5, 0.4, 1e-3).data.map((x, i) => x - nearGlobal(5, 0.4, 0).data[i]!);
    expect(Math.sqrt(difference.reduce((sum, x) => sum + x * x, 0))).toBeCloseTo(1e-3, 15);
    expect(loss(nearGlobal(5, 0.4, 0), identity(5))).toBeCloseTo(0, 14);
  });
});
