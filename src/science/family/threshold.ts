/** Finds the real d at which the least eigenvalue of an irrep crosses zero on a branch, and where branches fold. */
import { present } from '../../base/invariant.ts';
import { fine } from './arithmetic.ts';
import type { Branch } from './branch.ts';
import { twoPi } from './critical-point.ts';
import { descend, refineAt, scalesAt } from './descent.ts';
import { branchOf, type FamilyName } from './families.ts';
import { type Fold, foldBeyond } from './fold.ts';
import { leastAt, leastEigenvalues, type Level } from './levels.ts';
import type { CurvePoint, Stride } from './path.ts';
import { rootBetween } from './root.ts';
import { valueAt } from './value.ts';

/** A zero of the least eigenvalue of an irrep. */
export interface Threshold {
  readonly family: string;
  readonly irrep: string;
  /** To 1e-12 relative. */
  readonly d: number;
  readonly loss: number;
  /** At a `crossing` the least eigenvalue changes its sign; at a `fold` (irrep t) the branch turns back in d. */
  readonly kind: 'crossing' | 'fold';
  /** Just above this d the least eigenvalue is positive (1) or negative (-1). */
  readonly signAbove: 1 | -1;
  /** The width of the interval of d in which the sign changes, and how many points were computed. */
  readonly evidence: { readonly width: number; readonly evaluations: number };
}

/** Which thresholds are meant: all irreps where none is named. */
export interface ThresholdQuery {
  /** `global` has none: its spectrum is bounded away from 0 for every d. */
  readonly family: FamilyName;
  readonly irrep?: string;
}

/** Steps short enough that no least eigenvalue has room for two zeros; in t = d^{-1/2}. */
const closeStride: Stride = { first: 0.005, longest: 0.005, shortest: 1e-9, correction: 0.005 };

/** Crossings are located to this part of d. */
const tolerance = 1e-13;

/**
 * The largest d at which the least eigenvalue of the irrep (of any irrep, where none is named) is zero: above it
 * the family is a minimum in that irrep. Undefined if there is none.
 */
export function threshold(query: ThresholdQuery): Threshold | undefined {
  return thresholds(query)[0];
}

/** Every zero of the least eigenvalue of each irrep down to where the family ends, largest d first. */
export function thresholds({ family, irrep }: ThresholdQuery): Threshold[] {
  if (family === 'global') return [];
  return thresholdsOf(branchOf(family)).filter((found) => irrep === undefined || found.irrep === irrep);
}

/** The same for any branch, between its entrance and `downTo` (its end, if left out). */
export function thresholdsOf(branch: Branch, downTo = branch.above * (1 + 1e-4)): Threshold[] {
  const path = descend(branch, downTo, closeStride);
  if (path === undefined) return [];
  const points = path.points.map((point) => ({ ...point, levels: levelsAt(branch, point) }));
  const found = points.slice(1).flatMap((point, index) => {
    const before = present(points[index], 'the point before');
    return [...before.levels].flatMap(([name, level]) => {
      const next = point.levels.get(name);
      if (next === undefined || next.least > 0 === level.least > 0) return [];
      return [crossing(branch, name, level, before, point)];
    });
  });
  const fold = path.status === 'ended' ? foldBeyond(branch, path.points.slice(-2)) : undefined;
  const folds = fold === undefined ? [] : [foldThreshold(branch, fold)];
  return [...found, ...folds].sort((a, b) => b.d - a.d);
}

/** The fold at which a branch ends; undefined where it ends otherwise, or goes on to where it is not followed. */
export function foldOf(branch: Branch): Fold | undefined {
  const path = descend(branch, branch.above * (1 + 1e-4), closeStride);
  return path?.status === 'ended' ? foldBeyond(branch, path.points.slice(-2)) : undefined;
}

function levelsAt(branch: Branch, { parameter, values }: CurvePoint): Map<string, Level> {
  return leastEigenvalues(branch, 1 / (parameter * parameter), values);
}

function crossing(
  branch: Branch,
  name: string,
  { irrep, least }: Level,
  from: CurvePoint,
  to: CurvePoint,
): Threshold {
  const start = (d: number) => between(branch, from, to, d);
  const [upper, lower] = [from, to].map(({ parameter }) => 1 / (parameter * parameter)) as [number, number];
  const root = rootBetween((d) => leastAt(branch, d, start(d), irrep), upper, lower, tolerance);
  const signAbove = least > 0 ? 1 : -1;
  const { width, evaluations } = root;
  const loss = lossAt(branch, root.at, start(root.at));
  return {
    family: branch.name,
    irrep: name,
    d: root.at,
    loss,
    kind: 'crossing',
    signAbove,
    evidence: { width, evaluations },
  };
}

/** The entries at d on the chord between two points, scaled as on the path. */
function between(branch: Branch, from: CurvePoint, to: CurvePoint, d: number): number[] {
  const t = 1 / Math.sqrt(d);
  const part = (t - from.parameter) / (to.parameter - from.parameter);
  const [scales, near, far] = [
    d,
    1 / (from.parameter * from.parameter),
    1 / (to.parameter * to.parameter),
  ].map((at) => scalesAt(branch, at)) as [number[], number[], number[]];
  return scales.map((scale, i) => {
    const a = (from.values[i] as number) / (near[i] as number);
    const b = (to.values[i] as number) / (far[i] as number);
    return scale * (a + part * (b - a));
  });
}

function lossAt(branch: Branch, d: number, start: readonly number[]): number {
  const { state } = present(refineAt(branch, d, start), 'the critical point at the crossing');
  return fine().toNumber(valueAt(state)) / twoPi();
}

function foldThreshold(branch: Branch, { d, loss, width, evaluations, signAbove }: Fold): Threshold {
  return {
    family: branch.name,
    irrep: 't',
    d,
    loss,
    kind: 'fold',
    signAbove,
    evidence: { width, evaluations },
  };
}
