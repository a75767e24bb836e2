/** Derives the series of eigenvalues exactly, by Rayleigh's quotients in truncated series. */
import { blockOf } from '../family/blocks.ts';
import type { Irrep } from '../family/irreps.ts';
import { fixedModes, standardModes } from '../family/modes.ts';
import type { State } from '../family/problem.ts';
import { hessianOn } from '../family/quadratic.ts';
import { seriesField } from '../math/precision/series-field.ts';
import { NoPivot, solveSeries } from '../math/precision/series-linear.ts';
import { endOf, type SeriesRing } from '../math/precision/series.ts';
import { completed, type Exact, exactRing } from './exact-entries.ts';
import type { ExactField } from '../math/precision/exact-field.ts';
import type { PiNumber } from '../math/precision/pi-number.ts';

/** H v = λ D v with D diagonal: the eigenvalues of one irrep without the roots of multiplicities. */
export interface Pencil {
  readonly matrix: readonly (readonly Exact[])[];
  readonly weights: readonly Exact[];
}

/** The pencil of ∂²L on an irrep. */
export function pencilOf(state: State<Exact>, irrep: Irrep): Pencil {
  const { field } = state.problem;
  const twoPi = field.scale(field.pi, 2);
  const scaled = (matrix: readonly (readonly Exact[])[]) =>
    matrix.map((row) => row.map((entry) => field.div(entry, twoPi)));
  if (irrep.kind !== 't' && irrep.kind !== 's') {
    const matrix = scaled(blockOf(state, irrep));
    return { matrix, weights: matrix.map(() => field.one) };
  }
  const block = irrep.kind === 't' ? -1 : irrep.block;
  // A block of two inputs has no directions u_i + u_j off the diagonal: their length is p − 2.
  const modes = (block < 0 ? fixedModes(state.problem) : standardModes(state.problem, block)).filter(
    ({ weight }) => weight.coefficients.length > 0,
  );
  const matrix = hessianOn(
    state,
    block,
    modes.map(({ mode }) => mode),
  );
  return { matrix: scaled(matrix), weights: modes.map(({ weight }) => weight) };
}

/** Terms carried in the first steps: each makes twice as many of the value's right. */
const early: readonly number[] = [5, 8];
/** With so many steps at all terms there are, either the value is right to `end`, or it never is. */
const most = 3;

/**
 * The eigenvalue that begins with `start`, right below t^end at least; undefined where that is not reached. `gap`:
 * the power of t at which it parts from the nearest other one, below which `start` must be right.
 */
export function exactEigenvalue(
  base: ExactField,
  pencil: Pencil,
  start: Exact,
  gap: number,
  end: number,
): Exact | undefined {
  const whole = Math.max(...pencil.matrix.flat().map(({ coefficients }) => coefficients.length));
  const places = pencil.weights.map((_, i) => i);
  let [value, candidates] = [start, places];
  for (const few of [...early, ...Array.from({ length: most }, () => whole)].filter((n) => n <= whole)) {
    const ring = exactRing(base, few);
    const tried = candidates.flatMap(
      (place) => quotient(cut(pencil, few), ring, completed(ring, value), place, gap) ?? [],
    );
    const best = tried.toSorted((a, b) => endOf(b.value) - endOf(a.value))[0];
    if (best === undefined || endOf(best.value) <= endOf(value)) continue;
    candidates = [best.place];
    value = best.value;
    if (endOf(value) >= end) return value;
  }
  return undefined;
}

function cut({ matrix, weights }: Pencil, terms: number): Pencil {
  const shorter = ({ power, coefficients }: Exact) => ({ power, coefficients: coefficients.slice(0, terms) });
  return { matrix: matrix.map((row) => row.map(shorter)), weights: weights.map(shorter) };
}

/**
 * Rayleigh's quotient θ = μ + f/uᵀDu of the vector u with u_place = 1 that solves all rows of (H − μD)u = 0 but
 * that one, of which f is left: Newton's method on f(μ). It is off by no more than f²/(D_place·uᵀDu·gap) (Kato,
 * Temple), which in powers of t says how many of its terms are right.
 */
function quotient(
  { matrix, weights }: Pencil,
  ring: SeriesRing<PiNumber>,
  shift: Exact,
  place: number,
  gap: number,
): { place: number; value: Exact } | undefined {
  const { sub, mul, add, div, neg } = seriesField(ring);
  const rows = matrix.map((row, i) =>
    row.map((entry, j) => (i === j ? sub(entry, mul(shift, weights[i] as Exact)) : entry)),
  );
  const less = <T>(list: readonly T[]) => list.filter((_, i) => i !== place);
  const own = rows[place] as readonly Exact[];
  try {
    const u = solveSeries(
      ring,
      less(rows).map(less),
      less(own).map((entry) => neg(entry)),
    );
    const f = u.reduce((sum, entry, i) => add(sum, mul(entry, less(own)[i] as Exact)), own[place] as Exact);
    const heaviness = weights[place] as Exact;
    const length = u.reduce(
      (sum, entry, i) => add(sum, mul(mul(entry, entry), less(weights)[i] as Exact)),
      heaviness,
    );
    if (length.coefficients.length === 0) return undefined;
    const value = add(shift, div(f, length));
    const right = 2 * f.power - heaviness.power - length.power - gap;
    return {
      place,
      value: {
        power: value.power,
        coefficients: value.coefficients.slice(0, Math.max(0, right - value.power)),
      },
    };
  } catch (failure) {
    if (failure instanceof NoPivot) return undefined;
    throw failure;
  }
}
