import { describe, expect, it } from 'vitest';
import { fromRows, identity, type Matrix, matrix, toRows } from '../../../src/science/math/matrix.ts';
import { fixedField } from '../../../src/science/math/precision/fixed-field.ts';
import { gradient, gradientNorms } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { kernel } from '../../../src/science/network/kernel.ts';
import { loss } from '../../../src/science/network/loss.ts';
import {
  gradientIn,
  lossIn,
  preciseGradient,
  preciseLoss,
  rowsIn,
} from '../../../src/science/network/precise.ts';
import * as oracle from '../../support/network-oracle.ts';
import { gaussian, smooth, steep } from './samples.ts';

const entries = (a: Matrix) =>
  Array.from(a.data.keys(), (at) => [Math.floor(at / a.columns), at % a.columns] as const);
const largest = (values: Iterable<number>) => Math.max(...Array.from(values, Math.abs));

const kappa = (w: number[], v: number[]) => kernel(Float64Array.from(w), Float64Array.from(v));

describe('the kernel', () => {
  it('is |w|²/2 for equal rows, 1/2π for orthonormal ones, 0 for opposite ones', () => {
    expect(kappa([3, 4], [3, 4])).toBeCloseTo(12.5, 14);
    expect(kappa([1, 0], [0, 1])).toBeCloseTo(1 / (2 * Math.PI), 16);
    expect(kappa([3, 4], [-3, -4])).toBe(0);
  });

  it('keeps its digits where the rows are nearly opposite, and everywhere else', () => {
    for (const turn of [1e-6, 1e-3, 0.1, 0.9, 1, 1.1, 1.9, 2.5, 1e3]) {
      const [w, v] = [
        [1, 0],
        [-1, turn],
      ] as const;
      const exact =
        oracle.rounded(oracle.scaledKernel(w.map(oracle.exact), v.map(oracle.exact))) / (2 * Math.PI);
      expect(Math.abs(kappa([...w], [...v]) / exact - 1)).toBeLessThan(2e-15);
    }
  });

  it('is homogeneous of degree one in each row', () => {
    const [w, v] = [gaussian(1, 5, 1).data, gaussian(1, 5, 2).data];
    expect(
      kernel(
        w.map((x) => 4 * x),
        v.map((x) => 0.5 * x),
      ),
    ).toBeCloseTo(2 * kernel(w, v), 14);
  });

  it('refuses rows of different width and zero rows, by name', () => {
    expect(() => kappa([1, 0], [1])).toThrow('rows of 2 and 1 inputs');
    expect(() => kappa([1, 0], [0, 0])).toThrow('row 0 of the second row is zero');
  });
});

describe('the loss', () => {
  it('is the one of the integers', () => {
    for (const { weights, target } of [smooth, steep]) {
      const exact = oracle.rounded(
        oracle.loss(oracle.exactRows(toRows(weights)), oracle.exactRows(toRows(target))),
      );
      expect(Math.abs(loss(weights, target) - exact)).toBeLessThan(4e-15);
      expect(Math.abs(preciseLoss(weights, target) - exact)).toBeLessThan(1e-15 * exact);
    }
  });

  it('in double-doubles survives the cancellation near a global minimum, where doubles drown', () => {
    const target = identity(6);
    const near = matrix(
      6,
      6,
      target.data.map((x, at) => x + 1e-9 * gaussian(6, 6, 3).data[at]!),
    );
    const exact = oracle.rounded(
      oracle.loss(oracle.exactRows(toRows(near)), oracle.exactRows(toRows(target))),
    );
    expect(exact).toBeGreaterThan(1e-18);
    expect(exact).toBeLessThan(1e-16);
    expect(Math.abs(preciseLoss(near, target) / exact - 1)).toBeLessThan(1e-10);
    expect(Math.abs(loss(near, target) - exact)).toBeLessThan(1e-14);
  });

  it('is zero where student and teacher agree up to the order of the neurons', () => {
    const target = gaussian(4, 3, 4);
    const turned = fromRows(toRows(target).reverse());
    expect(Math.abs(loss(turned, target))).toBeLessThan(1e-14);
    expect(Math.abs(preciseLoss(turned, target))).toBeLessThan(1e-29);
  });

  it('names the row that is zero or not finite', () => {
    const zero = fromRows([
      [1, 2],
      [0, 0],
    ]);
    expect(() => loss(zero, identity(2))).toThrow('row 1 of the weights is zero');
    expect(() => gradient(identity(2), zero)).toThrow('row 1 of the target is zero');
    expect(() => hessian(fromRows([[Number.NaN, 1]]), identity(2))).toThrow(
      'row 0 of the weights is not finite',
    );
    expect(() => preciseGradient(zero, identity(2))).toThrow('row 1 of the weights is zero');
    expect(() => loss(identity(2), identity(3))).toThrow('the weights have 2 inputs, the target 3');
  });
});

describe('the gradient', () => {
  it('is the difference quotient of the loss', () => {
    for (const { weights, target } of [smooth, steep]) {
      const [W, V] = [oracle.exactRows(toRows(weights)), oracle.exactRows(toRows(target))];
      const slope = gradient(weights, target);
      const exact = entries(weights).map(([i, l]) => oracle.rounded(oracle.slope(W, V, i, l)));
      expect(largest(slope.data.map((x, at) => x - exact[at]!))).toBeLessThan(1e-15);
      expect(largest(preciseGradient(weights, target).data.map((x, at) => x - exact[at]!))).toBeLessThan(
        2e-16,
      );
    }
  });

  it('in fixed point agrees with the difference quotient to forty digits', () => {
    const field = fixedField(240);
    const { weights, target } = smooth;
    const [W, V] = [oracle.exactRows(toRows(weights)), oracle.exactRows(toRows(target))];
    const slope = gradientIn(field, rowsIn(field, weights), rowsIn(field, target)).flat();
    entries(weights).forEach(([i, l], at) => {
      const difference = (slope[at]! << 16n) - oracle.slope(W, V, i, l);
      expect(Math.abs(oracle.rounded(difference))).toBeLessThan(1e-40);
    });
    const difference =
      (lossIn(field, rowsIn(field, weights), rowsIn(field, target)) << 16n) - oracle.loss(W, V);
    expect(Math.abs(oracle.rounded(difference))).toBeLessThan(1e-65);
  });

  it('vanishes at the global minimum, duplicates and signs of zero included', () => {
    for (const d of [2, 5, 9]) expect(largest(gradient(identity(d), identity(d)).data)).toBeLessThan(1e-15);
    const split = fromRows([
      [0.25, 0],
      [0.75, 0],
      [0, 1],
    ]);
    expect(largest(gradient(split, identity(2)).data)).toBeLessThan(1e-16);
  });

  it('is measured by its Frobenius norm and by 2π times its longest row', () => {
    const norms = gradientNorms(
      fromRows([
        [3, 4],
        [0, 12],
      ]),
    );
    expect(norms.frobenius).toBe(13);
    expect(norms.largestScaledRow).toBeCloseTo(24 * Math.PI, 12);
  });
});

describe('the Hessian', () => {
  it('is the second difference quotient of the loss, in every entry', () => {
    const { weights, target } = smooth;
    const [W, V] = [oracle.exactRows(toRows(weights)), oracle.exactRows(toRows(target))];
    const curvature = hessian(weights, target);
    entries(weights).forEach(([i, l], row) => {
      entries(weights).forEach(([j, m], column) => {
        const exact = oracle.rounded(oracle.bend(W, V, i, l, j, m));
        expect(Math.abs(curvature.data[row * 9 + column]! - exact)).toBeLessThan(1e-15);
      });
    });
  });

  it('is the difference quotient of the gradient where rows are nearly parallel', () => {
    const field = fixedField(240);
    const { weights, target } = steep;
    const curvature = hessian(weights, target);
    const V = rowsIn(field, target);
    const h = 2 ** -60;
    for (let at = 0; at < 9; at++) {
      const shifted = (by: number) =>
        rowsIn(field, weights).map((row, i) =>
          row.map((x, l) => (3 * i + l === at ? field.add(x, field.fromNumber(by)) : x)),
        );
      const [ahead, behind] = [
        gradientIn(field, shifted(h), V).flat(),
        gradientIn(field, shifted(-h), V).flat(),
      ];
      ahead.forEach((x, row) => {
        const exact = field.toNumber(field.sub(x, behind[row]!)) / (2 * h);
        // The directions of the normals are lost to 1e-16 / sin θ, with weight sin θ.
        expect(Math.abs(curvature.data[row * 9 + at]! - exact)).toBeLessThan(2e-15);
      });
    }
  });

  it('is symmetric to the bit', () => {
    const { data, rows } = hessian(gaussian(5, 4, 5), gaussian(3, 4, 6));
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < i; j++) expect(data[i * rows + j]).toBe(data[j * rows + i]);
  });

  it('at angles 0 and π misses the difference quotient by O(h), no more', () => {
    const field = fixedField(240);
    const cases = [
      { weights: identity(3), target: identity(3) },
      {
        weights: fromRows([
          [-1, 0, 0],
          [0, 1, 0],
          [0, 2, 0],
        ]),
        target: identity(3),
      },
    ];
    for (const { weights, target } of cases) {
      // Few binary digits, so that the shifted weights are exact.
      const direction = matrix(
        3,
        3,
        gaussian(3, 3, 7).data.map((x) => Math.round(16 * x) / 16),
      );
      const misses = [2 ** -10, 2 ** -20, 2 ** -30].map((h) => {
        const ahead = rowsIn(
          field,
          matrix(
            3,
            3,
            weights.data.map((x, at) => x + h * direction.data[at]!),
          ),
        );
        const slope = gradientIn(field, ahead, rowsIn(field, target)).flat();
        const here = gradientIn(field, rowsIn(field, weights), rowsIn(field, target)).flat();
        const curvature = hessian(weights, target);
        const misfit = slope.map((x, row) => {
          const quotient = field.toNumber(field.sub(x, here[row]!)) / h;
          const product = direction.data.reduce((sum, u, at) => sum + curvature.data[row * 9 + at]! * u, 0);
          return quotient - product;
        });
        return largest(misfit) / h;
      });
      for (const miss of misses) {
        expect(miss).toBeGreaterThan(1e-2);
        expect(miss).toBeLessThan(3);
      }
    }
  });
});
