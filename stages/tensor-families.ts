/** Finds families of critical points of a tensor decomposition in one fixed-point space, and follows them over real d. */
import { z } from 'zod';
import { jsonKind, type Kind } from '../src/model/kind.ts';
import type { Run } from '../src/model/stage.ts';
import { spaceReport, type SpaceReport } from '../src/science/tensor/family-report.ts';

export const spaceReportKind: Kind<SpaceReport> = /* @__PURE__ */ jsonKind<SpaceReport>('tensor-families');

export const params = () =>
  z.object({
    norm: z.enum(['frobenius-3', 'frobenius-4', 'frobenius-5', 'gaussian-3']),
    m: z.int().min(0).describe('Isotropy Δ(S_{d−m}×S_m); 0 for ΔS_d'),
    searchAt: z.number().describe('The d of the search'),
    starts: z.int().positive(),
    above: z.array(z.number()).describe('Values of d above that of the search, ascending'),
    below: z.array(z.number()).describe('Values of d below it, descending'),
    far: z.array(z.number()).describe('Values of d in geometric progression, for leading powers'),
    dense: z.array(z.int()).describe('Integers d at which the dense Hessian is the check'),
  });
export const deps = () => ({});
export const outs = () => ({ report: spaceReportKind });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  _,
  { norm, ...settings },
  { random, evidence },
) => {
  const report = spaceReport(norm, settings, random());
  const points = report.families.flatMap((family) => family.points);
  evidence('families', report.families.length);
  evidence('starts that ended on critical sets of positive dimension', report.onSets);
  evidence('starts that did not converge', report.lost);
  evidence('largest last correction of an entry', Math.max(0, ...points.map(({ correction }) => correction)));
  return { report };
};
