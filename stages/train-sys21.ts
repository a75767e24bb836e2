/** Trains from each start by the protocol of Safran, Yehudai and Shamir (arXiv:2006.01005). */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { safranShamir, safranYehudaiShamir } from '../src/science/network/protocol.ts';
import { candidateList, runList, startList } from './kinds.ts';
import { run as trainBy } from './train.ts';

export const params = () =>
  z.object({
    k: z.int().min(2),
    extra: z.int().min(0).default(0),
    limit: z.int().positive().default(safranShamir.limit).describe('Steps after which a run is given up'),
  });
export const deps = () => ({ starts: startList });
export const outs = () => ({ candidates: candidateList, runs: runList });

export const run: Run<typeof params, typeof deps, typeof outs> = (starts, { k, extra, limit }, tools) => {
  const { step, stop } = safranYehudaiShamir(k);
  // Steps so long are stable at the minima, but beyond what a certificate can say of a ball around them (the row sums
  // of the Hessian bound its norm too loosely): to look for one would cost more than descent. Where global minima are
  // not isolated, runs end as settled.
  return trainBy(starts, { k, extra, step, stop, limit, whole: extra === 0 }, tools);
};
