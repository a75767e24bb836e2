/** Proves existence, uniqueness, loss and every eigenvalue of critical points, and the crossings of families. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { certify } from '../src/science/certificate/certify.ts';
import { certifyThreshold } from '../src/science/certificate/threshold.ts';
import { criticalPoint } from '../src/science/family/critical-point.ts';
import { branchOf, familyNames } from '../src/science/family/families.ts';
import { certificateList, crossings, spectra } from './family-kinds.ts';

export const params = () => z.object({ family: z.enum(familyNames) });
export const deps = () => ({ spectra, thresholds: crossings });
export const outs = () => ({ certificates: certificateList });

export const run: Run<typeof params, typeof deps, typeof outs> = (deps, { family }, { evidence }) => {
  const points = deps.spectra.map(({ d }) => certify({ family, d }));
  // Where a branch folds it is not one curve over d.
  const crossing = deps.thresholds.filter(({ kind }) => kind === 'crossing');
  const signs = crossing.map(({ irrep, d }) => {
    if (family === 'global') throw new RangeError('the global minimum has no threshold');
    const entries = criticalPoint({ family, d }).entries.map(({ value }) => value);
    return certifyThreshold(branchOf(family), { irrep, d, entries });
  });
  const all = [...points, ...signs];
  const proved = all.filter(({ status }) => status === 'certified');
  evidence('undecided', all.length - proved.length);
  for (const one of all) if (one.status === 'undecided') evidence(`undecided: ${one.reason}`, true);
  return { certificates: all.flatMap((one) => (one.status === 'certified' ? [one.certificate] : [])) };
};
