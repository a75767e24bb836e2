/** Looks for critical points of the decomposition of Σ e_i^{⊗n}, from random and from symmetric starts. */
import { z } from 'zod';
import { jsonKind, type Kind } from '../src/model/kind.ts';
import type { Run } from '../src/model/stage.ts';
import { experiment } from '../src/science/tensor/experiment.ts';
import type { Experiment } from '../src/science/tensor/tables.ts';

export const experimentKind: Kind<Experiment> = /* @__PURE__ */ jsonKind<Experiment>('tensor-experiment');

export const params = () =>
  z.object({
    norm: z.enum(['frobenius-3', 'frobenius-4', 'frobenius-5', 'gaussian-3']),
    d: z.int().min(2),
    runs: z.int().positive().describe('Starts without symmetry'),
    symmetricRuns: z.int().min(0).describe('Starts for each Young subgroup of at most three blocks'),
    steps: z.int().positive().default(200),
    tolerance: z.number().positive().default(1e-13).describe('‖∇L‖_F over max(1, |W|²)'),
    bound: z.number().positive().default(30).describe('|W|_F from which a run counts as diverging'),
  });
export const deps = () => ({});
export const outs = () => ({ experiment: experimentKind });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  _,
  { norm, ...settings },
  { random, evidence },
) => {
  const found = experiment(norm, settings, random());
  for (const status of ['converged', 'diverging', 'stalled'])
    evidence(status, found.points.filter((point) => point.status === status).length);
  return { experiment: found };
};
