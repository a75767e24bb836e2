/** Compares the spectra at hidden minima (type I) with those at detected ones (type II). */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import {
  hiddenColumns,
  hiddenRows,
  hiddenSummary,
  hiddenSummaryColumns,
} from '../src/science/arcs/hidden-spectra.ts';
import { spectra } from './family-kinds.ts';
import { resultTable } from './kinds.ts';

export const params = () => z.object({});
export const deps = () => ({ spectra: gather(spectra) });
export const outs = () => ({ table: resultTable, summary: resultTable, largest: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (deps) => {
  const all = deps.spectra.flatMap(({ value }) => value);
  const of = (family: string) => all.filter((one) => one.family === family);
  const pairs = of('I').flatMap((hidden) => {
    const detected = of('II').find(({ d }) => d === hidden.d);
    return detected === undefined ? [] : [{ hidden, detected }];
  });
  const rows = pairs.map(({ hidden, detected }) => hiddenSummary(hidden, detected));
  const scaled = rows.map((row) => Number(row[2]));
  return {
    table: {
      columns: hiddenColumns,
      rows: pairs.flatMap(({ hidden, detected }) => hiddenRows(hidden, detected)),
    },
    summary: { columns: hiddenSummaryColumns, rows },
    largest: { columns: ['sizes', 'scaled'], rows: [[rows.length, Math.max(...scaled)]] },
  };
};
