/** Compares where runs end with certified shortcuts and where the whole protocol takes them. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { compareEnds } from '../src/science/minima/same-ends.ts';
import { candidateList, endsAgreement } from './kinds.ts';

export const params = () => z.object({});
export const deps = () => ({ short: candidateList, whole: candidateList });
export const outs = () => ({ ends: endsAgreement });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ short, whole }, _, { evidence }) => {
  const ends = compareEnds(short, whole);
  evidence('other verdicts', ends.different);
  evidence('farthest ends', ends.farthest);
  return { ends };
};
