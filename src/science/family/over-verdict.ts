/** Says what extra neurons make of a family: a saddle, a minimum, or nothing that continues it. */
import type { OverRow } from './over-tables.ts';

/** What became of a family with extra neurons, over the sizes at which its continuation was computed. */
export interface OverVerdict {
  readonly family: string;
  /** Copies of each extra neuron, joined by `+`. */
  readonly extras: string;
  /** How many critical points were listed in the fixed-point space. */
  readonly found: number;
  /** At how many sizes the continuation was computed. */
  readonly sizes: number;
  /** `saddle` or `minimum` at all of them, `both` where the sign changes, `none` without a continuation. */
  readonly verdict: 'saddle' | 'minimum' | 'both' | 'none';
  /** The irrep of the least eigenvalue at the largest size, that eigenvalue, and that size. */
  readonly irrep: string;
  readonly least: number | null;
  readonly d: number | null;
  /** The least margin of Cauchy's interlacing over all sizes. */
  readonly margin: number | null;
}

/** The verdict on one family with one choice of extra neurons. `rows` are all of its table, at least one. */
export function verdictOf(rows: readonly OverRow[]): OverVerdict {
  const { base: family, extras } = rows[0] as OverRow;
  const branch = rows.filter(({ interlacing_margin: margin }) => margin !== null);
  const common = { family, extras, found: rows.length - branch.length, sizes: branch.length };
  const top = branch.toSorted((a, b) => b.d - a.d)[0];
  if (top === undefined) return { ...common, verdict: 'none', irrep: '', least: null, d: null, margin: null };
  const saddles = branch.filter(({ min_eigenvalue: least }) => least < 0).length;
  const verdict = saddles === branch.length ? 'saddle' : saddles === 0 ? 'minimum' : 'both';
  const margin = Math.min(...branch.map((row) => row.interlacing_margin as number));
  const { min_eigenvalue_irrep: irrep, min_eigenvalue: least, d } = top;
  return { ...common, verdict, irrep, least, d, margin };
}
