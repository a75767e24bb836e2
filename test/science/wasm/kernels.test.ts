/** The compiled kernels themselves, below the sizes from which they are used too, beside plain code and ml-matrix. */
import { CholeskyDecomposition, EigenvalueDecomposition, LuDecomposition, Matrix as Peer } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import * as choleskyModule from '../../../src/science/wasm/cholesky.generated.ts';
import * as eigenModule from '../../../src/science/wasm/eigen.generated.ts';
import { type KernelExports, kernels } from '../../../src/science/wasm/instance.ts';
import * as luModule from '../../../src/science/wasm/lu.generated.ts';
import * as productModule from '../../../src/science/wasm/product.generated.ts';

type Flag = 0 | 1;

interface ProductExports extends KernelExports {
  readonly gemm: (
    transposeA: Flag,
    transposeB: Flag,
    ...sizesAlphaAndPlaces: [number, number, number, number, ...number[]]
  ) => void;
}
interface FactorExports extends KernelExports {
  readonly factor: (...args: readonly number[]) => number;
}
interface EigenExports extends KernelExports {
  readonly scratch: (n: number, vectors: Flag) => number;
  readonly eigen: (n: number, vectors: Flag, a: number, d: number, work: number) => number;
}

const product = kernels<ProductExports>(productModule.wasm);
const cholesky = kernels<FactorExports>(choleskyModule.wasm);
const lu = kernels<FactorExports>(luModule.wasm);
const symmetric = kernels<EigenExports>(eigenModule.wasm);

/** Never a number of a matrix: what a kernel must leave alone. */
const untouched = 12345.678;

/** Rows of numbers in [-1, 1) with free entries behind each. */
interface Strided {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly data: Float64Array;
}

function strided(rows: number, columns: number, gap: number, seed: number): Strided {
  const stream = randomStream('5a'.repeat(16)).split(seed);
  const stride = columns + gap;
  const data = new Float64Array(rows * stride).fill(untouched);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) data[i * stride + j] = 2 * stream.uniform() - 1;
  return { rows, columns, stride, data };
}

const entry = ({ data, stride }: Strided, i: number, j: number) => data[i * stride + j] as number;

/** C + alpha op(A) op(B) as the kernel states it: sums over k in order, in blocks of 256. */
function plainProduct(
  ops: readonly [Flag, Flag],
  depth: number,
  alpha: number,
  operands: readonly Strided[],
) {
  const [a, b, c] = operands as [Strided, Strided, Strided];
  const result = c.data.slice();
  for (let i = 0; i < c.rows; i++)
    for (let j = 0; j < c.columns; j++)
      for (let from = 0; from < depth; from += 256) {
        let sum = 0;
        for (let k = from; k < Math.min(depth, from + 256); k++)
          sum += (ops[0] ? entry(a, k, i) : entry(a, i, k)) * (ops[1] ? entry(b, j, k) : entry(b, k, j));
        (result[i * c.stride + j] as number) += alpha * sum;
      }
  return result;
}

function compiledProduct(
  ops: readonly [Flag, Flag],
  depth: number,
  alpha: number,
  operands: readonly Strided[],
) {
  const { view, address } = product.reserve(operands.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  const places = operands.flatMap(({ data, stride }) => {
    view.set(data, at);
    at += data.length;
    return [address + 8 * (at - data.length), stride];
  });
  const c = operands[2] as Strided;
  product.exports().gemm(...ops, c.rows, c.columns, depth, alpha, ...places);
  return view.slice(at - c.data.length, at);
}

const flags = [0, 1] as const;

describe('the compiled product', () => {
  // Tiles are 4 by 4, blocks 64 rows, 256 deep and 512 columns wide.
  it.each([
    [0, 0, 0],
    [1, 1, 0],
    [0, 3, 2],
    [1, 1, 1],
    [3, 5, 2],
    [4, 4, 4],
    [5, 3, 7],
    [63, 9, 5],
    [64, 8, 6],
    [65, 7, 3],
    [6, 5, 255],
    [5, 6, 256],
    [7, 4, 257],
    [2, 511, 3],
    [3, 512, 2],
    [2, 513, 5],
    [66, 67, 258],
  ])('of %i by %i entries over %i has the bits of the stated sums, however it is stored', (m, n, k) => {
    for (const a of flags)
      for (const b of flags) {
        const operands = [
          a ? strided(k, m, 3, 1) : strided(m, k, 3, 1),
          b ? strided(n, k, 1, 2) : strided(k, n, 1, 2),
          strided(m, n, 2, 3),
        ];
        expect(compiledProduct([a, b], k, -1.5, operands)).toEqual(plainProduct([a, b], k, -1.5, operands));
      }
  });

  it('carries what is no number into its row and column, and nowhere else', () => {
    const operands = [strided(9, 6, 0, 4), strided(6, 10, 0, 5), strided(9, 10, 0, 6)];
    (operands[0] as Strided).data[4 * 6 + 2] = Number.NaN;
    (operands[1] as Strided).data[3 * 10 + 7] = Infinity;
    const result = compiledProduct([0, 0], 6, 1, operands);
    result.forEach((value, at) => {
      const [i, j] = [Math.floor(at / 10), at % 10];
      const kind = i === 4 ? 'NaN' : j === 7 ? 'infinite' : 'finite';
      const found = Number.isNaN(value) ? 'NaN' : Number.isFinite(value) ? 'finite' : 'infinite';
      expect([i, j, found]).toEqual([i, j, kind]);
    });
  });
});

const sizes = [0, 1, 2, 7, 8, 15, 16, 17, 24, 31, 32, 33, 64, 65, 96, 97];

/** A symmetric matrix with eigenvalues in about [n/2, 3n/2]. */
function definite(n: number, gap: number, seed: number): Strided {
  const a = strided(n, n, gap, seed);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) a.data[i * a.stride + j] = entry(a, j, i);
    (a.data[i * a.stride + i] as number) += n + 1;
  }
  return a;
}

const peerOf = (a: Strided) =>
  new Peer(
    Array.from({ length: a.rows }, (_, i) => Array.from({ length: a.columns }, (_, j) => entry(a, i, j))),
  );

describe('the compiled Cholesky factorisation', () => {
  function factor(a: Strided): { readonly found: number; readonly data: Float64Array } {
    const { view, address } = cholesky.reserve(a.data.length);
    view.set(a.data);
    const found = cholesky.exports().factor(a.rows, address, a.stride);
    return { found, data: view.slice(0, a.data.length) };
  }

  it.each(sizes)('agrees with a peer at n = %i, and keeps what lies behind the rows', (n) => {
    const a = definite(n, 3, 10 + n);
    const { found, data } = factor(a);
    expect(found).toBe(1);
    const theirs = n === 0 ? undefined : new CholeskyDecomposition(peerOf(a)).lowerTriangularMatrix;
    let [worst, kept] = [0, true];
    data.forEach((value, at) => {
      const [i, j] = [Math.floor(at / a.stride), at % a.stride];
      if (j >= n) kept &&= value === untouched;
      else if (j <= i) worst = Math.max(worst, Math.abs(value - (theirs?.get(i, j) as number)));
    });
    expect(kept).toBe(true);
    expect(worst).toBeLessThan(1e-14 * (n + 1));
  });

  it.each([1, 15, 16, 17, 40])('finds NaN, infinity and a negative pivot at n = %i', (n) => {
    for (const bad of [Number.NaN, Infinity, -1, 0]) {
      const a = definite(n, 0, 60 + n);
      a.data[n * n - 1] = bad;
      expect([bad, factor(a).found]).toEqual([bad, 0]);
    }
  });
});

describe('the compiled elimination', () => {
  function factor(a: Strided): { found: number; data: Float64Array; pivots: number[] } {
    const { view, address } = lu.reserve(a.data.length + a.columns);
    view.set(a.data);
    const size = a.data.length;
    const found = lu.exports().factor(a.rows, a.columns, address, a.stride, address + 8 * size);
    return { found, data: view.slice(0, size), pivots: Array.from(view.slice(size, size + a.columns)) };
  }

  /** L U with the swaps taken back. */
  function multiplied(a: Strided, data: Float64Array, pivots: readonly number[]): number[][] {
    const f = (i: number, j: number) => data[i * a.stride + j] as number;
    const rows = Array.from({ length: a.rows }, (_, i) =>
      Array.from({ length: a.columns }, (_, j) => {
        let sum = 0;
        for (let k = 0; k <= Math.min(i, j); k++) sum += (k === i ? 1 : f(i, k)) * f(k, j);
        return sum;
      }),
    );
    for (let k = pivots.length - 1; k >= 0; k--) {
      const p = pivots[k] as number;
      [rows[k], rows[p]] = [rows[p] as number[], rows[k] as number[]];
    }
    return rows;
  }

  it.each([
    ...sizes.map((n) => [n, n]),
    [1, 0],
    [9, 0],
    [5, 1],
    [20, 15],
    [20, 16],
    [40, 17],
    [41, 33],
    [100, 65],
  ] as [number, number][])('gives %i by %i entries back, and keeps what lies behind the rows', (m, n) => {
    const a = strided(m, n, 2, 200 + m + n);
    const { found, data, pivots } = factor(a);
    expect(found).toBe(-1);
    const gaps = multiplied(a, data, pivots).flatMap((row, i) =>
      row.map((value, j) => Math.abs(value - entry(a, i, j))),
    );
    expect(Math.max(0, ...gaps)).toBeLessThan(1e-15 * (n + 3));
    expect(pivots.every((p, k) => p >= k && p < m)).toBe(true);
    const at = (wanted: (i: number, j: number) => boolean) =>
      data.filter((_, place) => wanted(Math.floor(place / a.stride), place % a.stride));
    expect(at((_, j) => j >= n).every((value) => value === untouched)).toBe(true);
    expect(at((i, j) => j < n && j < i).every((value) => Math.abs(value) <= 1)).toBe(true);
  });

  it.each(sizes.slice(1))('has the determinant of a peer at n = %i', (n) => {
    const a = strided(n, n, 0, 300 + n);
    const { data, pivots } = factor(a);
    const swaps = pivots.filter((p, k) => p !== k).length;
    let determinant = swaps % 2 === 0 ? 1 : -1;
    for (let i = 0; i < n; i++) determinant *= data[i * n + i] as number;
    const theirs = new LuDecomposition(peerOf(a)).determinant;
    expect(determinant / theirs).toBeCloseTo(1, 9);
  });

  it.each([1, 16, 17, 33])('names the first column without a pivot, at n = %i', (n) => {
    for (const column of new Set([0, n >> 1, n - 1])) {
      const a = strided(n, n, 1, 400 + n);
      for (let i = 0; i < n; i++) a.data[i * a.stride + column] = 0;
      expect(factor(a).found).toBe(column);
    }
  });
});

describe('the compiled eigenvalues', () => {
  function eigen(a: Strided, vectors: Flag) {
    const n = a.rows;
    const { view, address } = symmetric.reserve(n * n + n + symmetric.exports().scratch(n, vectors));
    view.set(a.data);
    const place = address + 8 * n * n;
    const found = symmetric.exports().eigen(n, vectors, address, place, place + 8 * n);
    const values = view.slice(n * n, n * n + n);
    return { found, values, rows: view.slice(0, n * n) };
  }

  /** Largest entry in [1, 2), as the kernel asks. */
  const scaled = (n: number, seed: number) => {
    const a = definite(n, 0, seed);
    const unit = 2 ** -Math.floor(Math.log2(Math.max(...a.data.map(Math.abs), 1)));
    return { ...a, data: a.data.map((x) => x * unit) };
  };

  it.each(sizes)('are those of a peer at n = %i, with vectors or without', (n) => {
    const a = scaled(n, 500 + n);
    const theirs =
      n === 0
        ? []
        : new EigenvalueDecomposition(peerOf(a), { assumeSymmetric: true }).realEigenvalues.toSorted(
            (x, y) => x - y,
          );
    for (const vectors of flags) {
      const { found, values } = eigen(a, vectors);
      expect(found).toBe(1);
      const gaps = Array.from(values.toSorted(), (value, i) => Math.abs(value - (theirs[i] as number)));
      expect(Math.max(0, ...gaps)).toBeLessThan(1e-14 * (n + 1));
    }
  });

  it.each(sizes.slice(1))('have rows that the matrix multiplies by them at n = %i', (n) => {
    const a = scaled(n, 600 + n);
    const { values, rows } = eigen(a, 1);
    let worst = 0;
    for (let v = 0; v < n; v++)
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += entry(a, i, j) * (rows[v * n + j] as number);
        const wanted = (values[v] as number) * (rows[v * n + i] as number);
        worst = Math.max(worst, Math.abs(sum - wanted));
      }
    expect(worst).toBeLessThan(1e-14 * (n + 1));
  });

  it.each([2, 17, 33])('of what is no number come to an end without a claim, at n = %i', (n) => {
    const a = scaled(n, 700 + n);
    a.data[0] = Number.NaN;
    const { found, values } = eigen(a, 0);
    expect(found === 0 || values.some(Number.isNaN)).toBe(true);
  });
});
