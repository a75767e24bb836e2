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
import { basinFrom } from '../../../src/science/network/basin.ts';
import { hessianBend } from '../../../src/science/network/bend.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { wasmEngine } from '../../../src/science/network/wasm-engine.ts';
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

  it('has the right constant for one neuron and one target: the worst direction, at 60 degrees, comes up to it', () => {
    const teacher = fromRows([[1, 0, 0]]);
    const weights = fromRows([[0.5, Math.sqrt(0.75), 0]]);
    const h = 1e-5;
    let worst = 0;
    for (let degree = 0; degree < 360; degree++) {
      const [x, y] = [h * Math.cos((degree * Math.PI) / 180), h * Math.sin((degree * Math.PI) / 180)];
      const [ahead, behind] = [1, -1].map((sign) => add(weights, fromRows([[sign * x, sign * y, 0]])));
      worst = Math.max(
        worst,
        spectralNorm(subtract(hessian(ahead!, teacher), hessian(behind!, teacher))) / (2 * h),
      );
    }
    expect(worst / hessianBend(weights, teacher, 0)).toBeGreaterThan(0.999);
    expect(worst / hessianBend(weights, teacher, 0)).toBeLessThan(1);
  });

  it('grows with the radius and refuses one that reaches a zero neuron', () => {
    expect(hessianBend(identity(4), target, 0.5)).toBeGreaterThan(hessianBend(identity(4), target, 0.1));
    expect(() => hessianBend(identity(4), target, 1)).toThrow('a ball of radius 1 holds a zero neuron');
  });
});

describe('a basin', () => {
  const target = identity(5);
  const at = (weights: Matrix, step = 0.1) => basinFrom(weights, target, step, 1e-9);
  const near = add(identity(5), scale(unit(gaussian(5, 5, 310)), 1e-2));

  it('is found by Newton from near a minimum, and has it in its middle', () => {
    const basin = at(near)!;
    expect(frobenius(subtract(basin.minimum, target))).toBeLessThan(1e-13);
    expect(basin.largestRow).toBeLessThan(1e-13);
    expect(basin.newton).toBeGreaterThan(1);
    expect(basin.radius).toBeGreaterThan(1e-3);
  });

  it('states the least eigenvalue, nearly and from below', () => {
    const { modulus } = at(near)!;
    const least = 0.25 - 1 / (2 * Math.PI);
    expect(modulus).toBeLessThan(least);
    expect(modulus).toBeGreaterThan(0.9 * least);
  });

  it('is convex throughout', () => {
    const { minimum, radius } = at(near)!;
    for (let trial = 0; trial < 20; trial++) {
      const point = add(minimum, scale(unit(gaussian(5, 5, 320 + trial)), radius));
      expect(symmetricEigenvalues(hessian(point, target))[0]).toBeGreaterThan(0);
    }
  });

  it('is left by no run of descent that has come into it', () => {
    const { minimum, radius } = at(near)!;
    const engine = wasmEngine({ neurons: 5, target });
    for (let trial = 0; trial < 5; trial++) {
      const edge = add(minimum, scale(unit(gaussian(5, 5, 340 + trial)), radius));
      engine.load(0, edge, { step: 0.1 / (2 * Math.PI), stop: 1e-12, ceiling: 1e4 });
      let before = radius;
      for (let look = 0; look < 20; look++) {
        engine.descend(50);
        const distance = frobenius(subtract(engine.weights(0), minimum));
        expect(distance).toBeLessThan(before);
        before = distance;
      }
    }
  });

  it('is not found far from minima, near saddles, or for a step that overshoots', () => {
    expect(at(starts(1, 5, 5, 311)[0]!.weights)).toBeUndefined();
    const equal = fromRows(Array.from({ length: 5 }, () => [0.3, 0.3, 0.3, 0.3, 0.3]));
    expect(at(add(equal, scale(gaussian(5, 5, 312), 1e-9)))).toBeUndefined();
    expect(at(near, 2)).toBeUndefined();
  });

  it('is not found where minima are not isolated, or where the stop asks for more than doubles hold', () => {
    const split = fromRows([
      [0.4, 0],
      [0.6, 0],
      [0, 1],
    ]);
    expect(basinFrom(split, identity(2), 0.1, 1e-9)).toBeUndefined();
    expect(basinFrom(near, target, 0.1, 1e-30)).toBeUndefined();
  });
});
