import { describe, expect, it } from 'vitest';
import { symmetricEigenvalues } from '../../../src/science/math/linear.ts';
import { identity } from '../../../src/science/math/matrix.ts';
import { gradient } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { gaussian, permuted } from './samples.ts';

const rows = [2, 0, 4, 1, 3];
const columns = [3, 1, 0, 2];
const weights = gaussian(5, 4, 11);
const turned = permuted(weights, rows, columns);
const target = identity(4);

describe('the action of S_k x S_d, for the target I', () => {
  it('leaves the loss', () => {
    expect(loss(turned, target)).toBeCloseTo(loss(weights, target), 13);
  });

  it('moves the gradient along', () => {
    const moved = permuted(gradient(weights, target), rows, columns);
    gradient(turned, target).data.forEach((x, at) => expect(x).toBeCloseTo(moved.data[at]!, 14));
  });

  it('leaves the spectrum of the Hessian', () => {
    const before = symmetricEigenvalues(hessian(weights, target));
    symmetricEigenvalues(hessian(turned, target)).forEach((x, at) => expect(x).toBeCloseTo(before[at]!, 13));
  });

  it('is no symmetry of another target, unless it moves too', () => {
    const teacher = gaussian(3, 4, 12);
    expect(Math.abs(loss(turned, teacher) - loss(weights, teacher))).toBeGreaterThan(1e-3);
    expect(loss(turned, permuted(teacher, [0, 1, 2], columns))).toBeCloseTo(loss(weights, teacher), 13);
  });
});
