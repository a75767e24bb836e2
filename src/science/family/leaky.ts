/**
 * Follows critical points from the linear network to the ReLU network: activation max{(1−λ)t, t}, λ from 0 to 1.
 *
 * Its kernel is (1−λ)w·v + λ²κ, so that its loss is ½(1−λ)|r|² + λ²L with r = Σw_i − Σv_j: up to the factor λ² the
 * loss with the linear part weighted by τ = 1 + 4(1−λ)/λ². At λ → 0 this makes r = 0 a constraint; with μ = (π/2)τr
 * as further unknowns the equations are smooth there. Source: Arjevani, Field, arXiv:2003.10576, section 4.
 */
import { luFactor, luSolve } from '../math/linear.ts';
import { fromRows } from '../math/matrix.ts';
import { plain } from './arithmetic.ts';
import { blockOf } from './blocks.ts';
import { type Branch, problemAt } from './branch.ts';
import { criticalPoint, NoSuchPoint, twoPi } from './critical-point.ts';
import { scalesAt } from './descent.ts';
import { branchOf, type SpuriousName } from './families.ts';
import { gradientAt } from './gradient.ts';
import type { Solved } from './newton.ts';
import { type Curve, follow, type Stride } from './path.ts';
import { multiplicities, type Problem, stateAt } from './problem.ts';
import { coordinateName } from './space.ts';
import { valueAt } from './value.ts';

/** A critical point of the loss at one λ. */
export interface LeakyPoint {
  readonly lambda: number;
  readonly entries: readonly { readonly name: string; readonly value: number }[];
  /** The loss with the activation of this λ; 0 at λ = 0, where r = 0. */
  readonly loss: number;
  /** The loss of the ReLU network at this matrix. */
  readonly reluLoss: number;
  /** ‖W(λ) − W(0)‖_F and ‖W(λ) − V‖_F over all entries. */
  readonly fromStart: number;
  readonly fromTarget: number;
  /** The norm of the gradient of the loss divided by λ², its limit at λ = 0. */
  readonly residual: number;
}

/** The path of a family over λ. */
export interface LeakyPath {
  readonly family: string;
  readonly d: number;
  /** `arrived`: λ = 1 was reached; then `distance` says how far from the family's critical point. */
  readonly status: 'arrived' | 'ended';
  readonly points: readonly LeakyPoint[];
  /** The largest difference of an entry at the last point from the family's. */
  readonly distance: number;
}

const stride: Stride = { first: 0.01, longest: 0.05, shortest: 1e-9, correction: 0.01 };

/**
 * The path that starts at the critical point, near the family's, of L restricted to Σw_i = Σv_j, and is continued
 * to λ = 1. Throws NoSuchPoint where the family or that start does not exist.
 */
export function leakyPath({ family, d }: { family: SpuriousName; d: number }): LeakyPath {
  const branch = branchOf(family);
  const goal = criticalPoint({ family, d }).entries.map(({ value }) => value);
  const curve = leakyCurve(branch, d);
  const zeros = branch.minorities.map(() => 0);
  const start = curve.solve(0, [...goal, 0, ...zeros]);
  if (start.status !== 'converged') throw new NoSuchPoint(`${family} with r = 0`, d, d);
  const path = follow(curve, { parameter: 0, values: start.values }, 1, stride);
  const points = path.points.map(({ parameter, values }) =>
    describe(branch, d, parameter, values, start.values),
  );
  const last = points.at(-1)?.entries ?? [];
  const distance = Math.max(...last.map(({ value }, i) => Math.abs(value - (goal[i] as number))));
  return { family, d, status: path.status, points, distance };
}

/** 1/τ, which is smooth at λ = 0. */
function inverseWeight(lambda: number): number {
  const square = lambda * lambda;
  return square / (square + 4 * (1 - lambda));
}

/** The curve over λ: its values are the entries and then μ, one for each block. */
function leakyCurve(branch: Branch, d: number): Curve {
  const field = plain();
  const problem = problemAt(field, branch, d, 0);
  const scales = [...scalesAt(branch, d), ...problem.sizes.map(() => 1)];
  return {
    scales: () => scales,
    solve: (lambda, start) => solveConstrained(problem, inverseWeight(lambda), start),
  };
}

const mostIterations = 40;

/** Newton's method, undamped, for the entries and μ. */
function solveConstrained(problem: Problem<number>, inverse: number, start: readonly number[]): Solved {
  let values = [...start];
  for (let iterations = 1; iterations <= mostIterations; iterations++) {
    const system = constrainedSystem(problem, inverse, values);
    const residual = Math.sqrt(system.right.reduce((sum, value) => sum + value * value, 0));
    if (!Number.isFinite(residual)) break;
    const lu = luFactor(fromRows(system.matrix));
    if (lu.status !== 'regular') return { status: 'singular', values, residual, iterations };
    const step = luSolve(lu, Float64Array.from(system.right)).map(
      (value, i) => value / (system.lengths[i] as number),
    );
    values = values.map((value, i) => value - (step[i] as number));
    if (Math.max(...step.map(Math.abs)) < 1e-12) return { status: 'converged', values, residual, iterations };
  }
  return { status: 'stalled', values, residual: Infinity, iterations: mostIterations };
}

/**
 * The equations ∇L₀ + μ = 0 (L₀: without the linear part; in orthonormal coordinates) and r = 2μ/πτ (times the
 * size of the block), with their derivative, which is symmetric.
 */
function constrainedSystem(problem: Problem<number>, inverse: number, values: readonly number[]) {
  const count = problem.coordinates.length;
  const state = stateAt(problem, values.slice(0, count));
  const multipliers = values.slice(count);
  const lengths = multiplicities(problem).map(Math.sqrt);
  const compliance = problem.sizes.map((size) => (-2 * size * inverse) / state.problem.field.pi);
  const gradient = gradientAt(state).map(
    (value, i) =>
      (lengths[i] as number) * (value + (multipliers[problem.coordinates[i]?.block as number] as number)),
  );
  const gaps = problem.sizes.map(
    (size, b) => size * (state.sumGap[b] as number) + (compliance[b] as number) * (multipliers[b] as number),
  );
  const reach = (i: number, b: number) => (problem.coordinates[i]?.block === b ? (lengths[i] as number) : 0);
  const top = blockOf(state, { kind: 't' }).map((row, i) => [
    ...row,
    ...problem.sizes.map((_, b) => reach(i, b)),
  ]);
  const bottom = problem.sizes.map((_, b) => [
    ...lengths.map((__, i) => reach(i, b)),
    ...problem.sizes.map((__, c) => (b === c ? (compliance[b] as number) : 0)),
  ]);
  return {
    matrix: [...top, ...bottom],
    right: [...gradient, ...gaps],
    lengths: [...lengths, ...problem.sizes.map(() => 1)],
  };
}

function describe(
  branch: Branch,
  d: number,
  lambda: number,
  values: readonly number[],
  start: readonly number[],
): LeakyPoint {
  const problem = problemAt(plain(), branch, d);
  const entries = values.slice(0, problem.coordinates.length);
  const state = stateAt(problem, entries);
  const counts = multiplicities(problem);
  const distance = (other: (i: number) => number) =>
    Math.sqrt(
      entries.reduce(
        (sum, value, i) => sum + (counts[i] as number) * (value - other(i)) * (value - other(i)),
        0,
      ),
    );
  const reluLoss = valueAt(state) / twoPi();
  const square = problem.sizes.reduce((sum, size, b) => {
    const gap = state.sumGap[b] as number;
    return sum + size * gap * gap;
  }, 0);
  const { right } = constrainedSystem({ ...problem, linear: 0 }, inverseWeight(lambda), values);
  return {
    lambda,
    entries: problem.coordinates.map((coordinate, i) => ({
      name: coordinateName(coordinate),
      value: entries[i] as number,
    })),
    loss: ((1 - lambda) / 2) * square + lambda * lambda * reluLoss,
    reluLoss,
    fromStart: distance((i) => start[i] as number),
    fromTarget: distance((i) => (problem.coordinates[i]?.role === 'diag' ? 1 : 0)),
    residual: Math.sqrt(right.reduce((sum, value) => sum + value * value, 0)) / twoPi(),
  };
}
