/** Says of a family's critical points which are certified, in the form in which the tables take all points. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { checkedList, spectra } from './family-kinds.ts';
import { pointList } from './kinds.ts';

export const params = () => z.object({});
export const deps = () => ({ spectra, checked: checkedList });
export const outs = () => ({ points: pointList });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { spectra: found, checked },
  _,
  { evidence },
) => {
  const valid = checked.filter(({ claim, verdict }) => claim !== 'threshold' && verdict === 'valid');
  const proved = new Set(valid.map(({ d }) => d));
  const points = found.map(({ point, lines, ...spectrum }) => ({
    family: point.family,
    isotropy: point.isotropy,
    k: point.k,
    d: point.d,
    loss: point.loss,
    gradientNorm: point.gradientNorm,
    least: spectrum.minEigenvalue,
    leastIrrep: spectrum.minEigenvalueIrrep,
    index: spectrum.index,
    nullity: spectrum.nullity,
    certified: proved.has(String(point.d)),
    lines,
  }));
  evidence('not certified', points.filter(({ certified }) => !certified).length);
  return { points };
};
