import { describe, expect, it } from 'vitest';
import { fromRows, identity, matrix, multiply } from '../../../src/science/math/matrix.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { closedForm, type ClosedFormName } from '../../../src/science/universality/closed-form.ts';
import { erfKernel, erfLoss } from '../../../src/science/universality/erf-kernel.ts';
import {
  drawOf,
  gaussianRoot,
  type InputName,
  isGaussian,
  rootOf,
} from '../../../src/science/universality/input.ts';
import { Network } from '../../../src/science/universality/network.ts';
import { derivativeErrors, normals, stream } from './samples.ts';

const names: readonly ClosedFormName[] = ['relu', 'leaky-relu', 'erf'];
const target = fromRows([
  [1, 0.2, 0],
  [-0.4, 0.9, 0.3],
]);
const root = rootOf(1, 0.5, 3);
const weights = normals(12, 4).map((x) => 0.7 * x);

/** ½ mean (N_W − N_V)² over samples, with its standard error. */
function sampled(name: ClosedFormName, input: InputName, count: number) {
  const [student, teacher] = [4, 2].map((rows) => new Network({ widths: [3, rows], activation: name }));
  student!.load(weights);
  teacher!.load(target.data);
  const source = stream(9);
  const x = new Float64Array(3);
  let [sum, squares] = [0, 0];
  for (let n = 0; n < count; n++) {
    drawOf(input)(source, x, 0, 3);
    const difference = student!.output(x, 0) - teacher!.output(x, 0);
    const value = 0.5 * difference * difference;
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return { mean, error: Math.sqrt((squares / count - mean * mean) / count) };
}

describe('closed forms', () => {
  it.each(names)('of %s have the derivatives of their differences', (name) => {
    const { first, second } = derivativeErrors(closedForm(name, target, root, 4), weights);
    expect(first).toBeLessThan(1e-8);
    expect(second).toBeLessThan(1e-8);
  });

  it.each(names)('of %s vanish at the target', (name) => {
    const objective = closedForm(name, target, root, 2);
    expect(Math.abs(objective.loss(target.data))).toBeLessThan(1e-15);
    for (const x of objective.gradient(target.data)) expect(Math.abs(x)).toBeLessThan(1e-15);
  });

  const cases = names.flatMap((name) =>
    (['gaussian', 'correlated', 'sphere', 'laplace-mixture'] as const)
      .filter((input) => name !== 'erf' || isGaussian(input))
      .map((input) => [name, input] as const),
  );
  it.each(cases)('of %s are the mean over samples of %s', (name, input) => {
    const { mean, error } = sampled(name, input, 60_000);
    const exact = closedForm(name, target, gaussianRoot(input, 3)!, 4).loss(weights);
    expect(Math.abs(mean - exact)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.05 * exact);
  });

  it('are no closed forms where the law is not Gaussian-like', () => {
    for (const input of ['laplace', 'signs', 'correlated-signs', 'mixture'] as const)
      expect(gaussianRoot(input, 3)).toBeUndefined();
  });

  it('of ReLU on the unit sphere are the Gaussian problem divided by d', () => {
    const source = stream(2);
    const x = new Float64Array(3);
    const [w, v] = [weights.subarray(0, 3), target.data.subarray(3, 6)];
    let sum = 0;
    const count = 100_000;
    for (let n = 0; n < count; n++) {
      drawOf('sphere')(source, x, 0, 3);
      const along = (u: Float64Array) =>
        Math.max(0, u.reduce((total, entry, j) => total + entry * x[j]!, 0) / Math.sqrt(3));
      sum += along(w) * along(v);
    }
    // ½κ(w, w) − κ(w, v) + ½κ(v, v) = L, and κ(w, w) = |w|²/2.
    const square = (u: Float64Array) => u.reduce((total, entry) => total + entry * entry, 0);
    const kappa = (square(w) + square(v)) / 4 - loss(matrix(1, 3, w.slice()), matrix(1, 3, v.slice()));
    expect(sum / count / (kappa / 3)).toBeGreaterThan(0.97);
    expect(sum / count / (kappa / 3)).toBeLessThan(1.03);
  });
});

describe('the kernel of erf', () => {
  it('is (2/π) asin of the scaled product', () => {
    const [w, v] = [Float64Array.of(1, 0, 0), Float64Array.of(0.6, 0.8, 0)];
    expect(erfKernel(w, v)).toBeCloseTo((2 / Math.PI) * Math.asin(0.6 / 2), 15);
    expect(erfKernel(w, w)).toBeCloseTo(1 / 3, 15);
    expect(erfKernel(w, Float64Array.of(0, 1, 0))).toBe(0);
    expect(erfKernel(w, Float64Array.of(-1, 0, 0))).toBeCloseTo(-1 / 3, 15);
  });

  it('is right for long rows that are nearly parallel', () => {
    const [w, v] = [Float64Array.of(30, 0), Float64Array.of(30, 1)];
    const [sine, product] = [Math.sqrt(901 * 902 - 810_000), 900];
    expect(erfKernel(w, v)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan2(sine, product), 14);
  });

  it('gives a loss that permutations of neurons and of all inputs leave alone', () => {
    const a = matrix(4, 3, weights);
    const swapped = fromRows([3, 1, 0, 2].map((i) => [1, 2, 0].map((j) => weights[i * 3 + j]!)));
    expect(erfLoss(swapped, identity(3))).toBeCloseTo(erfLoss(a, identity(3)), 14);
  });
});

describe('the root of aI + b11ᵀ', () => {
  it('has that square', () => {
    const square = multiply(rootOf(2, 0.7, 4), rootOf(2, 0.7, 4));
    square.data.forEach((x, at) => expect(x).toBeCloseTo(at % 5 === 0 ? 2.7 : 0.7, 14));
  });
});
