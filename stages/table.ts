/** Writes records as tables, and reads numbers from them. */
import type { Cell, Table } from '../src/model/kind.ts';

/** A table with a row for each record. */
export function tableOf<Name extends string>(
  columns: readonly Name[],
  records: readonly Readonly<Record<Name, Cell>>[],
): Table {
  return { columns, rows: records.map((record) => columns.map((column) => record[column])) };
}

/** The named columns as numbers, a record for each row. Throws TypeError for a missing column or another cell. */
export function numbersIn<Name extends string>(
  { columns, rows }: Table,
  names: readonly Name[],
): Record<Name, number>[] {
  const places = names.map((name) => columns.indexOf(name));
  return rows.map((row, i) => {
    const cells = names.map((name, at) => {
      const cell = row[places[at] as number];
      if (typeof cell !== 'number') throw new TypeError(`row ${i}, column ${name} is no number but ${cell}`);
      return [name, cell] as const;
    });
    return Object.fromEntries(cells) as Record<Name, number>;
  });
}
