/** Gathers the runs and splits of every k, compares the counts with published ones, and draws the shares. */
import { z } from 'zod';
import { anyTable } from '../src/model/kind.ts';
import { gather, type Run } from '../src/model/stage.ts';
import { nearPoints } from '../src/science/splitting/near.ts';
import { sharesFigure } from '../src/science/splitting/figure.ts';
import * as tables from '../src/science/splitting/tables.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { resultTable, runList } from './kinds.ts';
import { splitReport } from './split-neurons.ts';
import { numbersIn, tableOf } from './table.ts';

export const params = () =>
  z.object({
    level: z.number().positive().max(1).default(1e-3).describe('Familywise error'),
    share: z.number().gt(0).lt(1).default(0.3).describe('How the global minima are split'),
    near: z.object({
      sizes: z.array(z.int().min(3)).default([6, 10]),
      distances: z.array(z.number().min(0)).default([0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6]),
    }),
  });
export const deps = () => ({ runs: gather(runList), splits: gather(splitReport), published: anyTable });
export const outs = () => ({
  counts: resultTable,
  splits: resultTable,
  summary: resultTable,
  near: resultTable,
  ...drawingOuts(),
});

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { runs, splits, published },
  { level, share, near },
  { evidence },
) => {
  const reports = splits.map(({ value }) => value);
  const ours = runs.map(({ case: { k }, value }) => {
    return { k: Number(k), runs: value.length, global: value.filter(({ spurious }) => !spurious).length };
  });
  const theirs = numbersIn(published, ['k', 'runs', 'global']);
  const counts = tables.countRows(ours, theirs, level);
  evidence('counts that differ', counts.filter(({ status }) => status === 'differs').length);
  const summary = [
    ...reports.map((one) => tables.summaryRow(one.k, [one])),
    tables.summaryRow('all', reports),
  ];
  const nearby = near.sizes.flatMap((k) => tables.nearRows(k, nearPoints(k, share, near.distances)));
  return {
    counts: tableOf(tables.countColumns, counts),
    splits: tableOf(tables.splitColumns, reports.flatMap(tables.splitRows)),
    summary: tableOf(tables.summaryColumns, summary),
    near: tableOf(tables.nearColumns, nearby),
    ...drawn(sharesFigure(ours, theirs)),
  };
};
