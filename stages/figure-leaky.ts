/** Draws the way of the families from the linear network to the ReLU network. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import type { LeakyPoint } from '../src/science/family/leaky.ts';
import type { Mark } from '../src/science/figure/mark.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { leakyPaths } from './family-kinds.ts';
import { familyLabel } from './family-names.ts';

export const params = () => z.object({ d: z.number().default(20) });
export const deps = () => ({ paths: leakyPaths });
export const outs = drawingOuts;

export const run: Run<typeof params, typeof deps, typeof outs> = ({ paths }, { d }) => {
  const curves = (value: (point: LeakyPoint) => number): Mark[] =>
    paths
      .filter((path) => path.d === d)
      .map(({ family, points }) => ({
        type: 'line',
        label: familyLabel(family),
        points: points.map((point) => [point.lambda, value(point)] as const),
      }));
  const x = { title: 'slope defect $\\lambda$', domain: [0, 1] } as const;
  const size = { width: 200, height: 150 };
  return drawn({
    title: 'From linear to ReLU',
    description:
      'Loss, and distance from the start, along the paths of critical points over leaky ReLU networks.',
    panels: [
      { ...size, x, y: { title: 'loss $L_\\lambda$' }, marks: curves(({ loss }) => loss) },
      { ...size, x, y: { title: '$\\|W(\\lambda)-W(0)\\|_F$' }, marks: curves(({ fromStart }) => fromStart) },
    ],
    lettered: true,
    legend: 'below',
  });
};
