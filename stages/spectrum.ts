/** Diagonalizes the Hessian at each critical point: eigenvalues with multiplicity, index and nullity. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { identity } from '../src/science/math/matrix.ts';
import { spectrum } from '../src/science/network/spectrum.ts';
import { criticalPointList, spectrumList } from './kinds.ts';

export const params = () => z.object({ k: z.int().min(2) });
export const deps = () => ({ points: criticalPointList });
export const outs = () => ({ spectra: spectrumList });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ points }, { k }, { evidence }) => {
  const target = identity(k);
  const spectra = points.map(({ run, weights }) => {
    const { eigenvalues, levels, status, index, nullity, noise } = spectrum(weights, target);
    return { run, status, levels, least: eigenvalues[0] ?? Number.NaN, index, nullity, noise };
  });
  evidence('levels not separated', spectra.filter(({ status }) => status === 'undecided').length);
  evidence('saddles', spectra.filter(({ index }) => index > 0).length);
  return { spectra };
};
