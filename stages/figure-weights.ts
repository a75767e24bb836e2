/** Draws the weights of the critical points found with n = k neurons as heat maps, in block form. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { diverging } from '../src/science/figure/colour-map.ts';
import type { PanelSpec } from '../src/science/figure/panel.ts';
import { palette } from '../src/science/figure/theme.ts';
import { nameAsMarkup } from '../src/science/group/names.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { type Minimum, minimumList } from './kinds.ts';

export const params = () => z.object({ k: z.int().min(2), extra: z.int().min(0) });
export const deps = () => ({ minima: minimumList });
export const outs = drawingOuts;

/** Somewhat more than the largest entry of any minimum known. */
const domain = [-1.1, 1.1] as const;

export const run: Run<typeof params, typeof deps, typeof outs> = ({ minima }, { k, extra }) =>
  drawn({
    title: `Weights of the minima for k = ${k}`,
    description: `One heat map for each minimum found with ${k + extra} neurons, rows and columns in blocks.`,
    panels: minima.map(panel),
    columns: Math.min(minima.length, 4),
    lettered: true,
    colourBar: { colours: diverging, domain, title: 'entry $w_{ij}$' },
  });

function panel({ isotropy, weights, sizes, count }: Minimum): PanelSpec {
  const borders = sizes.slice(0, -1).map((_, i) => sizes.slice(0, i + 1).reduce((a, b) => a + b, 0) + 0.5);
  const step = weights.columns > 8 ? 5 : 2;
  const ticks = Array.from({ length: Math.floor(weights.rows / step) }, (_, i) => step * (i + 1));
  const line = { type: 'rule', colour: palette.ink, width: 0.4, dash: [2, 2] } as const;
  return {
    title: `${nameAsMarkup(isotropy)}, ${count} ${count === 1 ? 'run' : 'runs'}`,
    width: 110,
    height: 110,
    x: { title: 'input $j$', ticks },
    y: { title: 'neuron $i$', ticks },
    marks: [
      { type: 'heat-map', matrix: weights, colours: diverging, domain },
      ...borders.flatMap((at) => [
        { ...line, x: at },
        { ...line, y: at },
      ]),
    ],
  };
}
