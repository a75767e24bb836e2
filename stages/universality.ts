/** Trains networks on samples of a symmetric distribution, takes each run to its minimum, and finds the isotropies. */
import { z } from 'zod';
import { jsonKind, type Kind } from '../src/model/kind.ts';
import type { Run } from '../src/model/stage.ts';
import { activationNames } from '../src/science/universality/activation.ts';
import { experiment } from '../src/science/universality/experiment.ts';
import { inputNames } from '../src/science/universality/input.ts';
import { packReport, type PackedReport } from '../src/science/universality/packed-report.ts';
import { reportOf } from '../src/science/universality/report.ts';
import { furtherNames, targetNames } from '../src/science/universality/target.ts';

export const universalityReport: Kind<PackedReport> =
  /* @__PURE__ */ jsonKind<PackedReport>('universality-report');

export const params = () =>
  z.object({
    input: z.enum(inputNames),
    activation: z.enum(activationNames),
    depth: z.int().min(2).max(6).default(2).describe('Layers, the sum at the end counted'),
    d: z.int().min(3).max(12).describe('Inputs'),
    target: z.enum(targetNames).default('identity').describe('First layer of the target network'),
    further: z.enum(furtherNames).default('identity').describe('Its further layers'),
    extra: z.int().default(0).describe('Neurons of each hidden layer beyond the target'),
    base: z.int().positive().default(16).describe('Points whose orbits stand for the distribution'),
    runs: z.int().positive(),
    step: z.number().positive().default(0.05),
    steps: z.int().positive().default(1000),
    batch: z.int().positive().default(16),
    data: z.int().min(0).default(0).describe('0: new inputs each step; else so many drawn once'),
  });
export const deps = () => ({});
export const outs = () => ({ report: universalityReport });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  _,
  { runs, step, steps, batch, data, ...setting },
  { random, evidence },
) => {
  const outcome = experiment(setting, runs, { step, steps, batch, data }, random());
  const report = reportOf(setting, runs, outcome);
  evidence('method', report.method);
  for (const name of ['degenerate', 'saddles', 'unreached', 'undecided'] as const)
    evidence(name, report[name]);
  evidence('worst gradient', Math.max(0, ...report.minima.map(({ gradientNorm }) => gradientNorm)));
  return { report: packReport(report) };
};
