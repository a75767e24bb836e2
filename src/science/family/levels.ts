/** Watches the least eigenvalue of every irrep along a branch. */
import { fine, plain } from './arithmetic.ts';
import { blockOf } from './blocks.ts';
import { type Branch, problemAt } from './branch.ts';
import { refineAt } from './descent.ts';
import { type Irrep, irrepName, irrepsOf } from './irreps.ts';
import { type State, stateAt } from './problem.ts';
import { eigenvaluesOf } from './symmetric.ts';

/** The least eigenvalue, times 2π, of each irrep at a point in doubles: good enough to see its sign. */
export function leastEigenvalues(branch: Branch, d: number, values: readonly number[]): Map<string, Level> {
  const state = stateAt(problemAt(plain(), branch, d), values);
  const { space, sizes } = state.problem;
  return new Map(
    irrepsOf(space, sizes).map((irrep) => [irrepName(irrep, space), { irrep, least: leastOf(state, irrep) }]),
  );
}

/** An irrep with its least eigenvalue. */
export interface Level {
  readonly irrep: Irrep;
  readonly least: number;
}

function leastOf(state: State<number>, irrep: Irrep): number {
  return eigenvaluesOf(plain(), blockOf(state, irrep), 1e-16)[0] as number;
}

/** The least eigenvalue of an irrep, times 2π, at the critical point near `start`, to some 28 digits; NaN if none. */
export function leastAt(branch: Branch, d: number, start: readonly number[], irrep: Irrep): number {
  const refined = refineAt(branch, d, start);
  if (refined === undefined) return Number.NaN;
  const least = eigenvaluesOf(fine(), blockOf(refined.state, irrep), 1e-28)[0];
  return least === undefined ? Number.NaN : fine().toNumber(least);
}
