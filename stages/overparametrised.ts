/** Lists the critical points near a family with one or two more neurons, and follows the branch that continues it. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { spuriousNames } from '../src/science/family/tables.ts';
import { branchRows, catalogueRows } from '../src/science/family/over-tables.ts';
import { overparametrised } from '../src/science/family/overparametrised.ts';
import { thresholdsOf } from '../src/science/family/threshold.ts';
import { seriesOf, usualGrid } from '../src/science/series/series.ts';
import { crossings, overRows, seriesRows } from './family-kinds.ts';

export const params = () =>
  z.object({
    family: z.enum(spuriousNames()),
    extras: z
      .enum(['1', '1+1', '2'])
      .describe('Copies of each extra neuron: 1+1 for two different, 2 for two equal'),
    search: z.int().min(4).default(20).describe('The d at which critical points are listed'),
    starts: z.int().positive().default(200),
    sizes: z
      .array(z.int())
      .default([...Array.from({ length: 15 }, (_, i) => i + 6), 50, 100, 1e3, 1e4, 1e5, 1e6]),
    terms: z.int().min(1).default(3).describe('Consecutive powers of d^{-1/2}, where series are asked for'),
    formulas: z
      .record(z.string(), z.int().min(0))
      .default({})
      .describe('For how many of them closed forms are sought, by family; no series for families left out'),
  });
export const deps = () => ({});
export const outs = () => ({ rows: overRows, thresholds: crossings, series: seriesRows });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, settings, { evidence }) => {
  const { family, starts } = settings;
  const query = { family, starts, d: settings.search, extras: settings.extras.split('+').map(Number) };
  const found = overparametrised(query);
  const rows = branchRows(query, found, settings.sizes);
  evidence('critical points found', found.entries.length);
  evidence('continues the family', found.branch !== undefined);
  if (found.branch?.upTo !== undefined) evidence('the extra neurons become parallel at d', found.branch.upTo);
  evidence('fewest hits', Math.min(...found.entries.map(({ hits }) => hits)));
  const { branch } = found;
  const formulas = settings.formulas[family];
  // A branch that ends at some large d has no limit to expand about.
  const expands = branch !== undefined && branch.upTo === undefined && formulas !== undefined;
  return {
    rows: [...catalogueRows(query, found), ...rows],
    thresholds: branch === undefined ? [] : thresholdsOf(branch),
    series: expands ? seriesOf(branch, settings.terms, () => true, usualGrid, formulas) : [],
  };
};
