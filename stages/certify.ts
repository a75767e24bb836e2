/** Proves existence, uniqueness, loss and every eigenvalue of critical points, and the crossings of families. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { certify } from '../src/science/certificate/certify.ts';
import { certifyFold } from '../src/science/certificate/fold.ts';
import { certifyRange } from '../src/science/certificate/range.ts';
import { certifyThreshold } from '../src/science/certificate/threshold.ts';
import { criticalPoint } from '../src/science/family/critical-point.ts';
import { branchOf, type FamilyName, familyNames } from '../src/science/family/families.ts';
import { foldOf } from '../src/science/family/threshold.ts';
import { certificateList, crossings, spectra } from './family-kinds.ts';

export const params = () =>
  z.object({
    family: z.enum(familyNames),
    ranges: z
      .record(z.string(), z.number())
      .default({})
      .describe('By family, the d up to which all real d from just above its threshold on are covered'),
  });
export const deps = () => ({ spectra, thresholds: crossings });
export const outs = () => ({ certificates: certificateList });

export const run: Run<typeof params, typeof deps, typeof outs> = (deps, { family, ranges }, { evidence }) => {
  const points = deps.spectra.map(({ d }) => certify({ family, d }));
  // Where a branch folds it is not one curve over d, but one over an entry.
  const crossing = deps.thresholds.filter(({ kind }) => kind === 'crossing');
  const signs = crossing.map(({ irrep, d }) => {
    if (family === 'global') throw new RangeError('the global minimum has no threshold');
    const entries = criticalPoint({ family, d }).entries.map(({ value }) => value);
    return certifyThreshold(branchOf(family), { irrep, d, entries });
  });
  const fold = family === 'global' ? undefined : foldOf(branchOf(family));
  const folds = fold === undefined || family === 'global' ? [] : [certifyFold(branchOf(family), fold)];
  const all = [...points, ...signs, ...folds, ...rangesOf(family, deps.thresholds[0]?.d, ranges[family])];
  const proved = all.filter(({ status }) => status === 'certified');
  evidence('undecided', all.length - proved.length);
  for (const one of all) if (one.status === 'undecided') evidence(`undecided: ${one.reason}`, true);
  return { certificates: all.flatMap((one) => (one.status === 'certified' ? [one.certificate] : [])) };
};

/** From the second decimal place above the threshold on, which leaves at least half a unit of it. */
function rangesOf(family: FamilyName, threshold: number | undefined, to: number | undefined) {
  if (family === 'global' || threshold === undefined || to === undefined) return [];
  return [certifyRange({ family, from: Math.ceil(100 * threshold + 0.5) / 100, to })];
}
