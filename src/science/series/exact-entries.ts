/**
 * Derives the series of a branch's entries exactly, over Q(π)(√m), from their leading terms: Newton's method on the
 * reduced equations, in truncated series.
 */
import { type Branch, problemAt } from '../family/branch.ts';
import { gradientAt } from '../family/gradient.ts';
import { fixedModes } from '../family/modes.ts';
import { multiplicities, type State, stateAt } from '../family/problem.ts';
import { hessianOn } from '../family/quadratic.ts';
import type { ExactField } from '../math/precision/exact-field.ts';
import type { PiNumber } from '../math/precision/pi-number.ts';
import { seriesField } from '../math/precision/series-field.ts';
import { NoPivot, solveSeries } from '../math/precision/series-linear.ts';
import { monomial, type Series, type SeriesRing } from '../math/precision/series.ts';

/** Series with exact coefficients. */
export type Exact = Series<PiNumber>;

/** The ring of such series with so many terms. */
export function exactRing(base: ExactField, terms: number): SeriesRing<PiNumber> {
  return { base, terms, isNegligible: base.isZero, dot: base.dot };
}

/** A series taken for exact: what is not known of it is set to zero. */
export function completed({ base, terms }: SeriesRing<PiNumber>, { power, coefficients }: Exact): Exact {
  return { power, coefficients: Array.from({ length: terms }, (_, i) => coefficients[i] ?? base.zero) };
}

/** Terms carried in the steps before the last; with two or three the derivative may look singular. */
const early: readonly number[] = [6, 10];
/** Steps at all terms: more are not needed where the first ones converge. */
const most = 3;

/**
 * The branch with its entries as series, at as many terms as `terms` of arithmetic give. Undefined unless, at the
 * end, every known coefficient of every equation vanishes.
 *
 * A Newton step doubles the terms that are right, and no more than those are kept, so that the final test is one of
 * the entries and not of the arithmetic. Throws OutsideField where an angle or a root is not in the field.
 */
export function exactState(
  branch: Branch,
  base: ExactField,
  leading: readonly Exact[],
  terms: number,
): { state: State<Exact>; entries: readonly Exact[] } | undefined {
  let entries = leading;
  for (const few of [
    ...early.filter((number) => number < terms),
    ...Array.from({ length: most }, () => terms),
  ]) {
    const next = improved(branch, base, few, entries);
    if (next === undefined) return undefined;
    entries = next;
    if (few < terms) continue;
    const state = stateOf(branch, exactRing(base, terms), entries);
    if (gradientAt(state).every(({ coefficients }) => coefficients.length === 0)) return { state, entries };
  }
  return undefined;
}

function stateOf(branch: Branch, ring: SeriesRing<PiNumber>, entries: readonly Exact[]): State<Exact> {
  return stateAt(problemAt(seriesField(ring), branch, monomial(ring, ring.base.one, -2)), entries);
}

function improved(
  branch: Branch,
  base: ExactField,
  terms: number,
  entries: readonly Exact[],
): Exact[] | undefined {
  const ring = exactRing(base, terms);
  const field = seriesField(ring);
  const known = entries.map((entry) => completed(ring, entry));
  const state = stateOf(branch, ring, known);
  const counts = multiplicities(state.problem);
  const slopes = gradientAt(state).map((slope, i) => field.mul(slope, counts[i] as Exact));
  // Half the terms of the slopes vanish already: the derivative needs no more than the others.
  const coarse = exactRing(base, Math.ceil(terms / 2) + 2);
  const rough = stateOf(
    branch,
    coarse,
    entries.map((entry) => completed(coarse, entry)),
  );
  const modes = fixedModes(rough.problem).map(({ mode }) => mode);
  try {
    const step = solveSeries(ring, hessianOn(rough, -1, modes), slopes);
    return known.map((entry, i) => field.sub(entry, step[i] as Exact));
  } catch (error) {
    if (error instanceof NoPivot) return undefined;
    throw error;
  }
}
