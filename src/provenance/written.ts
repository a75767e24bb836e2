/** Reads artifacts with every number as it is written there, not as the double nearest to it. */
import { type Cell, parseTable, splitRows } from '../model/kind.ts';

/** A number of a JSON document or a table; `6`, `6.0` and `0.6e1` are told apart. */
export class Written {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What a cell or a leaf of a JSON document is, once its numbers are kept as written. */
export type WrittenCell = Exclude<Cell, number> | Written;

interface WrittenTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly WrittenCell[])[];
}

/** A JSON document whose numbers are {@link Written}. Throws SyntaxError as JSON.parse does. */
export function readJson(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? new Written(context?.source ?? String(value)) : value,
  ) as unknown;
}

/** A CSV file whose numbers are {@link Written}. Throws TypeError as parseTable does. */
export function readTable(text: string): WrittenTable {
  const { columns, rows } = parseTable(text);
  const written = splitRows(text).slice(1);
  return {
    columns,
    rows: rows.map((row, i) =>
      row.map((cell, j) =>
        typeof cell === 'number' ? new Written(written[i]?.[j]?.text ?? String(cell)) : cell,
      ),
    ),
  };
}

/** The text of a value that is one; undefined for a list, an object, or nothing. */
export function spelling(value: unknown): string | undefined {
  if (value instanceof Written) return value.text;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}
