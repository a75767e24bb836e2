/** Solves the reduced equations ∇L = 0: Newton's method with a line search in doubles, then refinement in T. */
import { fromRows } from '../math/matrix.ts';
import { luFactor, luSolve, type RegularLu } from '../math/linear.ts';
import { blockOf } from './blocks.ts';
import { gradientAt } from './gradient.ts';
import { multiplicities, type Problem, type State, stateAt } from './problem.ts';

/** Where Newton's method ended in doubles, and how. */
export interface Solved {
  readonly status: 'converged' | 'stalled' | 'singular';
  readonly values: readonly number[];
  /** ‖∇(2πL)‖_F over all entries of the matrix. */
  readonly residual: number;
  readonly iterations: number;
}

/** A full step that changes no scaled entry by more than this is the last: what is left is about its square. */
const smallStep = 1e-6;
/** A step that cannot be improved on because of rounding changes no scaled entry by more than this. */
const roundingStep = 1e-3;
const mostIterations = 40;
/** The line search gives up when a step was cut 12 times: it then gains nothing but rounding. */
const mostCuts = 12;

/** The point with its gradient, scaled to orthonormal coordinates. */
interface Iterate {
  readonly state: State<number>;
  readonly values: readonly number[];
  readonly gradient: readonly number[];
  readonly residual: number;
}

/**
 * Newton's method from `start`, each step cut until ‖∇L‖ falls. `scales` says how large each entry typically is.
 * `converged` says that the last step was small; it does not say which branch was reached.
 */
export function solveFrom(
  problem: Problem<number>,
  start: readonly number[],
  scales: readonly number[],
): Solved {
  const lengths = multiplicities(problem).map(Math.sqrt);
  let at = iterate(problem, lengths, start);
  if (at === undefined) return { status: 'stalled', values: start, residual: Infinity, iterations: 0 };
  for (let iterations = 1; iterations <= mostIterations; iterations++) {
    const lu = factor(at.state);
    if (lu === undefined) return { status: 'singular', ...outcome(at), iterations };
    const step = luSolve(lu, Float64Array.from(at.gradient)).map(
      (value, i) => value / (lengths[i] as number),
    );
    const size = Math.max(...step.map((value, i) => Math.abs(value / (scales[i] as number))));
    const next = descend(problem, lengths, at, step);
    if (next === undefined) {
      return { status: size <= roundingStep ? 'converged' : 'stalled', ...outcome(at), iterations };
    }
    at = next;
    if (size <= smallStep) return { status: 'converged', ...outcome(at), iterations };
  }
  return { status: 'stalled', ...outcome(at), iterations: mostIterations };
}

function outcome({ values, residual }: Iterate): Pick<Solved, 'values' | 'residual'> {
  return { values, residual };
}

function iterate(
  problem: Problem<number>,
  lengths: readonly number[],
  values: readonly number[],
): Iterate | undefined {
  if (!values.every(Number.isFinite)) return undefined;
  const state = stateAt(problem, values);
  const gradient = gradientAt(state).map((value, i) => value * (lengths[i] as number));
  const residual = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  return Number.isFinite(residual) ? { state, values, gradient, residual } : undefined;
}

/** The Newton step, or the longest of its halves that makes the gradient smaller. */
function descend(
  problem: Problem<number>,
  lengths: readonly number[],
  at: Iterate,
  step: Float64Array,
): Iterate | undefined {
  let part = 1;
  for (let cut = 0; cut <= mostCuts; cut++) {
    const values = at.values.map((value, i) => value - part * (step[i] as number));
    const next = iterate(problem, lengths, values);
    if (next !== undefined && next.residual < at.residual * (1 - part / 8)) return next;
    part /= 2;
  }
  return undefined;
}

function factor(state: State<number>): RegularLu | undefined {
  const block = blockOf(state, { kind: 't' });
  if (!block.every((row) => row.every(Number.isFinite))) return undefined;
  const lu = luFactor(fromRows(block));
  return lu.status === 'regular' ? lu : undefined;
}

/** What is left after refinement must be below this part of the largest entry. */
const hopeless = 1e-18;

/** A critical point in T, with the evidence of how good it is. */
export interface Refined<T> {
  readonly state: State<T>;
  readonly values: readonly T[];
  /** ‖∇(2πL)‖_F over all entries of the matrix. */
  readonly residual: number;
  /** The largest last correction, of an entry times the root of its multiplicity. */
  readonly correction: number;
  readonly iterations: number;
}

/**
 * Corrects `start` in T with the derivative factored once in doubles: each step gains as many digits as that
 * factorisation has. Ends when the correction is below `tolerance` of the largest entry, or no longer shrinks;
 * undefined if it is then not even `hopeless` times smaller than that entry.
 */
export function refine<T>(
  problem: Problem<T>,
  coarse: Problem<number>,
  start: readonly number[],
  tolerance: number,
): Refined<T> | undefined {
  const { field } = problem;
  const lu = factor(stateAt(coarse, start));
  if (lu === undefined) return undefined;
  const lengths = multiplicities(coarse).map(Math.sqrt);
  const extent = Math.max(...start.map((value, i) => Math.abs(value * (lengths[i] as number))));
  let values = start.map((value) => field.fromNumber(value));
  let correction = Infinity;
  for (let iterations = 1; ; iterations++) {
    const state = stateAt(problem, values);
    const gradient = gradientAt(state).map((value, i) => field.toNumber(value) * (lengths[i] as number));
    const residual = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
    const step = luSolve(lu, Float64Array.from(gradient));
    const size = Math.max(...step.map(Math.abs));
    const done = size <= tolerance * extent || size >= correction / 2;
    if (done && !(size <= hopeless * extent)) return undefined;
    if (done) return { state, values, residual, correction: Math.min(size, correction), iterations };
    correction = size;
    values = values.map((value, i) =>
      field.sub(value, field.fromNumber((step[i] as number) / (lengths[i] as number))),
    );
  }
}
