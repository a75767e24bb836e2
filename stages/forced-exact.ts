/** Counts the equilibria of a broken symmetry by exact algebra, between all folds, against those that were proved by intervals. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { exactChecks } from '../src/science/bifurcation/exact-check.ts';
import {
  exactColumns,
  exactRow,
  exactSummaryColumns,
  exactSummaryRow,
} from '../src/science/bifurcation/exact-tables.ts';
import { resultTable } from './kinds.ts';

export const params = () =>
  z.object({
    cases: z.array(
      z.object({
        name: z.string(),
        c: z.array(z.int()).describe('Entries of sum 0, in units of 1/unit'),
        unit: z.int().positive(),
      }),
    ),
  });
export const deps = () => ({});
export const outs = () => ({ table: resultTable, summary: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { cases }, { evidence }) => {
  const found = cases.map(({ name, c, unit }) => ({ name, checks: exactChecks(c, unit) }));
  const differing = found.flatMap(({ checks }) => checks).filter(({ curves, exact }) => curves !== exact);
  evidence('counts that differ', differing.length);
  return {
    table: {
      columns: exactColumns,
      rows: found.flatMap(({ name, checks }) => checks.map((check) => exactRow(name, check))),
    },
    summary: {
      columns: exactSummaryColumns,
      rows: found.map(({ name, checks }) => exactSummaryRow(name, checks)),
    },
  };
};
