/** Draws the weights of the families as heat maps. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { criticalPoint } from '../src/science/family/critical-point.ts';
import { denseMatrix } from '../src/science/family/dense.ts';
import { familyNames } from '../src/science/family/families.ts';
import { diverging } from '../src/science/figure/colour-map.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { familyLabel } from './family-names.ts';

export const params = () =>
  z.object({
    d: z.int().min(8).default(16),
    families: z.array(z.enum(familyNames)).default(['A', 'I', 'II', '2', '3', '5']),
  });
export const deps = () => ({});
export const outs = drawingOuts;

/** Somewhat more than the largest entry. */
const domain = [-1.1, 1.1] as const;

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { d, families }) =>
  drawn({
    title: `Weights of the families for d = ${d}`,
    description: 'One heat map for each family, the large block first.',
    panels: families.map((family) => ({
      title: familyLabel(family),
      width: 110,
      height: 110,
      x: { title: 'input $j$', ticks: [1, 5, 10, 15] },
      y: { title: 'neuron $i$', ticks: [1, 5, 10, 15] },
      marks: [
        { type: 'heat-map', matrix: denseMatrix(criticalPoint({ family, d })), colours: diverging, domain },
      ],
    })),
    columns: 3,
    lettered: true,
    colourBar: { colours: diverging, domain, title: 'entry $w_{ij}$' },
  });
