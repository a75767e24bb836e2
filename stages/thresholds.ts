/** Finds the real dimensions at which the least eigenvalue of each irrep of a family is zero. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { familyNames } from '../src/science/family/families.ts';
import { thresholds } from '../src/science/family/threshold.ts';
import { crossings } from './family-kinds.ts';

export const params = () => z.object({ family: z.enum(familyNames) });
export const deps = () => ({});
export const outs = () => ({ thresholds: crossings });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { family }, { evidence }) => {
  // The global minimum is one for every d.
  const found = family === 'global' ? [] : thresholds({ family });
  evidence('widest interval', Math.max(0, ...found.map(({ evidence: { width } }) => width)));
  return { thresholds: found };
};
