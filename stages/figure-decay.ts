/** Draws the loss of the families against d: decay of those near the target, constants of the hidden ones. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import type { Mark } from '../src/science/figure/mark.ts';
import { paletteColour } from '../src/science/figure/theme.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { spectra } from './family-kinds.ts';
import { familyLabel } from './family-names.ts';

export const params = () =>
  z.object({ families: z.array(z.string()).default(['A', 'I', 'II', '2', '3', '6']) });
export const deps = () => ({ spectra: gather(spectra) });
export const outs = drawingOuts;

export const run: Run<typeof params, typeof deps, typeof outs> = ({ spectra: gathered }, { families }) => {
  const all = gathered.flatMap(({ value }) => value);
  const marks = families.flatMap((family, i): Mark[] => {
    const points = all.filter((one) => one.family === family).map(({ d, point }) => [d, point.loss] as const);
    const style = { label: familyLabel(family), colour: paletteColour(i) };
    return [
      { type: 'line', points, ...style },
      { type: 'points', points, size: 3.5, ...style },
    ];
  });
  return drawn({
    title: 'Loss of the families',
    description:
      'Loss at the critical points of each family against the number of inputs d, both logarithmic.',
    panels: [
      {
        x: { kind: 'log', title: 'inputs and neurons $d=k$' },
        y: { kind: 'log', title: 'loss $L$' },
        marks,
        legend: 'bottom-left',
      },
    ],
  });
};
