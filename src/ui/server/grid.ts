/** Makes of a matrix what a heat map can show: at most so many cells, each the mean of those it stands for. */
import type { Grid } from '../common/api.ts';

/** Cells along one side of a drawing. */
const mostAlong = 160;

/** `at(i, j)` gives the entry; the mean leaves out what is not finite. */
export function gridOf(
  label: string,
  rows: number,
  columns: number,
  at: (row: number, column: number) => number,
): Grid {
  const drawnRows = Math.min(rows, mostAlong);
  const drawnColumns = Math.min(columns, mostAlong);
  const cells: (number | null)[] = [];
  for (let i = 0; i < drawnRows; i++)
    for (let j = 0; j < drawnColumns; j++)
      cells.push(meanOver(part(i, rows, drawnRows), part(j, columns, drawnColumns), at));
  const finite = cells.filter((cell) => cell !== null);
  const low = finite.reduce((least, cell) => Math.min(least, cell), Infinity);
  const high = finite.reduce((most, cell) => Math.max(most, cell), -Infinity);
  const known = finite.length > 0;
  return {
    label,
    rows,
    columns,
    drawnRows,
    drawnColumns,
    cells,
    low: known ? low : 0,
    high: known ? high : 0,
  };
}

/** The first and the last but one index that the `i`-th of `drawn` parts of `count` holds. */
const part = (i: number, count: number, drawn: number): readonly [from: number, to: number] => [
  Math.floor((i * count) / drawn),
  Math.floor(((i + 1) * count) / drawn),
];

function meanOver(
  [top, bottom]: readonly [number, number],
  [left, right]: readonly [number, number],
  at: (row: number, column: number) => number,
): number | null {
  let sum = 0;
  let count = 0;
  for (let i = top; i < bottom; i++) {
    for (let j = left; j < right; j++) {
      const value = at(i, j);
      if (Number.isFinite(value)) [sum, count] = [sum + value, count + 1];
    }
  }
  return count === 0 ? null : sum / count;
}
