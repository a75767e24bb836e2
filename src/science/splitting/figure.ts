/** Draws the share of runs that end at a global minimum, beside the published one. */
import type { FigureSpec } from '../figure/figure.ts';
import type { Mark } from '../figure/mark.ts';
import { palette } from '../figure/theme.ts';
import { rateInterval } from '../math/binomial.ts';
import type { GlobalCount } from './tables.ts';

/** The shares against k, with 95% intervals. */
export function sharesFigure(ours: readonly GlobalCount[], published: readonly GlobalCount[]): FigureSpec {
  return {
    title: 'Runs that find a global minimum',
    description:
      'Share of runs that end at a global minimum against k, with 95% intervals; hollow: published.',
    panels: [
      {
        x: { title: 'neurons and targets $k$' },
        y: { title: 'share of runs', domain: [0, 1] },
        width: 260,
        height: 180,
        marks: [
          ...shares(published, { label: 'published', colour: palette.vermilion }, 0.12, true),
          ...shares(ours, { label: 'this rerun', colour: palette.blue }, -0.12, false),
        ],
      },
    ],
  };
}

function shares(
  counts: readonly GlobalCount[],
  style: { readonly label: string; readonly colour: string },
  shift: number,
  hollow: boolean,
): Mark[] {
  const bars = counts.map(({ k, runs, global }) => {
    const { low, high } = rateInterval({ hits: global, trials: runs }, 1.96);
    return [k + shift, low, high] as const;
  });
  const points = counts.map(({ k, runs, global }) => [k + shift, global / runs] as const);
  const marker = hollow ? 'diamond' : 'circle';
  return [
    { type: 'error-bars', bars, cap: 2, ...style },
    { type: 'points', points, hollow, marker, size: 4.5, ...style },
  ];
}
