import { describe, expect, it } from 'vitest';
import { symmetricEigenvalues } from '../../../src/science/math/linear.ts';
import {
  add,
  frobenius,
  fromRows,
  identity,
  type Matrix,
  scale,
  subtract,
} from '../../../src/science/math/matrix.ts';
import { basinOf, bottomOf } from '../../../src/science/network/basin.ts';
import { hessianBend } from '../../../src/science/network/bend.ts';
import { gradient } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { gaussian, starts } from './samples.ts';

const unit = (a: Matrix) => scale(a, 1 / frobenius(a));
const spectralNorm = (a: Matrix) => Math.max(...symmetricEigenvalues(a).map(Math.abs));

describe('the bound on the change of the Hessian', () => {
  const target = identity(4);
  const centres = [
    identity(4),
    gaussian(4, 4, 300),
    fromRows([
      [1, 0, 0, 0],
      [1, 1e-4, 0, 0],
      [-1, 0, 1e-3, 0],
      [0, 0, 0, 1],
    ]),
  ];

  it('holds between random points of a ball, also where rows are parallel', () => {
    centres.forEach((centre, name) => {
      const bound = hessianBend(centre, target, 0.2);
      for (let trial = 0; trial < 40; trial++) {
        const [from, to] = [0, 1].map((end) =>
          add(centre, scale(unit(gaussian(4, 4, 400 + 100 * name + 2 * trial + end)), 0.2 / (trial + 1))),
        );
        const change = spectralNorm(subtract(hessian(to!, target), hessian(from!, target)));
        expect(change).toBeLessThan(bound * frobenius(subtract(to!, from!)));
      }
    });
  });

  it('is within a factor of forty of what happens', () => {
    const bound = hessianBend(identity(4), target, 0.01);
    const seen = Array.from({ length: 40 }, (_, trial) => {
      const to = add(identity(4), scale(unit(gaussian(4, 4, 800 + trial)), 0.01));
      return spectralNorm(subtract(hessian(to, target), hessian(identity(4), target))) / 0.01;
    });
    expect(bound / Math.max(...seen)).toBeLessThan(40);
  });

  it('grows with the radius and refuses one that reaches a zero neuron', () => {
    expect(hessianBend(identity(4), target, 0.5)).toBeGreaterThan(hessianBend(identity(4), target, 0.1));
    expect(() => hessianBend(identity(4), target, 1)).toThrow('a ball of radius 1 holds a zero neuron');
  });
});

describe('a basin', () => {
  const target = identity(5);
  const at = (weights: Matrix, step = 0.1) => basinOf(weights, target, step, gradient(weights, target));
  const near = add(identity(5), scale(unit(gaussian(5, 5, 310)), 1e-4));

  it('is shown near a minimum, and Newton goes to its bottom', () => {
    const basin = at(near)!;
    expect(basin.modulus).toBeGreaterThan(0);
    const bottom = bottomOf(near, target, basin, 1e-9);
    expect(bottom).toMatchObject({ status: 'reached' });
    expect(bottom.largestRow).toBeLessThan(1e-13);
    expect(frobenius(subtract(bottom.weights, target))).toBeLessThan(1e-13);
    expect(frobenius(subtract(bottom.weights, near))).toBeLessThan(basin.radius / 2);
  });

  it('is convex to the modulus it states', () => {
    const basin = at(near)!;
    for (let trial = 0; trial < 10; trial++) {
      const point = add(near, scale(unit(gaussian(5, 5, 320 + trial)), basin.radius));
      expect(symmetricEigenvalues(hessian(point, target))[0]).toBeGreaterThan(basin.modulus);
    }
  });

  it('is not shown far from minima, near saddles, or for a step that overshoots', () => {
    expect(at(starts(1, 5, 5, 311)[0]!.weights)).toBeUndefined();
    const equal = fromRows(Array.from({ length: 5 }, () => [0.3, 0.3, 0.3, 0.3, 0.3]));
    expect(at(add(equal, scale(gaussian(5, 5, 312), 1e-9)))).toBeUndefined();
    expect(at(near, 2)).toBeUndefined();
  });

  it('is not shown where a neuron is so short that the ball would hold a zero one', () => {
    const short = add(identity(5), scale(unit(gaussian(5, 5, 313)), 1e-2));
    short.data.fill(0, 0, 5);
    short.data[0] = 1e-6;
    expect(at(short)).toBeUndefined();
  });

  it('says that Newton stalled where the stop asks for more than doubles hold', () => {
    expect(bottomOf(near, target, at(near)!, 1e-30).status).toBe('stalled');
  });
});
