/** Compares the counts, and the minima, with published ones: two samples each, at one familywise error. */
import { z } from 'zod';
import { anyTable } from '../src/model/kind.ts';
import type { Run } from '../src/model/stage.ts';
import { compareCounts, compareLevels, summarize } from '../src/science/minima/agreement.ts';
import { experimentList, resultTable } from './kinds.ts';
import { numbersIn, tableOf } from './table.ts';

export const params = () =>
  z.object({ level: z.number().positive().max(1).default(1e-3).describe('Familywise error of each table') });
export const deps = () => ({ experiments: experimentList, counts: anyTable, minima: anyTable });
export const outs = () => ({ counts: resultTable, minima: resultTable, summary: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { experiments, ...published },
  { level },
  { evidence },
) => {
  const theirs = numbersIn(published.counts, ['k', 'n', 'runs', 'spurious']);
  const counts = compareCounts(experiments, theirs, level);
  const ours = experiments.flatMap(({ k, n, points }) =>
    points.filter(({ spurious }) => spurious).map(({ loss, count }) => ({ k, n, loss, count })),
  );
  const levels = numbersIn(published.minima, ['k', 'n', 'loss', 'count']);
  const minima = compareLevels(ours, levels, counts, level);
  evidence('counts that differ', counts.filter(({ status }) => status === 'differs').length);
  evidence('minima whose counts differ', minima.filter(({ status }) => status === 'differs').length);
  const totals = ['runs', 'spurious', 'published_runs', 'published_spurious'] as const;
  return {
    counts: tableOf(['k', 'n', ...totals, 'p', 'status'], counts),
    minima: tableOf(
      [
        'k',
        'n',
        'loss',
        'count',
        'runs',
        'published_loss',
        'published_count',
        'published_runs',
        'p',
        'status',
      ],
      minima,
    ),
    summary: tableOf(
      ['extra', 'compared', 'differing', 'least_p', ...totals, 'minima', 'minima_of_one', 'minima_differing'],
      summarize(counts, minima),
    ),
  };
};
