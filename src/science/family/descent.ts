/** Follows a branch from large d downwards, so that what is found at some d is known to belong to its limit. */
import type { DoubleDouble } from '../math/precision/double-double.ts';
import { fine, plain } from './arithmetic.ts';
import { type Branch, problemAt, spaceOf } from './branch.ts';
import { refine, type Refined, solveFrom } from './newton.ts';
import { type Curve, follow, type Path, type Stride } from './path.ts';
import { coordinatesOf } from './space.ts';

/** Branches are entered at this d, or at the d asked for if that is larger. */
const entrance = 1e8;

/** Strides in t = d^{-1/2}, in which the entries, those off the diagonal times d, are smooth down to t = 0. */
export const wideStride: Stride = { first: 0.01, longest: 0.04, shortest: 1e-9, correction: 0.02 };

/** The typical size of each entry of a branch at d: 1 on the diagonal, 1/d off it. */
export function scalesAt(branch: Branch, d: number): number[] {
  return coordinatesOf(spaceOf(branch)).map(({ role }) => (role === 'diag' ? 1 : 1 / d));
}

/** The curve of a branch over t = d^{-1/2}. */
export function curveOf(branch: Branch): Curve {
  return {
    solve: (t, start) => {
      const d = 1 / (t * t);
      return solveFrom(problemAt(plain(), branch, d), start, scalesAt(branch, d));
    },
    scales: (t) => scalesAt(branch, 1 / (t * t)),
  };
}

/** The path from large d to `d`, with t = d^{-1/2} as parameter; undefined if the guess for large d leads nowhere. */
export function descend(branch: Branch, d: number, stride: Stride = wideStride): Path | undefined {
  const top = Math.max(entrance, d);
  const entered = refineAt(branch, top, branch.guess(top));
  if (entered === undefined) return undefined;
  const values = entered.values.map((value) => fine().toNumber(value));
  return follow(curveOf(branch), { parameter: 1 / Math.sqrt(top), values }, 1 / Math.sqrt(d), stride);
}

/** The critical point at d near `start`, in double-doubles. */
export function refineAt(
  branch: Branch,
  d: number,
  start: readonly number[],
): Refined<DoubleDouble> | undefined {
  const fineProblem = problemAt(fine(), branch, fine().fromNumber(d));
  return refine(fineProblem, problemAt(plain(), branch, d), start, refinement);
}

/** Corrections below this part of the largest entry are not worth a further step in double-doubles. */
const refinement = 1e-28;
