/** Follows a branch from large d downwards, so that what is found at some d is known to belong to its limit. */
import type { DoubleDouble } from '../math/precision/double-double.ts';
import { fine, plain } from './arithmetic.ts';
import { type Branch, problemAt, spaceOf } from './branch.ts';
import { refine, type Refined, type Solved, solveFrom } from './newton.ts';
import { type Curve, followTrail, type Path, type Stride, type Trail, trailFrom } from './path.ts';
import { coordinatesOf } from './space.ts';

/** Branches are entered at this d, or at the d asked for if that is larger. */
const entrance = 1e8;

/** Strides in t = d^{-1/2}, in which the entries, those off the diagonal times d, are smooth down to t = 0. */
const wideStride: Stride = { first: 0.01, longest: 0.04, shortest: 1e-9, correction: 0.02 };

/**
 * What the entries of a branch at d are divided by so that they are smooth in t = d^{-1/2}: 1 on the diagonal, 1/d
 * off it. With extra neurons, entries at inputs outside block 1 go like t or t², and are left as they are.
 */
export function scalesAt({ minorities, extras }: Pick<Branch, 'minorities' | 'extras'>, d: number): number[] {
  return coordinatesOf(spaceOf({ minorities, extras })).map(({ family, block, role }) => {
    const small = extras.length > 0 && family > 0 && block > 0;
    return role === 'diag' || small ? 1 : 1 / d;
  });
}

/**
 * The curve of a branch over t = d^{-1/2}: in doubles, or in double-doubles where there are extra neurons, which
 * become so short at large d that doubles lose them.
 */
export function curveOf(branch: Branch): Curve {
  const inDoubles = (d: number, start: readonly number[]) =>
    solveFrom(problemAt(plain(), branch, d), start, scalesAt(branch, d));
  const solve =
    branch.extras.length === 0
      ? inDoubles
      : (d: number, start: readonly number[]) => solveFine(branch, d, start);
  return {
    solve: (t, start) => solve(1 / (t * t), start),
    scales: (t) => scalesAt(branch, 1 / (t * t)),
  };
}

function solveFine(branch: Branch, d: number, start: readonly number[]): Solved {
  const coarse = solveFrom(problemAt(plain(), branch, d), start, scalesAt(branch, d));
  const refined = refineAt(branch, d, coarse.values);
  if (refined === undefined) return { ...coarse, status: 'stalled' };
  const { residual, iterations } = refined;
  return {
    status: 'converged',
    values: refined.values.map((value) => fine().toNumber(value)),
    residual,
    iterations,
  };
}

/** What was followed of each branch, by the stride. */
const trails = /* @__PURE__ */ new WeakMap<Branch, Map<Stride, Trail>>();

/** The path from large d to `d`, with t = d^{-1/2} as parameter; undefined if the guess for large d leads nowhere. */
export function descend(branch: Branch, d: number, stride: Stride = wideStride): Path | undefined {
  const usual = branch.upTo ?? entrance;
  if (branch.upTo !== undefined && d > branch.upTo) return undefined;
  const known = trails.get(branch) ?? new Map<Stride, Trail>();
  trails.set(branch, known);
  const trail = (d > usual ? undefined : known.get(stride)) ?? entered(branch, Math.max(usual, d), stride);
  if (trail === undefined) return undefined;
  if (d <= usual) known.set(stride, trail);
  return followTrail(trail, 1 / Math.sqrt(d));
}

/** The branch where it is entered. */
function entered(branch: Branch, top: number, stride: Stride): Trail | undefined {
  const point = refineAt(branch, top, branch.guess(top));
  if (point === undefined) return undefined;
  const values = point.values.map((value) => fine().toNumber(value));
  return trailFrom(curveOf(branch), { parameter: 1 / Math.sqrt(top), values }, 1, stride);
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
