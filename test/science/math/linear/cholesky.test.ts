/** The Cholesky factorisation: its definition, solutions against a peer, and matrices that are not definite. */
import { CholeskyDecomposition, Matrix as Peer } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { choleskyFactor, choleskySolve } from '../../../../src/science/math/linear.ts';
import {
  type Matrix,
  apply,
  frobenius,
  identity,
  matrix,
  multiplyTransposed,
  scale,
  subtract,
} from '../../../../src/science/math/matrix.ts';
import {
  diagonal,
  distance,
  entriesWhere,
  randomDefinite,
  randomMatrix,
  randomSymmetric,
} from '../support/matrices.ts';

const sizes = [1, 2, 3, 5, 8, 11, 12, 13, 16, 17, 20, 32, 33, 48, 64, 65, 96, 97, 100, 112, 113, 129, 130];

function factorOf(a: Matrix): Matrix {
  const factor = choleskyFactor(a);
  if (factor === undefined) throw new Error('not definite');
  return factor;
}

describe('choleskyFactor', () => {
  it.each(sizes)('gives L L^T = A with L lower triangular at n = %i', (n) => {
    const a = randomDefinite(n, n);
    const factor = factorOf(a);
    expect(frobenius(subtract(multiplyTransposed(factor, factor), a))).toBeLessThan(
      1e-15 * (1 + Math.sqrt(n)) * frobenius(a),
    );
    expect(entriesWhere(factor, (i, j) => j > i).every((x) => x === 0)).toBe(true);
    expect(entriesWhere(factor, (i, j) => j === i).every((x) => x > 0)).toBe(true);
  });

  it.each(sizes)('agrees with a peer at n = %i', (n) => {
    const a = randomDefinite(n, n + 200);
    const theirs = new CholeskyDecomposition(Peer.from1DArray(n, n, Array.from(a.data)))
      .lowerTriangularMatrix;
    const size = frobenius(a);
    expect(distance(theirs.to1DArray(), factorOf(a).data)).toBeLessThan(1e-11 * size);
  });

  it('reads the lower triangle only and leaves the matrix as it is', () => {
    for (const n of [6, 40]) {
      const a = randomDefinite(n, 400 + n);
      const half = matrix(
        n,
        n,
        a.data.map((x, at) => (at % n > Math.floor(at / n) ? Number.NaN : x)),
      );
      const before = half.data.slice();
      expect(choleskyFactor(half)).toEqual(choleskyFactor(a));
      expect(half.data).toEqual(before);
    }
  });

  it('tells definite from indefinite and semidefinite matrices', () => {
    for (const n of [2, 5, 13, 40, 120]) {
      const a = randomDefinite(n, 500 + n);
      expect(choleskyFactor(scale(a, -1))).toBeUndefined();
      expect(choleskyFactor(subtract(a, scale(identity(n), frobenius(a) / n + 1)))).toBeUndefined();
      expect(choleskyFactor(randomSymmetric(n, 550 + n))).toBeUndefined();
      expect(choleskyFactor(matrix(n, n))).toBeUndefined();
      expect(
        choleskyFactor(diagonal(Array.from({ length: n }, (_, i) => (i === n - 1 ? -1e-300 : 1)))),
      ).toBeUndefined();
    }
  });

  it('takes diagonals of any size for definite', () => {
    expect(factorOf(diagonal([1e-300, 1, 1e300, 4])).data.filter((x) => x !== 0)).toEqual(
      Float64Array.of(1e-150, 1, 1e150, 2),
    );
  });

  it('finds entries that are not finite not definite', () => {
    for (const n of [3, 30])
      for (const bad of [Number.NaN, Infinity]) {
        const a = identity(n);
        a.data[(n - 1) * n + (n - 1)] = bad;
        expect(choleskyFactor(a)).toBeUndefined();
        const below = identity(n);
        below.data[(n - 1) * n] = bad;
        expect(choleskyFactor(below)).toBeUndefined();
      }
  });

  it('refuses a matrix that is not square', () => {
    expect(() => choleskyFactor(matrix(3, 2))).toThrow(new RangeError('a square matrix is needed, not 3x2'));
  });
});

describe('choleskySolve', () => {
  it.each(sizes)('has a small residual at n = %i', (n) => {
    const a = randomDefinite(n, 700 + n);
    const b = randomMatrix(n, 1, 800 + n).data;
    const x = choleskySolve(factorOf(a), b);
    const size = frobenius(a) * Math.hypot(...x);
    expect(distance(apply(a, x), b)).toBeLessThan(4e-15 * size);
  });

  it('refuses a right side that does not fit', () => {
    expect(() => choleskySolve(identity(3), new Float64Array(2))).toThrow(/3x3 system .* 2 entries/);
  });
});
