/** Matrices to try things on, the same ones at every run. */
import { randomStream } from '../../../../src/base/random.ts';
import {
  type Matrix,
  matrix,
  multiply,
  multiplyTransposed,
  transpose,
} from '../../../../src/science/math/matrix.ts';
import { fillNormals } from '../../../../src/science/math/normal.ts';

const stream = randomStream('00112233445566778899aabbccddeeff');

/** Independent standard normal entries; `index` chooses among many. */
export function randomMatrix(rows: number, columns: number, index: number): Matrix {
  return matrix(rows, columns, fillNormals(stream.split(index), rows * columns));
}

/** Integers from -9 to 9. */
export function integerMatrix(rows: number, columns: number, index: number): Matrix {
  const child = stream.split(1000 + index);
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => Math.floor(19 * child.uniform()) - 9),
  );
}

export function randomSymmetric(n: number, index: number): Matrix {
  const a = randomMatrix(n, n, index);
  return matrix(
    n,
    n,
    a.data.map((x, at) => x + (a.data[(at % n) * n + Math.floor(at / n)] as number)),
  );
}

/** b b^T + 1/10 of the identity. */
export function randomDefinite(n: number, index: number): Matrix {
  const b = randomMatrix(n, n, index);
  const a = multiplyTransposed(b, b);
  for (let i = 0; i < n; i++) (a.data[i * n + i] as number) += 0.1;
  return a;
}

/** An n x n matrix of rank n - 1, but for rounding. */
export function rankDeficient(n: number, index: number): Matrix {
  return multiply(randomMatrix(n, n - 1, index), randomMatrix(n - 1, n, index + 1));
}

export function diagonal(values: ArrayLike<number>): Matrix {
  const n = values.length;
  const a = matrix(n, n);
  for (let i = 0; i < n; i++) a.data[i * n + i] = values[i] as number;
  return a;
}

/** Entry (i, j) times rows[i] columns[j]. */
export function scaled(a: Matrix, rows: ArrayLike<number>, columns: ArrayLike<number>): Matrix {
  return matrix(
    a.rows,
    a.columns,
    a.data.map(
      (x, at) => x * (rows[Math.floor(at / a.columns)] as number) * (columns[at % a.columns] as number),
    ),
  );
}

/** V diag(values) V^T with the product of three random reflections as V; symmetric to the bit. */
export function withEigenvalues(values: ArrayLike<number>, index: number): Matrix {
  let a = diagonal(values);
  for (let i = 0; i < 3; i++) {
    const v = randomMatrix(a.rows, 1, index + i);
    const square = v.data.reduce((sum, x) => sum + x * x, 0);
    const h = multiply(v, transpose(v));
    const reflection = matrix(
      a.rows,
      a.rows,
      h.data.map((x, at) => (at % (a.rows + 1) === 0 ? 1 : 0) - (2 * x) / square),
    );
    a = multiply(multiply(reflection, a), reflection);
  }
  const mirror = transpose(a).data;
  return matrix(
    a.rows,
    a.rows,
    a.data.map((x, at) => 0.5 * (x + (mirror[at] as number))),
  );
}

/** The largest |x[i] - y[i]|, or NaN if one is. */
export function distance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let largest = x.length === y.length ? 0 : Infinity;
  for (let i = 0; i < x.length; i++)
    largest = Math.max(largest, Math.abs((x[i] as number) - (y[i] as number)));
  return largest;
}

/** The entries (i, j) for which the condition holds, row by row. */
export function entriesWhere(a: Matrix, condition: (i: number, j: number) => boolean): Float64Array {
  return a.data.filter((_, at) => condition(Math.floor(at / a.columns), at % a.columns));
}
