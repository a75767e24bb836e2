/** Eigenvalues of symmetric matrices: their definition, a peer, known spectra, and hard cases. */
import { EVD, Matrix as Peer } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { symmetricEigen, symmetricEigenvalues } from '../../../../src/science/math/linear.ts';
import {
  type Matrix,
  frobenius,
  fromRows,
  identity,
  matrix,
  multiply,
  scale,
  subtract,
  transpose,
} from '../../../../src/science/math/matrix.ts';
import { diagonal, distance, randomMatrix, randomSymmetric, withEigenvalues } from '../support/matrices.ts';

const sizes = [1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 16, 17, 20, 31, 32, 33, 34, 35, 47, 63, 64, 65, 66, 67];
const largeSizes = [96, 97, 100, 127, 128, 129, 130];

/** Checks a V = V D, V^T V = 1 and the order, to some n rounding errors. */
function expectEigen(a: Matrix): Float64Array {
  const n = a.rows;
  const { values, vectors } = symmetricEigen(a);
  const tolerance = 2e-15 * (1 + n / 4);
  const residual = subtract(multiply(a, vectors), multiply(vectors, diagonal(values)));
  expect(frobenius(residual)).toBeLessThanOrEqual(tolerance * frobenius(a));
  expect(frobenius(subtract(multiply(transpose(vectors), vectors), identity(n)))).toBeLessThan(tolerance);
  expect(values).toEqual(values.slice().sort());
  expect(symmetricEigenvalues(a)).toEqual(values);
  return values;
}

/** Entry ((i, a), (j, b)) of a matrix invariant under permutations of the indices: it depends on which of them agree. */
function invariantEntry(i: number, a: number, j: number, b: number): number {
  const pairs = (i === a && j === b ? 0.6 : 0) + (i === b && j === a ? 0.45 : 0);
  return (i === j ? 1 : 0.1) * (a === b ? 1.7 : -0.3) + pairs;
}

describe('symmetricEigen', () => {
  it.each([...sizes, ...largeSizes])('diagonalises by an orthogonal matrix at n = %i', (n) => {
    expectEigen(randomSymmetric(n, n));
  });

  it.each([...sizes, ...largeSizes])('agrees with a peer at n = %i', (n) => {
    const a = randomSymmetric(n, n + 200);
    const values = symmetricEigenvalues(a);
    const peer = new EVD(Peer.from1DArray(n, n, Array.from(a.data)), { assumeSymmetric: true });
    const theirs = Float64Array.from(peer.realEigenvalues).sort();
    expect(distance(values, theirs)).toBeLessThan(4e-15 * frobenius(a));
  });

  it('knows the spectrum of the second difference: 2 - 2 cos(k pi / (n + 1))', () => {
    for (const n of [5, 40, 101]) {
      const a = matrix(n, n);
      for (let i = 0; i < n; i++) {
        a.data[i * n + i] = 2;
        if (i > 0) a.data[i * n + i - 1] = -1;
      }
      const values = symmetricEigenvalues(a);
      values.forEach((x, i) => expect(x).toBeCloseTo(2 - 2 * Math.cos(((i + 1) * Math.PI) / (n + 1)), 13));
    }
  });

  it('repeated eigenvalues keep their multiplicities and an orthonormal basis', () => {
    for (const n of [4, 9, 12, 30, 66, 110]) {
      const wanted = Float64Array.from({ length: n }, (_, i) => (i < n / 2 ? -1 : i < n - 1 ? 3 : 50));
      const values = expectEigen(withEigenvalues(wanted, 300 + n));
      expect(distance(values, wanted)).toBeLessThan(2e-13);
    }
  });

  it('matrices invariant under all permutations: a on the diagonal, b off it', () => {
    for (const n of [3, 10, 14, 60]) {
      const a = matrix(
        n,
        n,
        Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 5 : 2)),
      );
      const values = expectEigen(a);
      for (let i = 0; i < n - 1; i++) expect(values[i]).toBeCloseTo(3, 12);
      expect(values[n - 1]).toBeCloseTo(3 + 2 * n, 11);
    }
  });

  it('low rank leaves eigenvalues of rounding size', () => {
    for (const n of [6, 40]) {
      const b = randomMatrix(n, 3, 500 + n);
      const values = expectEigen(multiply(b, transpose(b)));
      for (let i = 0; i < n - 3; i++) expect(Math.abs(values[i] as number)).toBeLessThan(1e-13);
      expect(values[n - 3]).toBeGreaterThan(0.01);
    }
  });

  it('converges where nearly all of the matrix is rounding errors', () => {
    for (const [n, rank] of [
      [11, 1],
      [100, 2],
      [300, 3],
      [300, 150],
    ] as const) {
      const b = randomMatrix(n, rank, 550 + rank);
      const values = symmetricEigenvalues(multiply(b, transpose(b)));
      expect(Math.max(...values.subarray(0, n - rank).map(Math.abs))).toBeLessThan(1e-13 * n);
    }
  });

  it('converges on the Hessian of a network: few distinct entries, eigenvalues in clusters', () => {
    for (const k of [4, 10, 18]) {
      const n = k * k;
      const at = (x: number) => [Math.floor(x / k), x % k] as const;
      const data = Float64Array.from({ length: n * n }, (_, x) =>
        invariantEntry(...at(Math.floor(x / n)), ...at(x % n)),
      );
      const values = symmetricEigenvalues(matrix(n, n, data));
      const distinct = values.filter((x, i) => i === 0 || x - (values[i - 1] as number) > 1e-9);
      expect(distinct.length).toBeLessThan(12);
      expectEigen(matrix(n, n, data));
    }
  });

  it('diagonal matrices, zeros and the identity come out exactly', () => {
    for (const n of [1, 6, 20, 70]) {
      const wanted = Float64Array.from({ length: n }, (_, i) => ((i * 7) % n) - 3.5);
      expect(symmetricEigenvalues(diagonal(wanted))).toEqual(wanted.slice().sort());
      expect(symmetricEigen(matrix(n, n)).values).toEqual(new Float64Array(n));
      expect(symmetricEigen(identity(n))).toEqual({
        values: new Float64Array(n).fill(1),
        vectors: identity(n),
      });
    }
    expect(symmetricEigen(matrix(0, 0)).values).toHaveLength(0);
  });

  it('blocks that do not meet have the union of their spectra', () => {
    const [p, q] = [randomSymmetric(9, 601), randomSymmetric(14, 602)];
    const a = matrix(23, 23);
    for (let i = 0; i < 9; i++) a.data.set(p.data.subarray(i * 9, i * 9 + 9), i * 23);
    for (let i = 0; i < 14; i++) a.data.set(q.data.subarray(i * 14, i * 14 + 14), (i + 9) * 23 + 9);
    const union = Float64Array.of(...symmetricEigenvalues(p), ...symmetricEigenvalues(q)).sort();
    expectEigen(a).forEach((x, i) => expect(x).toBeCloseTo(union[i] as number, 12));
  });

  it('scales with the matrix, exactly by powers of two, from the smallest numbers to the largest', () => {
    for (const n of [5, 30]) {
      const a = randomSymmetric(n, 700 + n);
      const values = symmetricEigenvalues(a);
      for (const size of [2 ** -1000, 2 ** -300, 2 ** 300, 2 ** 1010]) {
        const { values: other, vectors } = symmetricEigen(scale(a, size));
        expect(other).toEqual(values.map((x) => x * size));
        expect(vectors).toEqual(symmetricEigen(a).vectors);
      }
    }
  });

  it('bad scaling within a matrix costs no more than the norm allows', () => {
    for (const n of [6, 12, 25]) {
      const a = randomSymmetric(n, 800 + n);
      const graded = matrix(
        n,
        n,
        a.data.map((x, at) => x * 10 ** -(Math.floor(at / n) + (at % n))),
      );
      expectEigen(graded);
      expectEigen(matrix(n, n, graded.data.slice().reverse()));
    }
  });

  it('reads the lower triangle only and leaves the matrix as it is', () => {
    for (const n of [7, 40]) {
      const a = randomSymmetric(n, 900 + n);
      const half = matrix(
        n,
        n,
        a.data.map((x, at) => (at % n > Math.floor(at / n) ? 123 : x)),
      );
      const before = half.data.slice();
      expect(symmetricEigen(half)).toEqual(symmetricEigen(a));
      expect(half.data).toEqual(before);
    }
  });

  it('gives the same bits at every call', () => {
    const a = randomSymmetric(50, 950);
    const first = symmetricEigen(a);
    symmetricEigen(randomSymmetric(80, 951));
    expect(symmetricEigen(a)).toEqual(first);
  });

  it('refuses matrices that are not square or not finite, by name', () => {
    expect(() => symmetricEigenvalues(matrix(2, 3))).toThrow(
      new RangeError('a square matrix is needed, not 2x3'),
    );
    expect(() =>
      symmetricEigen(
        fromRows([
          [1, Number.NaN],
          [2, 3],
        ]),
      ),
    ).toThrow(/entry \(0, 1\) is NaN/);
    expect(() => symmetricEigenvalues(scale(identity(30), Infinity))).toThrow(RangeError);
  });
});
