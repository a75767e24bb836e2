/** Looks for the critical points of a tensor decomposition in a fixed-point space, from random starts. */
import type { RandomStream } from '../../base/random.ts';
import { fillNormals } from '../math/normal.ts';
import { type ReducedProblem, reducedLoss } from './reduced.ts';
import { fixedEigen, freeOf, largestOf, type Measured, solveReduced } from './reduced-newton.ts';

/** A critical point that a search ended at. */
export interface FoundPoint {
  readonly values: readonly number[];
  readonly loss: number;
  /** |W|_F. */
  readonly size: number;
  readonly residual: number;
  readonly hits: number;
}

/** What came of a search. */
export interface Findings {
  /** By rising loss; each is isolated among the matrices of its space that have zeros where it has. */
  readonly points: readonly FoundPoint[];
  /** Starts that ended on critical sets of positive dimension, and those that did not converge. */
  readonly onSets: number;
  readonly lost: number;
}

/** Steps before small entries are tried as 0, and after. */
const approach = 40;
const finish = 12;
/** Below these sizes, in turn, entries are tried as 0: where the loss is flat to a high order a search only creeps. */
const small = [3e-2, 3e-3, 0] as const;
const sameLevel = 1e-3;
const converged = 1e-12;
/** A least eigenvalue, relative to the largest, under which a point is not isolated. */
const isolated = 1e-7;
const same = 1e-8;

/** The points that `starts` random starts lead to; those that agree in loss and |W| count as one. */
export function searchReduced(
  problem: ReducedProblem<number>,
  starts: number,
  stream: RandomStream,
): Findings {
  const points: FoundPoint[] = [];
  let [onSets, lost] = [0, 0];
  for (let run = 0; run < starts; run++) {
    const end = attempt(problem, startOf(problem, stream.split(run), run));
    if (end === 'lost') lost++;
    else if (end === 'set') onSets++;
    else gather(points, end);
  }
  return { points: points.toSorted((a, b) => a.loss - b.loss), onSets, lost };
}

function gather(points: FoundPoint[], { values, state, residual, size }: Measured): void {
  const loss = reducedLoss(state);
  const near = (a: number, b: number) => Math.abs(a - b) <= same * Math.max(1, a);
  const at = points.findIndex((point) => near(point.loss, loss) && near(point.size, size));
  const old = points[at];
  if (old === undefined) points.push({ values, loss, size, residual, hits: 1 });
  else points[at] = { ...old, hits: old.hits + 1 };
}

/** Normal entries: of size 1 on the diagonal, of size 1/√p or 1/p along a block of p inputs. */
function startOf(problem: ReducedProblem<number>, stream: RandomStream, run: number): number[] {
  const draws = fillNormals(stream, problem.coordinates.length);
  return problem.coordinates.map(({ role, block }, i) => {
    const size = problem.sizes[block]!;
    if (role === 'diag') return draws[i]!;
    return draws[i]! / (run % 2 === 0 ? size : Math.sqrt(size));
  });
}

function attempt(problem: ReducedProblem<number>, start: readonly number[]): Measured | 'set' | 'lost' {
  const near = solveReduced(problem, start, converged, approach);
  if (near === undefined) return 'lost';
  const level = reducedLoss(near.state);
  let isCritical = false;
  for (const bound of small) {
    const cleared = near.values.map((value) => (Math.abs(value) < bound ? 0 : value));
    const end = solveReduced(problem, cleared, converged, finish);
    if (end === undefined || end.residual > converged) continue;
    if (Math.abs(reducedLoss(end.state) - level) > sameLevel * Math.max(1, level)) continue;
    isCritical = true;
    if (isIsolated(end)) return end;
  }
  return isCritical ? 'set' : 'lost';
}

/** Whether ∇²L is regular on the entries that are not 0. */
export function isIsolated({ state, values }: Measured): boolean {
  const free = freeOf(values);
  if (free.length === 0) return true;
  const eigen = fixedEigen(state, free);
  if (eigen === undefined) return false;
  const least = eigen.values.reduce((most, value) => Math.min(most, Math.abs(value)), Infinity);
  return least > isolated * largestOf(eigen);
}
