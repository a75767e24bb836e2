/** Expands entries, loss and eigenvalues of a family in powers of d^{-1/2}, with closed forms where they are found. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { familyNames } from '../src/science/family/families.ts';
import { series } from '../src/science/series/series.ts';
import { seriesRows } from './family-kinds.ts';

export const params = () =>
  z.object({
    family: z.enum(familyNames),
    terms: z
      .int()
      .min(1)
      .max(12)
      .default(8)
      .describe('Consecutive powers of d^{-1/2}, from the leading one on'),
    formulas: z
      .record(z.string(), z.int().min(0))
      .default({})
      .describe('For how many of them closed forms are sought, by family; all if left out, none with 0'),
  });
export const deps = () => ({});
export const outs = () => ({ series: seriesRows, leading: seriesRows });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  _,
  { family, terms, formulas },
  { evidence },
) => {
  const rows = series({ family, terms, formulas: formulas[family] ?? terms });
  const leading = rows.filter(({ quantity }, i) => quantity !== rows[i - 1]?.quantity);
  evidence('fewest places', Math.min(...rows.map((row) => row.evidence.places)));
  evidence('closed forms', rows.filter(({ closedForm }) => closedForm !== '').length);
  evidence('derived from the equations', rows.filter((row) => row.evidence.derived).length);
  evidence('coefficients', rows.length);
  return { series: rows, leading };
};
