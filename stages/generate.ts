/** Draws the weights that training begins from, each run from its own child of the step's random stream. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { xavierStart } from '../src/science/network/protocol.ts';
import { startList } from './kinds.ts';

export const params = () =>
  z
    .object({
      k: z.int().min(2).describe('Teacher neurons, and inputs'),
      extra: z.int().min(0).default(0).describe('Student neurons beyond k'),
      runs: z.int().positive().describe('How many starts'),
      more: z
        .record(z.string(), z.int().positive())
        .default({})
        .describe('How many starts at least, by k: more where what is looked for is rare'),
    })
    .transform(({ k, extra, runs, more }) => ({ k, extra, runs: Math.max(runs, more[k] ?? 0) }));
export const deps = () => ({});
export const outs = () => ({ starts: startList });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { k, extra, runs }, { random }) => {
  const stream = random();
  return {
    starts: Array.from({ length: runs }, (_unused, run) => ({
      run,
      weights: xavierStart(stream, run, k + extra, k),
    })),
  };
};
