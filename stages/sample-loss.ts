/** Checks the closed form of the loss at the spurious minima by the definition, a mean over random inputs. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { checkLoss } from '../src/science/minima/check.ts';
import { minimumList, resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () =>
  z.object({
    k: z.int().min(2),
    extra: z.int().min(0).default(0),
    samples: z.int().min(2).default(200_000).describe('Random inputs for each minimum'),
  });
export const deps = () => ({ minima: minimumList });
export const outs = () => ({ checks: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { minima },
  settings,
  { evidence, random },
) => {
  const { k, extra, samples } = settings;
  const stream = random();
  const checks = minima
    .filter(({ spurious }) => spurious)
    .map(({ weights, isotropy, loss }, i) => {
      const { standardError, ...rest } = checkLoss(weights, loss, samples, stream.split(i));
      return { k, n: k + extra, isotropy, ...rest, standard_error: standardError };
    });
  evidence('largest score', Math.max(0, ...checks.map(({ score }) => Math.abs(score))));
  return {
    checks: tableOf(['k', 'n', 'isotropy', 'loss', 'samples', 'mean', 'standard_error', 'score'], checks),
  };
};
