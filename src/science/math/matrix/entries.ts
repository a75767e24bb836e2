/** Dense real matrices in row-major order: construction and entrywise operations. */

/** A real matrix; entry (i, j) is `data[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** A matrix over `data` (not copied; zeros when left out). Throws RangeError unless it has rows x columns entries. */
export function matrix(rows: number, columns: number, data?: Float64Array): Matrix {
  if (!(Number.isInteger(rows) && Number.isInteger(columns) && rows >= 0 && columns >= 0))
    throw new RangeError(`no matrix is ${rows}x${columns}`);
  if (data !== undefined && data.length !== rows * columns)
    throw new RangeError(`a ${rows}x${columns} matrix has ${rows * columns} entries, not ${data.length}`);
  return { rows, columns, data: data ?? new Float64Array(rows * columns) };
}

/** The n x n identity. */
export function identity(n: number): Matrix {
  const a = matrix(n, n);
  for (let i = 0; i < n; i++) a.data[i * n + i] = 1;
  return a;
}

/** The matrix with these rows. Throws RangeError if they differ in length. */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const a = matrix(rows.length, columns);
  rows.forEach((row, i) => {
    if (row.length !== columns)
      throw new RangeError(`row ${i} has ${row.length} entries, row 0 has ${columns}`);
    a.data.set(row, i * columns);
  });
  return a;
}

/** The rows as arrays. */
export function toRows(a: Matrix): number[][] {
  return Array.from({ length: a.rows }, (_, i) =>
    Array.from(a.data.subarray(i * a.columns, (i + 1) * a.columns)),
  );
}

export function transpose(a: Matrix): Matrix {
  const { rows, columns } = a;
  const t = matrix(columns, rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) t.data[j * rows + i] = a.data[i * columns + j] as number;
  return t;
}

/** a + b. Throws RangeError if the shapes differ. */
export function add(a: Matrix, b: Matrix): Matrix {
  requireShape(a.rows === b.rows && a.columns === b.columns, 'add', a, b);
  return { ...a, data: a.data.map((x, i) => x + (b.data[i] as number)) };
}

/** a - b. Throws RangeError if the shapes differ. */
export function subtract(a: Matrix, b: Matrix): Matrix {
  requireShape(a.rows === b.rows && a.columns === b.columns, 'subtract', a, b);
  return { ...a, data: a.data.map((x, i) => x - (b.data[i] as number)) };
}

/** s a. */
export function scale(a: Matrix, s: number): Matrix {
  return { ...a, data: a.data.map((x) => s * x) };
}

/** The scalar product of two vectors, summed from first to last. Throws RangeError if the lengths differ. */
export function dot(x: Float64Array, y: Float64Array): number {
  if (x.length !== y.length) throw new RangeError(`no scalar product of ${x.length} and ${y.length} entries`);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (y[i] as number);
  return sum;
}

/** The square root of the sum of squares of the entries, summed from first to last. */
export function frobenius(a: Matrix): number {
  return Math.sqrt(dot(a.data, a.data));
}

/** Throws RangeError, naming both shapes, unless the condition holds. */
export function requireShape(fits: boolean, operation: string, a: Matrix, b: Matrix): void {
  if (!fits)
    throw new RangeError(`cannot ${operation} a ${a.rows}x${a.columns} and a ${b.rows}x${b.columns} matrix`);
}
