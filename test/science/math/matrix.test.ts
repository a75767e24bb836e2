/** Matrices: shapes, laws, and products against a peer. */
import { Matrix as Peer } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  type Matrix,
  add,
  apply,
  dot,
  frobenius,
  fromRows,
  identity,
  matrix,
  multiply,
  multiplyTransposed,
  scale,
  subtract,
  toRows,
  transpose,
} from '../../../src/science/math/matrix.ts';
import { distance, integerMatrix, randomMatrix } from './support/matrices.ts';

const peer = (a: Matrix) => Peer.from1DArray(a.rows, a.columns, Array.from(a.data));

/** Each entry the sum of products from first to last in blocks of 256, added in order. */
function byDefinition(a: Matrix, b: Matrix): Matrix {
  const c = matrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.columns; j++)
      for (let start = 0; start < a.columns; start += 256) {
        let sum = 0;
        for (let k = start; k < Math.min(start + 256, a.columns); k++)
          sum += (a.data[i * a.columns + k] as number) * (b.data[k * b.columns + j] as number);
        (c.data[i * b.columns + j] as number) += sum;
      }
  return c;
}

describe('construction', () => {
  it('is row-major', () => {
    const a = fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([a.rows, a.columns, ...a.data]).toEqual([2, 3, 1, 2, 3, 4, 5, 6]);
    expect(toRows(a)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(toRows(transpose(a))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  it('takes data as it is, or zeros', () => {
    const data = new Float64Array(6);
    expect(matrix(2, 3, data).data).toBe(data);
    expect([...matrix(1, 2).data]).toEqual([0, 0]);
    expect(toRows(identity(2))).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(matrix(0, 5).data).toHaveLength(0);
  });

  it('refuses what is no matrix, by name', () => {
    expect(() => matrix(2, 3, new Float64Array(5))).toThrow(
      new RangeError('a 2x3 matrix has 6 entries, not 5'),
    );
    expect(() => matrix(1.5, 2)).toThrow(RangeError);
    expect(() => matrix(-1, 2)).toThrow('no matrix is -1x2');
    expect(() => fromRows([[1, 2], [3]])).toThrow('row 1 has 1 entries, row 0 has 2');
  });
});

describe('entrywise operations', () => {
  const a = randomMatrix(3, 4, 1);
  const b = randomMatrix(3, 4, 2);

  it('add, subtract and scale', () => {
    expect(subtract(add(a, b), b).data.every((x, i) => Math.abs(x - (a.data[i] as number)) < 1e-15)).toBe(
      true,
    );
    expect(add(a, a)).toEqual(scale(a, 2));
    expect(frobenius(subtract(a, a))).toBe(0);
  });

  it('leave their operands alone', () => {
    const before = a.data.slice();
    add(a, b);
    scale(a, 3);
    transpose(a);
    multiplyTransposed(a, b);
    expect(a.data).toEqual(before);
  });

  it('refuse shapes that differ, naming both', () => {
    const other = matrix(4, 3);
    expect(() => add(a, other)).toThrow(new RangeError('cannot add a 3x4 and a 4x3 matrix'));
    expect(() => subtract(a, other)).toThrow(new RangeError('cannot subtract a 3x4 and a 4x3 matrix'));
    expect(() => dot(a.data, new Float64Array(11))).toThrow(RangeError);
  });

  it('dot and frobenius sum from first to last', () => {
    expect(dot(Float64Array.of(1e16, 1, -1e16), Float64Array.of(1, 1, 1))).toBe(0);
    expect(frobenius(fromRows([[3], [4]]))).toBe(5);
  });
});

describe('products', () => {
  const shapes: readonly [number, number, number][] = [
    [1, 1, 1],
    [1, 7, 3],
    [2, 2, 2],
    [5, 5, 5],
    [6, 7, 8],
    [7, 7, 7],
    [8, 1, 50],
    [1, 50, 8],
    [9, 5, 3],
    [13, 17, 11],
    [20, 20, 20],
    [33, 3, 300],
    [61, 66, 70],
    [65, 64, 257],
    [100, 100, 100],
    [3, 600, 5],
    [130, 129, 131],
    [5, 5, 1000],
  ];

  it.each(shapes)('%i x %i with %i terms has the bits of its definition', (m, n, k) => {
    const a = randomMatrix(m, k, 3);
    const b = randomMatrix(k, n, 4);
    const expected = byDefinition(a, b);
    expect(multiply(a, b)).toEqual(expected);
    expect(multiplyTransposed(a, transpose(b))).toEqual(expected);
  });

  it.each(shapes)('%i x %i with %i terms agrees with a peer', (m, n, k) => {
    const a = randomMatrix(m, k, 5);
    const b = randomMatrix(k, n, 6);
    const theirs = peer(a).mmul(peer(b)).to1DArray();
    expect(distance(multiply(a, b).data, theirs)).toBeLessThan(1e-14 * k);
  });

  it('are exact for small integers, and associative then', () => {
    const [a, b, c] = [integerMatrix(40, 30, 1), integerMatrix(30, 50, 2), integerMatrix(50, 20, 3)];
    expect(multiply(multiply(a, b), c)).toEqual(multiply(a, multiply(b, c)));
    expect(transpose(multiply(a, b))).toEqual(multiply(transpose(b), transpose(a)));
  });

  it('with the identity change nothing', () => {
    const a = randomMatrix(31, 31, 7);
    expect(multiply(a, identity(31))).toEqual(a);
    expect(multiply(identity(31), a)).toEqual(a);
  });

  it('apply a matrix to a vector', () => {
    const a = randomMatrix(40, 30, 8);
    const x = randomMatrix(30, 1, 9);
    expect(apply(a, x.data)).toEqual(multiply(a, x).data);
  });

  it('of empty matrices are zeros or empty', () => {
    expect(multiply(matrix(2, 0), matrix(0, 3))).toEqual(matrix(2, 3));
    expect(multiply(matrix(0, 2), matrix(2, 3)).data).toHaveLength(0);
  });

  it('let a NaN through, only to its row and column', () => {
    const a = randomMatrix(30, 30, 10);
    a.data[7 * 30 + 3] = Number.NaN;
    const c = multiply(a, randomMatrix(30, 30, 11));
    c.data.forEach((x, at) => expect(Number.isNaN(x)).toBe(Math.floor(at / 30) === 7));
  });

  it('large after small and small after large do not disturb each other', () => {
    const large = randomMatrix(90, 90, 12);
    const small = randomMatrix(12, 12, 13);
    const first = multiply(small, small);
    multiply(large, large);
    expect(multiply(small, small)).toEqual(first);
  });

  it('refuse shapes that do not fit, naming both', () => {
    expect(() => multiply(matrix(2, 3), matrix(2, 3))).toThrow(
      new RangeError('cannot multiply a 2x3 and a 2x3 matrix'),
    );
    expect(() => multiplyTransposed(matrix(2, 3), matrix(3, 2))).toThrow(/transpose a 2x3 and a 3x2/);
    expect(() => apply(matrix(2, 3), new Float64Array(2))).toThrow(/2x3 and a 2x1/);
  });
});
