/** Follows the least eigenvalue of every irrep of a family over real d, through zero. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { spectrum } from '../src/science/family/spectrum.ts';
import { spuriousNames } from '../src/science/family/tables.ts';
import { spectra } from './family-kinds.ts';

export const params = () =>
  z.object({
    family: z.enum(spuriousNames()),
    from: z.record(z.string(), z.number()).describe('The least d, by family'),
    to: z.number().default(12),
    count: z.int().min(2).default(97),
  });
export const deps = () => ({});
export const outs = () => ({ spectra });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { family, from, to, count }) => {
  const first = from[family] ?? 8;
  const sizes = Array.from({ length: count }, (_unused, i) => first + ((to - first) * i) / (count - 1));
  return { spectra: sizes.map((d) => spectrum({ family, d })) };
};
