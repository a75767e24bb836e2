/** Tabulates the families with more inputs than neurons: critical points, spectra, and what the new inputs add. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { familyNames } from '../src/science/family/families.ts';
import { spectrumRows } from '../src/science/family/tables.ts';
import { wideRow, wideSpectra, wideSummaries } from '../src/science/family/wide.ts';
import { resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () => z.object({ families: z.array(z.enum(familyNames)).default([...familyNames]) });
export const deps = () => ({});
export const outs = () => ({ table: resultTable, spectrum: resultTable, summary: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { families }, { evidence }) => {
  const spectra = families.flatMap((family) => wideSpectra(family));
  evidence('largest gradient norm', Math.max(...spectra.map(({ point }) => point.gradientNorm)));
  evidence('critical points', spectra.length);
  return {
    table: tableOf(columns, spectra.map(wideRow)),
    spectrum: tableOf(
      ['family', 'k', 'd', 'irrep', 'eigenvalue', 'multiplicity'],
      spectra.flatMap(spectrumRows),
    ),
    summary: tableOf(
      [
        ...(['family', 'sizes', 'new_index', 'new_least', 'beside_quarter', 'slope'] as const),
        ...(['growing_per_input', 'few_per_input'] as const),
      ],
      wideSummaries(spectra),
    ),
  };
};

const columns = [
  ...(['family', 'isotropy', 'k', 'd', 'loss', 'gradient_norm', 'min_eigenvalue'] as const),
  ...(['min_eigenvalue_irrep', 'index', 'nullity', 'new_index', 'new_least', 'new_largest'] as const),
];
