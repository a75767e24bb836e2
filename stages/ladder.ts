/** Links the minima between type A and the global minimum by saddles of index 1. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { ladder } from '../src/science/arcs/ladder.ts';
import { ladderColumns, ladderRow, ladderSummary, ladderSummaryColumns } from '../src/science/arcs/tables.ts';
import { rungList } from './arc-kinds.ts';
import { resultTable } from './kinds.ts';

export const params = () => z.object({ sizes: z.array(z.int().min(6)) });
export const deps = () => ({});
export const outs = () => ({ rungs: rungList, table: resultTable, summary: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { sizes }) => {
  const ladders = sizes.map((d) => ({ d, rungs: ladder(d) }));
  const rungs = ladders.flatMap((one) => one.rungs);
  return {
    rungs,
    table: { columns: ladderColumns, rows: rungs.map(ladderRow) },
    summary: {
      columns: ladderSummaryColumns,
      rows: ladders.map((one) => ladderSummary(one.d, one.rungs)),
    },
  };
};
