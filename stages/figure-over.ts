/** Draws the least eigenvalue of the families with extra neurons against d. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import type { Mark } from '../src/science/figure/mark.ts';
import { palette } from '../src/science/figure/theme.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { overRows } from './family-kinds.ts';
import { familyLabel } from './family-names.ts';

export const params = () => z.object({});
export const deps = () => ({ rows: gather(overRows) });
export const outs = drawingOuts;

export const run: Run<typeof params, typeof deps, typeof outs> = ({ rows: gathered }) => {
  const rows = gathered.flatMap(({ value }) => value).filter((row) => row.interlacing_margin !== null);
  const families = [...new Set(rows.map(({ family }) => family))].sort();
  const curves = families.map((family): Mark => ({
    type: 'line',
    label: familyLabel(family),
    points: rows.filter((row) => row.family === family).map((row) => [row.d, row.min_eigenvalue] as const),
  }));
  return drawn({
    legend: 'below',
    title: 'Families with extra neurons',
    description:
      'Least eigenvalue of the Hessian along the continuation of each family; below zero are saddles.',
    panels: [
      {
        x: { kind: 'log', title: 'inputs $d$' },
        y: { title: 'least eigenvalue' },
        marks: [{ type: 'rule', y: 0, colour: palette.ink }, ...curves],
      },
    ],
  });
};
