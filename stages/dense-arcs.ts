/** Looks for the arcs of least loss among all directions of the least eigenvalue, on all weights. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { denseArcs, denseColumns, denseRow } from '../src/science/arcs/dense-arcs.ts';
import { resultTable } from './kinds.ts';

export const params = () =>
  z.object({
    families: z.array(z.enum(['A', 'I', 'II', '2'])),
    sizes: z.array(z.int().min(6)),
    starts: z.int().positive().describe('Random directions for minima, and for maxima, of the form'),
  });
export const deps = () => ({});
export const outs = () => ({ table: resultTable, levels: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  _,
  { families, sizes, starts },
  { random, evidence },
) => {
  const stream = random();
  const arcs = families.flatMap((family, i) =>
    sizes.flatMap((d) => denseArcs(family, d, starts, stream.split(i).split(d))),
  );
  evidence('largest part of a gradient along the sphere', Math.max(...arcs.map(({ rest }) => rest)));
  const minima = arcs.filter(({ extremum }) => extremum === 'minimum');
  return {
    table: { columns: denseColumns, rows: arcs.map(denseRow) },
    levels: {
      columns: ['from', 'd', 'levels', 'hits', 'isotropy', 'start_index', 'loss', 'index'],
      rows: families.flatMap((family) =>
        sizes.map((d) => {
          const own = minima.filter((arc) => arc.family === family && arc.d === d);
          const first = own[0]!;
          const { hits, isotropies, startIndex, loss, index } = first;
          return [family, d, own.length, hits, isotropies.join(' | '), startIndex, loss, index];
        }),
      ),
    },
  };
};
