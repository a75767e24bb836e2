/** Moves the target from V = I to V = I + εE and follows the families. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { perturbed } from '../src/science/family/perturbed.ts';
import { spuriousNames } from '../src/science/family/tables.ts';
import { perturbedPaths } from './family-kinds.ts';
import { resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () =>
  z.object({
    d: z.int().min(6).default(20),
    epsilon: z.number().positive().default(0.1),
    directions: z
      .array(z.object({ family: z.enum(spuriousNames()), direction: z.record(z.string(), z.number()) }))
      .describe('E by the names of its entries'),
  });
export const deps = () => ({});
export const outs = () => ({ paths: perturbedPaths, table: resultTable, ends: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { d, epsilon, directions }) => {
  const paths = directions.map((one) => ({ ...one, d, ...perturbed({ ...one, d, epsilon }) }));
  const rows = paths.flatMap(({ family, direction, points }) =>
    points.map((point) => ({ family, d, direction: spelled(direction), ...point })),
  );
  const ends = paths.map(({ family, direction, status, points }) => {
    const least = Math.min(...points.map(({ minEigenvalue }) => minEigenvalue));
    return { family, direction: spelled(direction), status, least };
  });
  const columns = [
    'family',
    'd',
    'direction',
    'epsilon',
    'loss',
    'minEigenvalue',
    'minEigenvalueIrrep',
  ] as const;
  return {
    paths,
    table: tableOf(columns, rows),
    ends: tableOf(['family', 'direction', 'status', 'least'], ends),
  };
};

/** `off1=1 diag2=-1`. */
function spelled(direction: Readonly<Record<string, number>>): string {
  const entries = Object.entries(direction);
  return entries.map(([name, value]) => `${name}=${value}`).join(' ');
}
