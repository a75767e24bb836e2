/** Drives each candidate to a critical point by Newton's method, with the evidence of what it reached. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { identity } from '../src/science/math/matrix.ts';
import { polish } from '../src/science/network/polish.ts';
import { candidateList, criticalPointList } from './kinds.ts';

export const params = () =>
  z.object({
    k: z.int().min(2),
    gradient: z.number().positive().default(1e-14).describe('‖∇L‖_F at which to stop, over max(1, ‖W‖_F)'),
    iterations: z.int().positive().default(60),
  });
export const deps = () => ({ candidates: candidateList });
export const outs = () => ({ points: criticalPointList });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ candidates }, settings, { evidence }) => {
  const target = identity(settings.k);
  const points = candidates
    .filter(({ status }) => status === 'converged' || status === 'certified')
    .map(({ run, weights, spurious }) => ({ run, spurious, ...polish(weights, target, settings) }));
  evidence('worst gradient', Math.max(0, ...points.map(({ gradientNorm }) => gradientNorm)));
  evidence('farthest move', Math.max(0, ...points.map(({ moved }) => moved)));
  evidence('stalled', points.filter(({ status }) => status !== 'converged').length);
  evidence('left out', candidates.length - points.length);
  return { points };
};
