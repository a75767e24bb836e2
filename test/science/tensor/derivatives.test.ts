import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { fillNormals } from '../../../src/science/math/normal.ts';
import { identity, type Matrix, matrix } from '../../../src/science/math/matrix.ts';
import {
  inner,
  kernel,
  powerOf,
  type TensorNormName,
  tensorNorm,
} from '../../../src/science/tensor/kernel.ts';
import { gradient, hessian, loss } from '../../../src/science/tensor/objective.ts';

const names: readonly TensorNormName[] = ['frobenius-3', 'frobenius-4', 'frobenius-5', 'gaussian-3'];
const stream = () => randomStream('3c'.repeat(16));

function sample(k: number, d: number): Matrix {
  return matrix(
    k,
    d,
    fillNormals(stream(), k * d).map((entry) => 0.7 * entry),
  );
}

function moved(weights: Matrix, at: number, by: number): Matrix {
  const data = weights.data.slice();
  data[at]! += by;
  return { ...weights, data };
}

/** Σ w_i^{⊗n} entry by entry. */
function tensor(weights: Matrix, order: number): Float64Array {
  const { rows, columns: d, data } = weights;
  const entries = new Float64Array(powerOf(d, order));
  for (let i = 0; i < rows; i++)
    for (let at = 0; at < entries.length; at++) {
      let [product, rest] = [1, at];
      for (let slot = 0; slot < order; slot++) {
        product *= data[i * d + (rest % d)]!;
        rest = Math.floor(rest / d);
      }
      entries[at]! += product;
    }
  return entries;
}

describe('the kernels', () => {
  test('of Frobenius norms are the inner products of the tensors', () => {
    for (const name of names.slice(0, 3)) {
      const norm = tensorNorm(name);
      const weights = sample(4, 3);
      const [ours, target] = [tensor(weights, norm.order), tensor(identity(3), norm.order)];
      const expected = ours.reduce(
        (sum, entry, at) => sum + (entry - target[at]!) * (entry - target[at]!),
        0,
      );
      expect(loss(norm, weights) / expected).toBeCloseTo(1, 12);
    }
  });

  test('of the Gaussian norm is the mean of (w·x)³(v·x)³', () => {
    const norm = tensorNorm('gaussian-3');
    const [w, v] = [Float64Array.of(0.6, -0.3), Float64Array.of(0.5, 0.8)];
    const source = stream();
    let [sum, squares] = [0, 0];
    const count = 200_000;
    for (let i = 0; i < count; i++) {
      const x = fillNormals(source, 2);
      const value = powerOf(inner(w, x) * inner(v, x), 3);
      sum += value;
      squares += value * value;
    }
    const mean = sum / count;
    const error = Math.sqrt((squares / count - mean * mean) / count);
    expect(Math.abs(mean - kernel(norm, w, v))).toBeLessThan(4 * error);
    expect(kernel(norm, Float64Array.of(1, 0), Float64Array.of(1, 0))).toBe(15);
  });
});

describe('the derivatives', () => {
  const h = 1e-5;

  test('of the loss are the differences of the loss', () => {
    for (const name of names)
      for (const k of [3, 4]) {
        const [norm, weights] = [tensorNorm(name), sample(k, 3)];
        const slope = gradient(norm, weights);
        slope.data.forEach((exact, at) => {
          const difference = loss(norm, moved(weights, at, h)) - loss(norm, moved(weights, at, -h));
          expect(Math.abs(exact - difference / (2 * h))).toBeLessThan(1e-6 * Math.max(1, Math.abs(exact)));
        });
      }
  });

  test('of the gradient are its differences', () => {
    for (const name of names) {
      const [norm, weights] = [tensorNorm(name), sample(4, 3)];
      const curvature = hessian(norm, weights);
      for (let b = 0; b < 12; b++) {
        const ahead = gradient(norm, moved(weights, b, h));
        const behind = gradient(norm, moved(weights, b, -h));
        for (let a = 0; a < 12; a++) {
          const exact = curvature.data[a * 12 + b]!;
          const difference = (ahead.data[a]! - behind.data[a]!) / (2 * h);
          expect(Math.abs(exact - difference)).toBeLessThan(1e-6 * Math.max(1, Math.abs(exact)));
        }
      }
    }
  });

  test('are symmetric, and the gradient vanishes at the target', () => {
    for (const name of names) {
      const norm = tensorNorm(name);
      expect(gradient(norm, identity(4)).data.every((entry) => entry === 0)).toBe(true);
      expect(loss(norm, identity(4))).toBe(0);
      const curvature = hessian(norm, sample(3, 3));
      for (let a = 0; a < 9; a++)
        for (let b = 0; b < a; b++)
          expect(curvature.data[a * 9 + b]! - curvature.data[b * 9 + a]!).toBeCloseTo(0, 10);
    }
  });
});
