/** Finds all equilibria and folds when a constant breaks the symmetry of the quadratic equivariant, with proof. */
import { z } from 'zod';
import { svgFigure } from '../src/model/kind.ts';
import type { Run } from '../src/model/stage.ts';
import { diagrams } from '../src/science/bifurcation/diagram.ts';
import { forced } from '../src/science/bifurcation/forced.ts';
import { censusColumns, censusRow, forcedColumns, forcedRows } from '../src/science/bifurcation/tables.ts';
import { figure } from '../src/science/figure/figure.ts';
import { toSvg } from '../src/science/figure/svg.ts';
import { resultTable } from './kinds.ts';

const perturbation = () =>
  z.object({
    name: z.string(),
    c: z.array(z.int()).describe('Entries of sum 0, in units of 1/unit'),
    unit: z.int().positive(),
    beta: z.number().min(0),
    lambda: z.number().positive().describe('The window |λ| ≤ lambda'),
    radius: z.number().positive().optional().describe('The window |x| ≤ radius; needed where β > 0'),
    drawn: z.boolean().default(false),
  });
export const params = () => z.object({ cases: z.array(perturbation()) });
export const deps = () => ({});
export const outs = () => ({ table: resultTable, census: resultTable, figure: svgFigure });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { cases }, { evidence }) => {
  const found = cases.map(({ name, c, unit, beta, lambda, radius = Infinity, drawn }) => {
    const window = { lambda, radius };
    const scaled = c.map((entry) => entry / unit);
    return { name, c: scaled, window, drawn, reports: forced(scaled, beta, window) };
  });
  evidence(
    'curves not certified',
    found.flatMap(({ reports }) => reports).filter(({ certified }) => !certified).length,
  );
  return {
    table: {
      columns: forcedColumns,
      rows: found.flatMap(({ name, c, reports }) => forcedRows(name, c, reports)),
    },
    census: {
      columns: censusColumns,
      rows: found.map(({ name, c, window, reports }) => censusRow(name, c, window, reports)),
    },
    figure: toSvg(figure(diagrams(found.filter(({ drawn }) => drawn)))),
  };
};
