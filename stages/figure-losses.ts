/** Draws the losses of the spurious minima against k, coloured by isotropy. */
import { z } from 'zod';
import { byCodeUnit } from '../src/base/canonical.ts';
import { gather, type Run } from '../src/model/stage.ts';
import type { MarkerName } from '../src/science/figure/markers.ts';
import { relativeName } from '../src/science/minima/relative-name.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { type FoundPoint, foundList } from './kinds.ts';

export const params = () => z.object({});
export const deps = () => ({ found: gather(foundList) });
export const outs = drawingOuts;

const markers: readonly MarkerName[] = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'triangle-down',
  'pentagon',
];

export const run: Run<typeof params, typeof deps, typeof outs> = ({ found }) => {
  const minima = found
    .flatMap(({ value }) => value)
    .filter(({ point, spurious }) => spurious && point.k === point.d);
  const classes = Map.groupBy(minima, ({ isotropy, point }) => relativeName(isotropy, point.k));
  const marks = [...classes].sort(bySize).map(([name, members], i) => ({
    type: 'points' as const,
    label: name,
    marker: markers[i % markers.length],
    size: 6,
    points: members.map(place),
  }));
  return drawn({
    title: 'Loss of the spurious minima',
    description: 'Loss of each spurious minimum that gradient descent found with n = k neurons, by isotropy.',
    panels: [
      {
        x: { title: 'neurons $k$', whole: true },
        y: { title: 'loss $L$', zero: true },
        width: 320,
        height: 220,
        marks,
      },
    ],
    legend: 'below',
  });
};

/** Names of few large blocks first. */
function bySize([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a.length - b.length || byCodeUnit(a, b);
}

function place({ point }: FoundPoint): readonly [number, number] {
  return [point.k, point.loss];
}
