/** Draws the least eigenvalue of the families with extra neurons against d. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import type { Mark } from '../src/science/figure/mark.ts';
import { palette, paletteColour } from '../src/science/figure/theme.ts';
import { familyNames } from '../src/science/family/families.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { overRows } from './family-kinds.ts';
import { familyLabel } from './family-names.ts';

export const params = () => z.object({});
export const deps = () => ({ rows: gather(overRows) });
export const outs = drawingOuts;

export const run: Run<typeof params, typeof deps, typeof outs> = ({ rows: gathered }) => {
  const rows = gathered.flatMap(({ value }) => value).filter((row) => row.interlacing_margin !== null);
  const order = (family: string) => familyNames.findIndex((name) => name === family.split('+')[0]);
  const families = [...new Set(rows.map(({ family }) => family))].sort(
    (a, b) => order(a) - order(b) || Number(a > b) - Number(a < b),
  );
  const bases = [...new Set(families.map((family) => family.split('+')[0]))];
  const curves = families.map((family): Mark => ({
    type: 'line',
    label: familyLabel(family),
    // One colour a family; broken lines for two extra neurons.
    colour: paletteColour(bases.indexOf(family.split('+')[0])),
    dash: family.endsWith('+2') ? [5, 3] : undefined,
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
