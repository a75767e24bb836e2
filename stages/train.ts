/** Trains from each start by the protocol of Safran and Shamir (arXiv:1712.08968, section 5). */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { identity } from '../src/science/math/matrix.ts';
import { safranShamir } from '../src/science/network/protocol.ts';
import { train, type TrainingRun } from '../src/science/network/train.ts';
import { wasmEngine } from '../src/science/network/wasm-engine.ts';
import { shortcuts } from '../src/science/network/watch.ts';
import { candidateList, runList, type RunSummary, startList } from './kinds.ts';

export const params = () =>
  z.object({
    k: z.int().min(2),
    extra: z.int().min(0).default(0),
    step: z.number().positive().default(safranShamir.step).describe('The factor of the gradient of L'),
    stop: z.number().positive().default(safranShamir.stop).describe('max_i of the 2π-scaled gradient norms'),
    limit: z.int().positive().default(safranShamir.limit).describe('Steps after which a run is given up'),
    whole: z.boolean().default(false).describe('Follow every run to its end, without certified shortcuts'),
  });
export const deps = () => ({ starts: startList });
export const outs = () => ({ candidates: candidateList, runs: runList });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ starts }, settings, { evidence }) => {
  const { k, extra, whole, ...chosen } = settings;
  const protocol = { ...safranShamir, ...chosen };
  const target = identity(k);
  const engine = wasmEngine({ neurons: k + extra, target });
  const ends = train(
    engine,
    target,
    starts,
    protocol,
    whole ? undefined : shortcuts(k + extra, target, protocol),
  );
  evidence('spurious', ends.filter(({ spurious }) => spurious).length);
  for (const status of ['converged', 'certified', 'settled', 'exhausted'] as const) {
    evidence(status, ends.filter((each) => each.status === status).length);
  }
  evidence('worst gradient row', Math.max(...ends.map(({ largestRow }) => largestRow)));
  return { candidates: ends, runs: ends.map(summarize) };
};

function summarize(end: TrainingRun): RunSummary {
  const { run, status, loss, spurious, largestRow, iterations, restarts, step, newton } = end;
  return { run, status, loss, spurious, largestRow, iterations, restarts, step, newton };
}
