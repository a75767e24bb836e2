/** Solves small systems of linear equations in any arithmetic. */
import type { Field } from '../math/precision/field.ts';

/** The solution of Ax = b by elimination with partial pivoting; undefined where a pivot is 0 or not finite. */
export function eliminate<T>(
  field: Field<T>,
  matrix: readonly (readonly T[])[],
  right: readonly T[],
): T[] | undefined {
  const rows = matrix.map((row, i) => [...row, right[i] as T]);
  const size = (row: readonly T[], column: number) => Math.abs(field.toNumber(row[column] as T));
  for (let column = 0; column < rows.length; column++) {
    const best = rows.reduce(
      (at, row, i) => (i > at && size(row, column) > size(rows[at]!, column) ? i : at),
      column,
    );
    [rows[column], rows[best]] = [rows[best]!, rows[column]!];
    const pivot = rows[column]!;
    if (!(size(pivot, column) > 0) || !Number.isFinite(size(pivot, column))) return undefined;
    for (const row of rows.slice(column + 1)) clear(field, row, pivot, column);
  }
  return substitute(field, rows);
}

function clear<T>({ div, sub, mul }: Field<T>, row: T[], pivot: readonly T[], column: number): void {
  const factor = div(row[column] as T, pivot[column] as T);
  for (let j = column; j < row.length; j++) row[j] = sub(row[j] as T, mul(factor, pivot[j] as T));
}

function substitute<T>({ zero, div, sub, mul }: Field<T>, rows: readonly (readonly T[])[]): T[] {
  const n = rows.length;
  const solution = rows.map(() => zero);
  for (let i = n - 1; i >= 0; i--) {
    const row = rows[i] as readonly T[];
    let rest = row[n] as T;
    for (let j = i + 1; j < n; j++) rest = sub(rest, mul(row[j] as T, solution[j] as T));
    solution[i] = div(rest, row[i] as T);
  }
  return solution;
}
