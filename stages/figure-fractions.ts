/** Draws the fraction of spurious runs against k, beside the published one. */
import { z } from 'zod';
import { anyTable } from '../src/model/kind.ts';
import type { Run } from '../src/model/stage.ts';
import type { Mark } from '../src/science/figure/mark.ts';
import { palette } from '../src/science/figure/theme.ts';
import { ratesOf } from '../src/science/minima/rates.ts';
import { drawingOuts, drawn, rateMarks } from './drawing.ts';
import { experimentList } from './kinds.ts';
import { numbersIn } from './table.ts';

export const params = () =>
  z.object({ deviations: z.number().positive().default(1.96).describe('Half width of the bars') });
export const deps = () => ({ experiments: experimentList, published: anyTable });
export const outs = drawingOuts;

const ticks = [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1];

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { experiments, published },
  { deviations },
) => {
  const theirs = numbersIn(published, ['k', 'n', 'runs', 'spurious']);
  const both = (extra: number, colour: string): Mark[] => {
    const aside = extra === 2 ? 0.33 : 0.11;
    const label = extra === 0 ? '$n=k$' : `$n=k+${extra}$`;
    return [
      ...rateMarks(ratesOf(experiments, extra, deviations), { label, colour }, -aside),
      ...rateMarks(ratesOf(theirs, extra, deviations), { label: `${label}, published`, colour }, aside, true),
    ];
  };
  const shape = {
    x: { title: 'targets $k$', ticks: [6, 8, 10, 12, 14, 16, 18, 20] },
    width: 220,
    height: 190,
  };
  const y = { kind: 'sqrt', domain: [0, 1], ticks } as const;
  return drawn({
    title: 'Fraction of spurious runs',
    description:
      'Share of runs that end at a spurious minimum against k, with 95% intervals; hollow: published.',
    panels: [
      { ...shape, y: { ...y, title: 'spurious fraction' }, marks: both(0, palette.blue) },
      { ...shape, y, marks: [...both(2, palette.green), ...both(1, palette.vermilion)] },
    ],
    sharedX: true,
    sharedY: true,
    lettered: true,
  });
};
