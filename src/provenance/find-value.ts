/** Finds where a number or a word stands in artifacts, as written or rounded to the digits asked for. */
import { parseDecimal } from '../base/decimal.ts';
import { judgeValue } from './relation.ts';
import { Written, type WrittenCell, readJson, readTable, spelling } from './written.ts';

/** One place of a value inside an artifact. */
export interface FoundCell {
  /** `row 3 (II, 6), column loss`, or the way into a JSON document: `.points[3].loss`. */
  readonly place: string;
  /** The value in full. */
  readonly text: string;
  /** The column, or the nearest name in a JSON document. */
  readonly name?: string | undefined;
  /** Of a table's cell: its whole row by column. */
  readonly row?: Readonly<Record<string, string>> | undefined;
}

/**
 * Every place in an artifact's bytes where the value stands, in order. A decimal stands where a number rounds to it
 * with as many places as it is written with; other text stands where it is the whole cell. Only tables (csv) and JSON
 * are searched; bytes that are neither have none.
 */
export function findValue(bytes: Uint8Array, extension: string, wanted: string): FoundCell[] {
  const matches = matcher(wanted);
  const found = cellsOf(bytes, extension).filter(({ text }) => matches(text));
  return extension === 'csv' && found.length > 0 ? withRows(bytes, found) : found;
}

function withRows(bytes: Uint8Array, cells: readonly FoundCell[]): FoundCell[] {
  const { columns, rows } = readTable(new TextDecoder().decode(bytes));
  return cells.map((cell) => {
    const row = rows[Number(/^row (\d+)/.exec(cell.place)?.[1]) - 1] ?? [];
    return { ...cell, row: Object.fromEntries(columns.map((name, i) => [name, spelling(row[i]) ?? ''])) };
  });
}

/**
 * Every value in an artifact with its place, in order; none where it is no table and no JSON. Rows are told by their
 * first cells too, or by their number alone.
 */
export function cellsOf(
  bytes: Uint8Array,
  extension: string,
  rows: 'told' | 'numbered' = 'told',
): FoundCell[] {
  try {
    const text = new TextDecoder().decode(bytes);
    if (extension === 'csv') return tableCells(text, rows === 'told');
    return extension === 'json' ? jsonCells(readJson(text), '') : [];
  } catch {
    return [];
  }
}

function tableCells(text: string, told: boolean): FoundCell[] {
  const { columns, rows } = readTable(text);
  return rows.flatMap((row, i) =>
    row.map((cell, j) => ({
      place: `row ${i + 1}${told ? label(columns, row, j) : ''}, column ${columns[j]}`,
      text: spelling(cell) ?? '',
      name: columns[j],
    })),
  );
}

/** ` (family=II, k=6)`: the first short cells of the row, without the cell itself. */
function label(columns: readonly string[], row: readonly WrittenCell[], without: number): string {
  const parts = columns.slice(0, 3).flatMap((column, j) => {
    const text = spelling(row[j]) ?? '';
    return j === without || text === '' || text.length > 12 ? [] : [`${column}=${text}`];
  });
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function jsonCells(value: unknown, at: string, name?: string): FoundCell[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => jsonCells(item, `${at}[${i}]`, name));
  if (typeof value === 'object' && value !== null && !(value instanceof Written))
    return Object.entries(value).flatMap(([field, item]) => jsonCells(item, `${at}.${field}`, field));
  const text = spelling(value);
  return text === undefined ? [] : [{ place: at === '' ? 'the whole' : at, text, name }];
}

function matcher(wanted: string): (text: string) => boolean {
  if (parseDecimal(wanted) === undefined) return (text) => text === wanted;
  const relation = { type: 'rounds to', decimal: wanted } as const;
  return (text) => text === wanted || judgeValue({ type: 'scalar', text }, relation).status === 'holds';
}
