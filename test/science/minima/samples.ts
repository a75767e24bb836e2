/** Matrices of fixed-point spaces, scrambled and whole, for the tests of this folder. */
import { randomStream, type RandomStream } from '../../../src/base/random.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import type { FamilyName } from '../../../src/science/family/families.ts';
import { fromRows, type Matrix } from '../../../src/science/math/matrix.ts';
import { inOrder } from '../../../src/science/minima/block-form.ts';

export const stream = (seed: string): RandomStream => randomStream(seed.repeat(16));

/** The full matrix of a family with two blocks (or one) at an integer d, in block form. */
export function familyMatrix(family: FamilyName, d: number): Matrix {
  const { sizes, entries } = criticalPoint({ family, d });
  const value = (name: string) => entries.find((entry) => entry.name === name)?.value ?? 0;
  const blockOf = (i: number) => (i < (sizes[0] as number) ? 1 : 2);
  return fromRows(
    Array.from({ length: d }, (_, i) =>
      Array.from({ length: d }, (_unused, j) => {
        const [a, b] = [blockOf(i), blockOf(j)];
        if (a !== b) return value(`row${a}col${b}`);
        return value(`${i === j ? 'diag' : 'off'}${a}`);
      }),
    ),
  );
}

/** 0 … n−1 in an order drawn from the stream. */
export function shuffled(n: number, random: RandomStream): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor((i + 1) * random.uniform());
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

/** The matrix with its rows and its columns in drawn orders. */
export function scrambled(weights: Matrix, random: RandomStream): Matrix {
  return inOrder(weights, shuffled(weights.rows, random), shuffled(weights.columns, random));
}
