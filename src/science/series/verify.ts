/** Puts truncated series into the reduced equations, to see that they solve them order by order. */
import { type Branch, problemAt } from '../family/branch.ts';
import { gradientAt } from '../family/gradient.ts';
import { type State, stateAt } from '../family/problem.ts';
import { coordinateName, coordinatesOf } from '../family/space.ts';
import { spaceOf } from '../family/branch.ts';
import { valueAt } from '../family/value.ts';
import { fixedField } from '../math/precision/fixed-field.ts';
import { seriesField } from '../math/precision/series-field.ts';
import { monomial, type Series, seriesOf, type SeriesRing } from '../math/precision/series.ts';
import { present } from '../../base/invariant.ts';
import { type Coefficient, coefficients } from './extrapolate.ts';
import { type Grid, sampled } from './sample.ts';
import { usualGrid } from './series.ts';

/** Series with fixed-point coefficients of which the last 2^-slack are not trusted. */
export function ringOf(bits: number, terms: number, slack: number): SeriesRing<bigint> {
  const bound = 1n << BigInt(slack);
  return { base: fixedField(bits), terms, isNegligible: (c) => c < bound && c > -bound };
}

/** The branch at d = t^-2 with the entries given by coefficients: every row, norm and angle is a series in t. */
export function expanded(
  branch: Branch,
  ring: SeriesRing<bigint>,
  entries: ReadonlyMap<string, readonly Coefficient[]>,
): State<Series<bigint>> {
  const field = seriesField(ring);
  const d = monomial(ring, ring.base.one, -2);
  const values = coordinatesOf(spaceOf(branch)).map((coordinate) => {
    const name = coordinateName(coordinate);
    const terms = present(entries.get(name), `the coefficients of ${name}`);
    return seriesOf(
      ring,
      terms[0]?.power ?? 0,
      terms.map(({ value }) => value),
    );
  });
  return stateAt(problemAt(field, branch, d), values);
}

/**
 * The order in t to which the first `terms` terms of a branch's entries are seen to solve the equations: every lower
 * coefficient of every entry of the gradient vanishes to 100 digits.
 */
export function solvedOrder(branch: Branch, terms: number, grid: Grid = usualGrid): number {
  const samples = sampled(branch, grid, () => false);
  const entries = new Map([...samples].map(([name, values]) => [name, coefficients(values, grid, terms)]));
  return vanishingOrder(expanded(branch, ringOf(grid.bits, 2 * terms + 4, grid.bits - 333), entries));
}

/** The order in t to which the whole gradient of the loss, entry by entry, is seen to vanish. */
export function vanishingOrder(state: State<Series<bigint>>): number {
  return Math.min(...gradientAt(state).map(({ power }) => power));
}

/** The loss as a series, to as many terms as the entries determine. */
export function lossSeries(state: State<Series<bigint>>): Series<bigint> {
  const { field } = state.problem;
  return field.div(valueAt(state), field.scale(field.pi, 2));
}
