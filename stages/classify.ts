/** Finds the isotropy group of each critical point, and the order of rows and columns that shows its blocks. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { type Isotropy, isotropy } from '../src/science/group/isotropy.ts';
import { identity } from '../src/science/math/matrix.ts';
import { type Classified, classifiedList, criticalPointList, type ReachedPoint } from './kinds.ts';

export const params = () =>
  z.object({
    k: z.int().min(2),
    spread: z.number().positive().default(1e-8).describe('Largest difference of entries that count as equal'),
    gap: z.number().positive().default(1e-4).describe('Least difference of entries that count as different'),
    doubtful: z
      .enum(['refuse', 'compare'])
      .default('compare')
      .describe(
        'What to do with differences between the two: give up, or decide if either reading gives one group',
      ),
    confirmation: z.number().positive().default(1e-9).describe('Largest change of an entry by a generator'),
  });
export const deps = () => ({ points: criticalPointList });
export const outs = () => ({ classified: classifiedList });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { points },
  { k, ...options },
  { evidence },
) => {
  const target = identity(k);
  const classified = points.map((point) => describe(point, isotropy(point.weights, { ...options, target })));
  evidence('undecided', classified.filter(({ status }) => status === 'undecided').length);
  evidence('largest spread', Math.max(0, ...classified.map(({ spread }) => spread)));
  return { classified };
};

function describe({ run }: ReachedPoint, found: Isotropy): Classified {
  const { spread, gap } = found.evidence;
  // A single class has no gap; JSON has no infinity.
  const evidence = { run, spread, gap: Number.isFinite(gap) ? gap : -1 };
  if (found.status === 'undecided') {
    return {
      ...evidence,
      status: found.status,
      isotropy: `undecided: ${found.reason}`,
      order: '',
      sizes: [],
      rowOrder: [],
      columnOrder: [],
    };
  }
  const { status, name, order, rowOrder, columnOrder } = found;
  const sizes = found.blocks.map(({ columns }) => columns.length);
  return { ...evidence, status, isotropy: name, order: String(order), sizes, rowOrder, columnOrder };
}
