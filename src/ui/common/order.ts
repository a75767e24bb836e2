/** Orders cells of a table as a reader expects: numbers by size, text by its letters, empty cells last either way. */
import { byCodeUnit } from '../../base/canonical.ts';

/** The indices of the rows, sorted by one column; rows that compare equal keep their order. */
export function sortedRows(
  rows: readonly (readonly string[])[],
  column: number,
  direction: 'ascending' | 'descending',
): number[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const cell = (index: number) => rows[index]?.[column] ?? '';
  return rows
    .map((_, index) => index)
    .sort((a, b) => {
      const [x, y] = [cell(a), cell(b)];
      if (x === '' || y === '') return Number(x === '') - Number(y === '');
      return sign * compareCells(x, y);
    });
}

/** Infinities are numbers; text and numbers are compared as text. */
export function compareCells(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x < y ? -1 : x > y ? 1 : 0;
  return byCodeUnit(a, b);
}
