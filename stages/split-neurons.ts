/** Splits each neuron of the minima that descent found, as in arXiv:2006.01005. */
import { z } from 'zod';
import { jsonKind, type Kind } from '../src/model/kind.ts';
import type { Run } from '../src/model/stage.ts';
import { analyse, type SplitReport } from '../src/science/splitting/analyse.ts';
import { candidateList } from './kinds.ts';

export const splitReport: Kind<SplitReport> = /* @__PURE__ */ jsonKind<SplitReport>('splits');

export const params = () =>
  z.object({
    k: z.int().min(2),
    share: z.number().gt(0).lt(1).default(0.3).describe('The part that one of the two parts gets'),
    most: z.int().min(0).default(40).describe('Distinct spurious minima that are split, frequent ones first'),
    dense: z.int().min(0).default(700).describe('Largest Hessian that is diagonalised after a split'),
  });
export const deps = () => ({ candidates: candidateList });
export const outs = () => ({ splits: splitReport });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { candidates },
  { k, ...settings },
  { evidence },
) => {
  const ends = candidates.filter(({ status }) => status === 'converged' || status === 'certified');
  const splits = analyse(k, ends, settings);
  evidence('left out', candidates.length - ends.length);
  evidence('worst gradient', Math.max(0, ...splits.points.map(({ gradientNorm }) => gradientNorm)));
  return { splits };
};
