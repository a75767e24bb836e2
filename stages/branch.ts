/** Follows a family over its dimension and gives critical points and whole spectra at the tabulated sizes. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { familyNames } from '../src/science/family/families.ts';
import { spectrum } from '../src/science/family/spectrum.ts';
import { tabulatedSizes } from '../src/science/family/tables.ts';
import { spectra } from './family-kinds.ts';

export const params = () =>
  z.object({
    family: z.enum(familyNames),
    sizes: z.array(z.number().gt(1)).optional().describe('d; left out, from one below the threshold to 10^6'),
  });
export const deps = () => ({});
export const outs = () => ({ spectra });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { family, sizes }, { evidence }) => {
  const found = (sizes ?? tabulatedSizes(family)).map((d) => spectrum({ family, d }));
  evidence('largest gradient norm', Math.max(...found.map(({ point }) => point.gradientNorm)));
  evidence('largest last correction', Math.max(...found.map(({ point }) => point.evidence.correction)));
  evidence('critical points', found.length);
  return { spectra: found };
};
