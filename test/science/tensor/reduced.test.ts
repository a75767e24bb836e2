import { describe, expect, test } from 'vitest';
import { fine, plain } from '../../../src/science/family/arithmetic.ts';
import { studentRows } from '../../../src/science/family/row.ts';
import type { Space } from '../../../src/science/family/space.ts';
import { symmetricEigenvalues } from '../../../src/science/math/linear.ts';
import { frobenius, type Matrix, matrix } from '../../../src/science/math/matrix.ts';
import { eliminate } from '../../../src/science/tensor/eliminate.ts';
import { isotypicSpectrum } from '../../../src/science/tensor/isotypic.ts';
import { type TensorNormName, tensorNorm } from '../../../src/science/tensor/kernel.ts';
import { gradient, hessian, loss } from '../../../src/science/tensor/objective.ts';
import {
  entryCounts,
  reducedGradient,
  reducedHessian,
  reducedLoss,
  reducedProblem,
  type ReducedProblem,
  reducedState,
} from '../../../src/science/tensor/reduced.ts';

const names: readonly TensorNormName[] = ['frobenius-3', 'frobenius-4', 'frobenius-5', 'gaussian-3'];

function problemOf(name: TensorNormName, sizes: readonly number[]): ReducedProblem<number> {
  const space: Space = {
    blocks: sizes.map((size) => (size === 1 ? 'single' : 'many')),
    students: sizes.map((_, block) => ({ kind: 'tied', block })),
  };
  return reducedProblem(plain(), tensorNorm(name), space, sizes);
}

/** Unequal values, none of them special. */
function sample({ coordinates }: ReducedProblem<number>): number[] {
  return coordinates.map(({ role }, i) => (role === 'diag' ? 0.8 : 0.1) + 0.17 * (((i * 7) % 5) - 2));
}

function written(problem: ReducedProblem<number>, values: readonly number[]): Matrix {
  const { space, sizes, coordinates } = problem;
  const d = sizes.reduce((sum, size) => sum + size, 0);
  const rows = studentRows(plain(), space, sizes, coordinates, values).flatMap((row) =>
    Array.from({ length: row.count }, (_, place) =>
      sizes.flatMap((size, block) =>
        Array.from(
          { length: size },
          (_entry, j) => row.levels[block]! + (row.block === block && j === place ? row.spike : 0),
        ),
      ),
    ),
  );
  return matrix(d, d, Float64Array.from(rows.flat()));
}

const integerSizes = [[5], [2], [3], [4, 1], [3, 2], [2, 2], [4, 3], [2, 1, 1], [1, 1]];

describe('the reduced loss', () => {
  test('is the loss of the matrix, for every norm and division into blocks', () => {
    for (const name of names)
      for (const sizes of integerSizes) {
        const problem = problemOf(name, sizes);
        const values = sample(problem);
        const dense = loss(tensorNorm(name), written(problem, values));
        expect(reducedLoss(reducedState(problem, values)) / dense).toBeCloseTo(1, 12);
      }
  });

  test('has for gradient the sums of the gradient of the matrix over equal entries', () => {
    for (const name of names)
      for (const sizes of integerSizes) {
        const problem = problemOf(name, sizes);
        const values = sample(problem);
        const counts = entryCounts(problem);
        const reduced = reducedGradient(reducedState(problem, values));
        const size = Math.sqrt(reduced.reduce((sum, value, i) => sum + (value * value) / counts[i]!, 0));
        const dense = frobenius(gradient(tensorNorm(name), written(problem, values)));
        expect(size / dense).toBeCloseTo(1, 12);
      }
  });
});

describe('the derivatives of the reduced loss, at block sizes that are no integers too,', () => {
  const h = 1e-5;
  const moved = (values: readonly number[], at: number, by: number) => values.with(at, values[at]! + by);

  test('are its differences', () => {
    for (const name of names)
      for (const sizes of [[5.5], [4.25, 1], [3.5, 2]]) {
        const problem = problemOf(name, sizes);
        const values = sample(problem);
        const value = (at: readonly number[]) => reducedLoss(reducedState(problem, at));
        reducedGradient(reducedState(problem, values)).forEach((exact, i) => {
          const difference = (value(moved(values, i, h)) - value(moved(values, i, -h))) / (2 * h);
          expect(Math.abs(exact - difference)).toBeLessThan(1e-6 * Math.max(1, Math.abs(exact)));
        });
      }
  });

  test('of second order are the differences of the first', () => {
    for (const name of names)
      for (const sizes of [[5.5], [4.25, 1], [3.5, 2]]) {
        const problem = problemOf(name, sizes);
        const values = sample(problem);
        const slope = (at: readonly number[]) => reducedGradient(reducedState(problem, at));
        const exact = reducedHessian(reducedState(problem, values));
        values.forEach((_, j) => {
          const ahead = slope(moved(values, j, h));
          const behind = slope(moved(values, j, -h));
          ahead.forEach((value, i) => {
            const difference = (value - behind[i]!) / (2 * h);
            expect(Math.abs(exact[i]![j]! - difference)).toBeLessThan(
              2e-6 * Math.max(1, Math.abs(exact[i]![j]!)),
            );
          });
        });
      }
  });
});

describe('the spectrum by refinement', () => {
  test('is the dense spectrum with its multiplicities, to 1e-12', () => {
    for (const name of names)
      for (const sizes of integerSizes) {
        const problem = problemOf(name, sizes);
        const values = sample(problem);
        const dense = symmetricEigenvalues(hessian(tensorNorm(name), written(problem, values)));
        const lines = isotypicSpectrum(problem, values);
        const reduced = lines
          .flatMap(({ eigenvalue, multiplicity }) => Array.from({ length: multiplicity }, () => eigenvalue))
          .sort((a, b) => a - b);
        expect(reduced).toHaveLength(dense.length);
        const size = Math.max(1, Math.abs(dense[0]!), Math.abs(dense.at(-1)!));
        reduced.forEach((value, i) => expect(Math.abs(value - dense[i]!) / size).toBeLessThan(1e-12));
      }
  });

  test('has multiplicities that add up to d², for real sizes too', () => {
    for (const sizes of [[5.5], [7.25, 1], [4.75, 3]]) {
      const problem = problemOf('frobenius-4', sizes);
      const d = sizes.reduce((sum, size) => sum + size, 0);
      const total = isotypicSpectrum(problem, sample(problem)).reduce(
        (sum, line) => sum + line.multiplicity,
        0,
      );
      expect(total).toBeCloseTo(d * d, 10);
    }
  });

  test('at the target is n, or n², once more for each pair of inputs', () => {
    // ∇²L at W = I: 2n² on the diagonal, 2n off it (n ≥ 3), at any d.
    for (const [name, n] of [
      ['frobenius-3', 3],
      ['frobenius-5', 5],
    ] as const) {
      const problem = problemOf(name, [123.5]);
      for (const { eigenvalue } of isotypicSpectrum(problem, [1, 0]))
        expect(Math.min(Math.abs(eigenvalue - 2 * n), Math.abs(eigenvalue - 2 * n * n))).toBeLessThan(1e-9);
    }
  });

  test('is the same in double-doubles', () => {
    const coarse = problemOf('gaussian-3', [6, 2]);
    const precise = reducedProblem(fine(), coarse.norm, coarse.space, [6, 2].map(fine().fromNumber));
    const values = sample(coarse);
    const [a, b] = [
      isotypicSpectrum(coarse, values),
      isotypicSpectrum(precise, values.map(fine().fromNumber)),
    ];
    a.forEach(({ irrep, eigenvalue }, i) => {
      expect(b[i]!.irrep).toBe(irrep);
      expect(Math.abs(b[i]!.eigenvalue - eigenvalue)).toBeLessThan(1e-10);
    });
  });
});

describe('elimination', () => {
  test('solves a system that needs rows to be exchanged', () => {
    const solved = eliminate(
      plain(),
      [
        [0, 2, 1],
        [1, 1, 1],
        [3, 0, -1],
      ],
      [7, 6, 0],
    )!;
    [1, 2, 3].forEach((value, i) => expect(solved[i]).toBeCloseTo(value, 14));
  });

  test('gives nothing for a singular one', () => {
    expect(
      eliminate(
        plain(),
        [
          [1, 2],
          [2, 4],
        ],
        [1, 1],
      ),
    ).toBeUndefined();
  });
});
