import { describe, expect, it } from 'vitest';
import { type MatrixLike } from '../../../src/science/group/matrix-graph.ts';
import { type SignedIsotropy, signedIsotropy } from '../../../src/science/group/signed-isotropy.ts';
import { factorial } from '../../../src/science/group/young.ts';
import {
  allPermutations,
  below,
  matrixBy,
  matrixOf,
  moved,
  shuffle,
  stream,
  youngPoint,
  textOf,
} from './samples.ts';

function decided(matrix: MatrixLike): Extract<SignedIsotropy, { status: 'decided' }> {
  const found = signedIsotropy(matrix);
  if (found.status !== 'decided') throw new Error(`undecided: ${found.reason}`);
  return found;
}

function allSigns(n: number): number[][] {
  return Array.from({ length: 1 << n }, (_, bits) =>
    Array.from({ length: n }, (_, i) => ((bits >> i) & 1 ? -1 : 1)),
  );
}

/** D_s W D_t. */
function withSigns(matrix: MatrixLike, rows: readonly number[], columns: readonly number[]): MatrixLike {
  return matrixBy(
    matrix.rows,
    matrix.columns,
    (i, j) => rows[i]! * columns[j]! * matrix.data[i * matrix.columns + j]! || 0,
  );
}

describe('signed isotropy', () => {
  it('agrees with trying all of B_k × B_d', () => {
    const random = stream(20);
    for (let round = 0; round < 60; round++) {
      const [k, d] = [1 + below(random, 3), 1 + below(random, 3)];
      const matrix = matrixBy(k, d, () => below(random, 5) - 2);
      let count = 0n;
      for (const s of allSigns(k))
        for (const t of allSigns(d)) {
          const flipped = withSigns(matrix, s, t);
          for (const rows of allPermutations(k))
            for (const columns of allPermutations(d))
              if (textOf(moved(flipped, rows, columns)) === textOf(matrix)) count++;
        }
      expect(decided(matrix).order).toBe(count);
    }
  });

  it('names the groups of tensors', () => {
    const identity = matrixBy(6, 6, (i, j) => (i === j ? 1 : 0));
    expect(decided(identity).name).toBe('ΔB_6');
    expect(decided(identity).order).toBe(64n * factorial(6));
    expect(decided(youngPoint([6])).name).toBe('ΔS_6×{±1}');
    expect(decided(youngPoint([5, 1])).name).toBe('Δ(S_5×S_1)×{±1}');
    expect(
      decided(matrixBy(5, 5, (i, j) => (i === j ? (i < 3 ? 1 : 0.5) : i >= 3 && j >= 3 ? 0.2 : 0))).name,
    ).toBe('Δ(B_3×S_2)×{±1}');
    expect(decided(matrixBy(5, 3, (i, j) => (i === j ? 1 : 0))).name).toBe('ΔB_3×B_2');
    expect(
      decided(
        matrixOf([
          [1, 2],
          [3, 5],
        ]),
      ).name,
    ).toBe('{±1}');
    expect(
      decided(
        matrixOf([
          [1, 0],
          [0, 2],
        ]),
      ).name,
    ).toBe('{±1}^2');
    expect(decided(matrixBy(4, 2, (i, j) => (i < 2 ? (i === j ? 1 : 0) : j + 2))).name).toBe('S_2×{±1}');
  });

  it('does not take a cyclic group of order four for a product', () => {
    const rotation = matrixOf([
      [1, 0.5],
      [-0.5, 1],
    ]);
    // Rows and columns swapped with one sign each: applied twice it changes every sign.
    expect(decided(rotation).order).toBe(4n);
    expect(decided(rotation).name).toBe('order 4 (rows 2, columns 2)');
    const balanced = matrixOf([
      [1, -0.5],
      [-0.5, 1],
    ]);
    expect(decided(balanced).name).toBe('ΔS_2×{±1}');
  });

  it('is the same after signed permutations of rows and columns', () => {
    const random = stream(21);
    const samples = [youngPoint([4, 1]), youngPoint([3, 2]), matrixBy(5, 5, (i, j) => (i === j ? 1 : 0))];
    const wanted = samples.map((sample) => decided(sample));
    for (let round = 0; round < 150; round++) {
      const at = round % 3;
      const sign = () => (random.uniform() < 0.5 ? -1 : 1);
      const flipped = withSigns(
        samples[at]!,
        Array.from({ length: 5 }, sign),
        Array.from({ length: 5 }, sign),
      );
      const found = decided(moved(flipped, shuffle(random, 5), shuffle(random, 5)));
      expect([found.name, found.order]).toEqual([wanted[at]!.name, wanted[at]!.order]);
    }
  });

  it('gives generators that fix the matrix with their signs', () => {
    const matrix = withSigns(youngPoint([3, 2]), [1, -1, 1, -1, 1], [-1, -1, 1, 1, 1]);
    for (const { rows, columns, rowSigns, columnSigns } of decided(matrix).generators)
      expect(textOf(moved(withSigns(matrix, rowSigns, columnSigns), rows, columns))).toBe(textOf(matrix));
  });

  it('is undecided near zero, where an entry and its negative can hardly be told apart', () => {
    expect(
      signedIsotropy(
        matrixOf([
          [1, 1e-6],
          [0, 1],
        ]),
      ),
    ).toMatchObject({ status: 'undecided', reason: 'entries-between-classes' });
    expect(
      decided(
        matrixOf([
          [1, 1e-12],
          [-1e-12, 1],
        ]),
      ).name,
    ).toBe('ΔB_2');
  });
});
