/** Follows families from the linear network to the ReLU network, over the slope of the activation. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { leakyPath } from '../src/science/family/leaky.ts';
import { spuriousNames } from '../src/science/family/tables.ts';
import { leakyPaths } from './family-kinds.ts';
import { resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () =>
  z.object({
    families: z.array(z.enum(spuriousNames())).default(['A', 'I', 'II', '2']),
    sizes: z.array(z.number()).default([10, 20, 50]),
  });
export const deps = () => ({});
export const outs = () => ({ paths: leakyPaths, table: resultTable, ends: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { families, sizes }, { evidence }) => {
  const paths = families.flatMap((family) => sizes.map((d) => leakyPath({ family, d })));
  const rows = paths.flatMap(({ family, d, points }) => points.map((point) => ({ family, d, ...point })));
  evidence('worst residual', Math.max(...rows.map(({ residual }) => residual)));
  const columns = [
    'family',
    'd',
    'lambda',
    'loss',
    'reluLoss',
    'fromStart',
    'fromTarget',
    'residual',
  ] as const;
  return {
    paths,
    table: tableOf(columns, rows),
    ends: tableOf(['family', 'd', 'status', 'distance'], paths),
  };
};
