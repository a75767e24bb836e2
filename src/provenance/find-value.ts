/** Finds the cells of published tables that hold a number, as written or rounded to the digits asked for. */
import { type Cell, parseTable } from '../model/kind.ts';
import type { Store } from '../model/store.ts';
import { compareDecimals, halfUnit, addDecimals, negate, parseDecimal, type Decimal } from './decimal.ts';

export interface Published {
  readonly path: string;
  readonly step: string;
  readonly role: string;
}

export interface FoundValue extends Published {
  /** `row 3, column loss`, or the JSON path. */
  readonly place: string;
  /** The cell in full. */
  readonly text: string;
}

/** Every cell, table by table, at most `most` in all; each table is that of the step's newest trace. */
export function findValue(
  store: Store,
  published: readonly Published[],
  wanted: string,
  most = 20,
): FoundValue[] {
  const matches = matcher(wanted);
  const found: FoundValue[] = [];
  for (const publication of published) {
    const out = store.traces.newest(publication.step)?.outs[publication.role];
    if (out === undefined || out.extension !== 'csv') continue;
    for (const cell of cellsOf(store, out.digest)) {
      if (!matches(cell.text)) continue;
      found.push({ ...publication, ...cell });
      if (found.length >= most) return found;
    }
  }
  return found;
}

function cellsOf(
  store: Store,
  digest: Parameters<Store['artifacts']['read']>[0],
): { place: string; text: string }[] {
  const { columns, rows } = parseTable(new TextDecoder().decode(store.artifacts.read(digest)));
  return rows.flatMap((row, i) =>
    row.map((cell: Cell, j) => ({
      place: `row ${i + 1} (${row.slice(0, 3).join(', ')}), column ${columns[j]}`,
      text: cell === null ? '' : String(cell),
    })),
  );
}

/** Text matches itself; a decimal also every number that rounds to it. */
function matcher(wanted: string): (text: string) => boolean {
  const decimal = parseDecimal(wanted);
  if (decimal === undefined) return (text) => text === wanted;
  const reach = halfUnit(decimal);
  return (text) => text === wanted || isNear(parseDecimal(text), decimal, reach);
}

function isNear(value: Decimal | undefined, center: Decimal, reach: Decimal): boolean {
  if (value === undefined) return false;
  return (
    compareDecimals(value, addDecimals(center, negate(reach))) >= 0 &&
    compareDecimals(value, addDecimals(center, reach)) < 0
  );
}
