/** LU factorisation: its definition, solutions against a peer, and singular matrices told from bad ones. */
import { Matrix as Peer, solve as peerSolve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { type RegularLu, luFactor, luSolve, solve } from '../../../../src/science/math/linear.ts';
import {
  type Matrix,
  apply,
  frobenius,
  fromRows,
  identity,
  matrix,
  multiply,
  subtract,
} from '../../../../src/science/math/matrix.ts';
import {
  diagonal,
  distance,
  entriesWhere,
  integerMatrix,
  randomMatrix,
  rankDeficient,
  scaled,
} from '../support/matrices.ts';

const sizes = [
  1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 13, 15, 16, 17, 18, 20, 23, 24, 31, 32, 33, 40, 47, 48, 63, 64, 65,
];
const largeSizes = [80, 96, 97, 100, 127, 128, 129, 130];

function regular(a: Matrix): RegularLu {
  const lu = luFactor(a);
  if (lu.status === 'singular') throw new Error('singular');
  return lu;
}

/** P a, and L U. */
function bothSides(a: Matrix, { factors, pivots }: RegularLu): [Matrix, Matrix] {
  const n = a.rows;
  const permuted = matrix(n, n, a.data.slice());
  pivots.forEach((p, k) => {
    const row = permuted.data.slice(k * n, (k + 1) * n);
    permuted.data.copyWithin(k * n, p * n, (p + 1) * n);
    permuted.data.set(row, p * n);
  });
  const lower = matrix(
    n,
    n,
    factors.data.map((x, at) => (at % n < Math.floor(at / n) ? x : at % (n + 1) === 0 ? 1 : 0)),
  );
  const upper = matrix(
    n,
    n,
    factors.data.map((x, at) => (at % n >= Math.floor(at / n) ? x : 0)),
  );
  return [permuted, multiply(lower, upper)];
}

describe('luFactor', () => {
  it.each([...sizes, ...largeSizes])('gives P A = L U at n = %i', (n) => {
    const a = randomMatrix(n, n, n);
    const lu = regular(a);
    const [left, right] = bothSides(a, lu);
    expect(frobenius(subtract(left, right))).toBeLessThan(1e-15 * (1 + Math.sqrt(n)) * frobenius(a));
    expect(entriesWhere(lu.factors, (i, j) => j < i).every((x) => Math.abs(x) <= 1)).toBe(true);
  });

  it('gives the same bits below and above the size at which WebAssembly takes over', () => {
    // Two blocks that do not meet: eliminating both together is the same as eliminating each alone.
    const block = randomMatrix(8, 8, 77);
    const both = matrix(16, 16);
    for (let i = 0; i < 8; i++) {
      both.data.set(block.data.subarray(8 * i, 8 * i + 8), 16 * i);
      both.data.set(block.data.subarray(8 * i, 8 * i + 8), 16 * (i + 8) + 8);
    }
    const { factors } = regular(both);
    expect(entriesWhere(factors, (i, j) => i < 8 && j < 8)).toEqual(regular(block).factors.data);
    expect(entriesWhere(factors, (i, j) => i >= 8 && j >= 8)).toEqual(regular(block).factors.data);
  });

  it('leaves the matrix as it is', () => {
    for (const n of [5, 50]) {
      const a = randomMatrix(n, n, 5);
      const before = a.data.slice();
      luFactor(a);
      expect(a.data).toEqual(before);
    }
  });

  it('refuses what has no factorisation, by name', () => {
    expect(() => luFactor(matrix(2, 3))).toThrow(new RangeError('a square matrix is needed, not 2x3'));
    const a = identity(20);
    a.data[3 * 20 + 7] = Number.NaN;
    expect(() => luFactor(a)).toThrow(/entry \(3, 7\) is NaN/);
    expect(() => solve(fromRows([[Infinity]]), Float64Array.of(1))).toThrow(/entry \(0, 0\) is Infinity/);
  });
});

describe('solve', () => {
  it.each([...sizes, ...largeSizes])('has a small residual at n = %i, and agrees with a peer', (n) => {
    const a = randomMatrix(n, n, n + 200);
    const b = randomMatrix(n, 1, n + 400).data;
    const solution = solve(a, b);
    if (solution.status === 'singular') throw new Error('singular');
    const { x, reciprocalCondition } = solution;
    const size = frobenius(a) * Math.hypot(...x);
    expect(distance(apply(a, x), b)).toBeLessThan(4e-15 * size);
    const theirs = peerSolve(Peer.from1DArray(n, n, Array.from(a.data)), Peer.columnVector(Array.from(b)));
    const tolerance = (1e-14 * Math.hypot(...x)) / reciprocalCondition;
    expect(distance(theirs.to1DArray(), x)).toBeLessThan(tolerance);
  });

  it('is exact where elimination is', () => {
    const a = fromRows([
      [2, 1, 0],
      [4, 4, 1],
      [0, 2, 8],
    ]);
    expect(solve(a, Float64Array.of(4, 15, 28))).toMatchObject({
      status: 'solved',
      x: Float64Array.of(1, 2, 3),
    });
  });

  it('does not care for the units of rows and columns', () => {
    for (const n of [3, 8, 30]) {
      const a = randomMatrix(n, n, 600 + n);
      const units = Array.from({ length: n }, (_, i) => 2 ** (((i * 37) % 201) - 100));
      const other = Array.from({ length: n }, (_, i) => 2 ** (((i * 53) % 301) - 150));
      const x = randomMatrix(n, 1, 700 + n).data;
      const b = apply(a, x).map((value, i) => value * (units[i] as number));
      const solution = solve(scaled(a, units, other), b);
      if (solution.status === 'singular') throw new Error('singular');
      solution.x.forEach((value, i) => expect(value * (other[i] as number)).toBeCloseTo(x[i] as number, 9));
    }
  });

  it('serves many right sides from one factorisation', () => {
    const a = randomMatrix(40, 40, 800);
    const lu = regular(a);
    for (let i = 0; i < 40; i++) {
      const column = luSolve(lu, identity(40).data.slice(i * 40, (i + 1) * 40));
      expect(apply(a, column)[i]).toBeCloseTo(1, 10);
    }
    expect(() => luSolve(lu, new Float64Array(39))).toThrow('a 40x40 system has no right side of 39 entries');
  });

  it('solves the empty system', () => {
    expect(solve(matrix(0, 0), new Float64Array(0))).toMatchObject({
      status: 'solved',
      x: new Float64Array(0),
    });
  });
});

const singular = (a: Matrix) => luFactor(a).status === 'singular';

/** 1 / (i + j + 1). */
const hilbert = (n: number) =>
  matrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, at) => 1 / (Math.floor(at / n) + (at % n) + 1)),
  );

describe('singular matrices', () => {
  it('of every size are recognised though rounding hides it', () => {
    for (const n of [2, 3, 5, 8, 11, 12, 13, 20, 50, 100])
      for (let i = 0; i < 20; i++)
        expect(singular(rankDeficient(n, 2000 + 50 * n + 2 * i)), `${n}, ${i}`).toBe(true);
  });

  it('with equal rows, equal columns or a row of zeros are recognised', () => {
    for (const n of [2, 6, 30]) {
      const rows = randomMatrix(n, n, 900 + n);
      rows.data.copyWithin(0, (n - 1) * n);
      expect(singular(rows)).toBe(true);
      const columns = randomMatrix(n, n, 910 + n);
      for (let i = 0; i < n; i++) columns.data[i * n] = columns.data[i * n + n - 1] as number;
      expect(singular(columns)).toBe(true);
      const zeros = randomMatrix(n, n, 920 + n);
      zeros.data.fill(0, n, 2 * n);
      expect(luFactor(zeros)).toEqual({ status: 'singular', reciprocalCondition: 0 });
    }
  });

  it('of integers are recognised: consecutive numbers have rank 2', () => {
    for (const n of [3, 10, 40])
      expect(
        singular(
          matrix(
            n,
            n,
            Float64Array.from({ length: n * n }, (_, i) => i),
          ),
        ),
      ).toBe(true);
  });

  it('are not those that are merely badly scaled', () => {
    expect(singular(diagonal([1, 1e-200, 1e200, 1e-30]))).toBe(false);
    expect(singular(diagonal(Array.from({ length: 60 }, (_, i) => 2 ** (10 * i - 300))))).toBe(false);
  });

  it('are told from ill-conditioned ones: the Hilbert matrix up to its tenth', () => {
    for (let n = 1; n <= 10; n++) expect(singular(hilbert(n))).toBe(false);
    for (let n = 13; n <= 25; n++) expect(singular(hilbert(n))).toBe(true);
  });

  it('give solve no solution', () => {
    expect(solve(rankDeficient(10, 1), new Float64Array(10).fill(1)).status).toBe('singular');
    expect(solve(matrix(1, 1), Float64Array.of(1)).status).toBe('singular');
  });
});

describe('the reciprocal condition', () => {
  it('of an orthogonal matrix is about 1 / n', () => {
    for (const n of [1, 4, 40]) expect(regular(identity(n)).reciprocalCondition).toBeCloseTo(1 / n, 12);
  });

  it('bounds what a relative change of the entries does to the solution', () => {
    for (const n of [3, 9, 25]) {
      const a = integerMatrix(n, n, n);
      const lu = regular(a);
      const b = randomMatrix(n, 1, 3000 + n).data;
      const x = luSolve(lu, b);
      const changed = solve(
        matrix(
          n,
          n,
          a.data.map((value, i) => value * (1 + 1e-9 * Math.cos(i))),
        ),
        b,
      );
      if (changed.status === 'singular') throw new Error('singular');
      const move = Math.hypot(...changed.x.map((value, i) => value - (x[i] as number))) / Math.hypot(...x);
      expect(move).toBeLessThan(1e-9 / lu.reciprocalCondition);
    }
  });
});
