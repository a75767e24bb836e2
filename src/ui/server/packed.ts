/**
 * Reads files that begin with one line of JSON, a list of records each with `rows` and `columns`, and go on with the
 * entries of their matrices as little-endian doubles: as heat maps, each told by the record's other fields.
 */
import type { Preview } from '../common/api.ts';
import { gridOf } from './grid.ts';

interface Head {
  readonly rows: number;
  readonly columns: number;
}

const mostShown = 24;

/** Throws TypeError or SyntaxError where the bytes are not such a file. */
export function gridsOfPacked(bytes: Uint8Array): Preview {
  const end = bytes.indexOf(10);
  const heads = JSON.parse(new TextDecoder().decode(bytes.subarray(0, Math.max(0, end)))) as readonly Head[];
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1, bytes.length - end - 1);
  if (heads.reduce((sum, { rows, columns }) => sum + rows * columns * 8, 0) !== view.byteLength)
    throw new TypeError('the matrices do not fill the file');
  let start = 0;
  const starts = heads.map(({ rows, columns }) => {
    const here = start;
    start += rows * columns * 8;
    return here;
  });
  const grids = heads.slice(0, mostShown).map((head, n) => {
    const at = (i: number, j: number) =>
      view.getFloat64((starts[n] as number) + (i * head.columns + j) * 8, true);
    return gridOf(labelOf(head, n), head.rows, head.columns, at);
  });
  return { type: 'grids', says: `${heads.length} records, each with a matrix`, total: heads.length, grids };
}

/** `3: loss 0.0123, status converged`: the record's own short fields. */
function labelOf(head: Head, n: number): string {
  const { rows, columns, ...fields } = head as Head & Readonly<Record<string, unknown>>;
  const told = Object.entries(fields).flatMap(([name, value]) => {
    const isShort =
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      (typeof value === 'string' && value.length < 24);
    return isShort ? [`${name} ${typeof value === 'number' ? Number(value.toPrecision(6)) : value}`] : [];
  });
  return `${n + 1}${told.length === 0 ? ` (${rows} × ${columns})` : `: ${told.slice(0, 4).join(', ')}`}`;
}
