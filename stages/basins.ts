/** Starts gradient descent beside minima of several families, and counts the families that other runs ended at. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import { basinRows } from '../src/science/arcs/basins.ts';
import { safranShamir } from '../src/science/network/protocol.ts';
import { familyNames } from '../src/science/family/families.ts';
import { foundList, resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () =>
  z.object({
    families: z.array(z.enum(['A', 'I', 'II', '2'])),
    sizes: z.array(z.int().min(6)),
    radii: z.array(z.number().positive()).describe('Distances of the starts'),
    runs: z.int().positive().describe('Starts at each distance'),
  });
export const deps = () => ({ found: gather(foundList) });
export const outs = () => ({ table: resultTable, reached: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { found },
  { families, sizes, radii, runs },
  { random },
) => {
  const stream = random();
  const rows = families.flatMap((family, i) =>
    sizes.flatMap((d) => basinRows(family, d, radii, runs, safranShamir, stream.split(i).split(d))),
  );
  const points = found.filter(({ case: { extra } }) => extra === 0).flatMap(({ value }) => value);
  const reached = [...familyNames, 'other'].map((family) => ({
    family,
    runs: points.filter(({ point }) => point.family === family).reduce((sum, { count }) => sum + count, 0),
  }));
  return { table: tableOf(columns, rows), reached: tableOf(['family', 'runs'], reached) };
};

const columns = ['family', 'd', 'radius', 'runs', 'returned', 'global', 'others', 'elsewhere'] as const;
