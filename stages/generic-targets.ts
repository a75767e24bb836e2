/** Moves the target from V = I to V = I + εE for an E without any symmetry, and follows the families densely. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { criticalPoint } from '../src/science/family/critical-point.ts';
import { denseMatrix } from '../src/science/family/dense.ts';
import { familyNames } from '../src/science/family/families.ts';
import { toRows } from '../src/science/math/matrix.ts';
import { followTarget, genericDirection } from '../src/science/minima/generic-target.ts';
import { resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () =>
  z.object({
    families: z.array(z.enum(familyNames)).default(['global', 'A', 'I', 'II', '2']),
    sizes: z.array(z.int().min(4).max(12)).default([6, 7, 8]),
    epsilon: z.number().positive().default(0.05),
  });
export const deps = () => ({});
export const outs = () => ({ directions: resultTable, table: resultTable, ends: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, settings, { random, evidence }) => {
  const { families, sizes, epsilon } = settings;
  const stream = random();
  const targets = sizes.map((d) => ({ d, direction: genericDirection(stream.split(d), d) }));
  const paths = targets.flatMap(({ d, direction }) =>
    families.map((family) => {
      const start = denseMatrix(criticalPoint({ family, d }));
      return { family, d, ...followTarget(start, direction, epsilon) };
    }),
  );
  const rows = paths.flatMap(({ family, d, points }) => points.map((point) => ({ family, d, ...point })));
  const ends = paths.map(({ family, d, status, points }) => {
    const [first, last] = [points[0] as (typeof points)[number], points.at(-1) as (typeof points)[number]];
    const broken = points.filter(({ isotropy }) => isotropy === '1').length;
    const highest = Math.max(...points.map(({ index }) => index));
    const least = Math.min(...points.map((point) => point.least));
    return { family, d, status, reached: last.epsilon, index: first.index, highest, least, broken };
  });
  evidence('largest gradient norm', Math.max(...rows.map(({ gradientNorm }) => gradientNorm)));
  const entries = targets.flatMap(({ d, direction }) =>
    toRows(direction).flatMap((row, i) => row.map((value, j) => ({ d, row: i + 1, column: j + 1, value }))),
  );
  return {
    directions: tableOf(['d', 'row', 'column', 'value'], entries),
    table: tableOf(columns, rows),
    ends: tableOf(['family', 'd', 'status', 'reached', 'index', 'highest', 'least', 'broken'], ends),
  };
};

const columns = [
  ...(['family', 'd', 'epsilon', 'isotropy', 'loss', 'gradientNorm'] as const),
  ...(['moved', 'least', 'index', 'nullity'] as const),
];
