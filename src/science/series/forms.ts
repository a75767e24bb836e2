/** Counts the closed forms of series, family by family. */
import type { SeriesRow } from './series.ts';

/** How many coefficients of a family have closed forms. */
export interface FormCount {
  readonly family: string;
  readonly coefficients: number;
  /** In closed form, derived from the equations, or recognised by integer relations. */
  readonly derived: number;
  readonly recognised: number;
  /** Without one. */
  readonly open: number;
  /** The fewest digits in which a closed form agrees with the value that was read off; null without any. */
  readonly digits: number | null;
}

/** The counts of all families among the rows, in their order. */
export function closedForms(rows: readonly SeriesRow[]): FormCount[] {
  const families = [...new Set(rows.map(({ family }) => family))];
  return families.map((family) => {
    const own = rows.filter((row) => row.family === family);
    const closed = own.filter(({ closedForm }) => closedForm !== '');
    const derived = closed.filter(({ evidence }) => evidence.derived).length;
    return {
      family,
      coefficients: own.length,
      derived,
      recognised: closed.length - derived,
      open: own.length - closed.length,
      digits: closed.length === 0 ? null : Math.min(...closed.map(({ evidence }) => evidence.agreed)),
    };
  });
}
