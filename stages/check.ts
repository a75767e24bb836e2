/** Checks certificates by a program that shares nothing with the one that made them. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { factsOf } from '../src/science/certificate/facts.ts';
import { check } from '../src/science/checker/check.ts';
import { certificateList, checkedList } from './family-kinds.ts';

export const params = () => z.object({});
export const deps = () => ({ certificates: certificateList });
export const outs = () => ({ checked: checkedList });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ certificates }, _, { evidence }) => {
  const checked = certificates.map((certificate) => {
    const verdict = check(certificate);
    const reason = verdict.status === 'refused' ? verdict.reason : '';
    return { ...factsOf(certificate), verdict: verdict.status, reason };
  });
  evidence('valid', checked.filter(({ verdict }) => verdict === 'valid').length);
  evidence('refused', checked.filter(({ verdict }) => verdict === 'refused').length);
  return { checked };
};
