/** Looks for solutions of the reduced equations ∇L = 0 of a tensor decomposition, also where they are not isolated. */
import { symmetricEigen, type SymmetricEigen } from '../math/linear.ts';
import { fromRows } from '../math/matrix.ts';
import {
  entryCounts,
  reducedGradient,
  reducedHessian,
  type ReducedProblem,
  type ReducedState,
  reducedState,
} from './reduced.ts';

/** A point where the gradient was evaluated; both in orthonormal coordinates, entries times √multiplicity. */
export interface Measured {
  readonly values: readonly number[];
  readonly state: ReducedState<number>;
  readonly gradient: readonly number[];
  /** ‖∇L‖_F over all entries of the matrix. */
  readonly residual: number;
  /** |W|_F. */
  readonly size: number;
}

/** Eigenvalues of the Hessian below this part of the largest are those of a critical set, or lost in rounding. */
const lost = 1e-11;

/** The roots of the numbers of entries that share each coordinate. */
export function lengthsOf(problem: ReducedProblem<number>): number[] {
  return entryCounts(problem).map(Math.sqrt);
}

/** The places of the entries that are not 0, which alone are solved for. */
export function freeOf(values: readonly number[]): number[] {
  return values.flatMap((value, i) => (value === 0 ? [] : [i]));
}

/** Evaluates the gradient; undefined where it is not finite. */
export function measure(problem: ReducedProblem<number>, values: readonly number[]): Measured | undefined {
  const lengths = lengthsOf(problem);
  const state = reducedState(problem, values);
  const gradient = reducedGradient(state).map((value, i) => value / lengths[i]!);
  const residual = norm(gradient);
  if (!Number.isFinite(residual)) return undefined;
  return { values, state, gradient, residual, size: norm(values.map((value, i) => value * lengths[i]!)) };
}

function norm(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

/** ∇²L on the entries `free` of the fixed-point space, in orthonormal coordinates, diagonalised. */
export function fixedEigen(state: ReducedState<number>, free: readonly number[]): SymmetricEigen | undefined {
  const lengths = lengthsOf(state.problem);
  const hessian = reducedHessian(state);
  const scaled = free.map((i) => free.map((j) => hessian[i]![j]! / (lengths[i]! * lengths[j]!)));
  if (scaled.length === 0) return undefined;
  return scaled.every((row) => row.every(Number.isFinite)) ? symmetricEigen(fromRows(scaled)) : undefined;
}

/**
 * The point that at most `steps` damped Newton steps lead to from `start`: each lowers ‖∇L‖, until it is `tolerance` or
 * no step helps. Entries that are 0 stay so; undefined where the gradient is not finite.
 */
export function solveReduced(
  problem: ReducedProblem<number>,
  start: readonly number[],
  tolerance: number,
  steps: number,
): Measured | undefined {
  const free = freeOf(start);
  let at = measure(problem, start);
  for (let step = 0; at !== undefined && step < steps && at.residual > tolerance; step++) {
    const next = improve(problem, at, free);
    if (next === undefined) break;
    at = next;
  }
  return at;
}

function improve(
  problem: ReducedProblem<number>,
  at: Measured,
  free: readonly number[],
): Measured | undefined {
  const eigen = fixedEigen(at.state, free);
  if (eigen === undefined) return undefined;
  const largest = largestOf(eigen);
  for (let damping = 0; damping <= largest; damping = damping === 0 ? 1e-8 * largest : 8 * damping) {
    const next = measure(problem, stepped(problem, at, free, eigen, damping));
    if (next !== undefined && next.residual < 0.98 * at.residual) return next;
  }
  return undefined;
}

/** Newton's step with λ/(λ² + μ²) in place of 1/λ, along eigenvectors that are not lost. */
function stepped(
  problem: ReducedProblem<number>,
  { values, gradient }: Measured,
  free: readonly number[],
  eigen: SymmetricEigen,
  damping: number,
): number[] {
  const lengths = lengthsOf(problem);
  const floor = lost * largestOf(eigen);
  const part = free.map((i) => gradient[i]!);
  const step = pseudoSolve(eigen, part, (value) =>
    Math.abs(value) < floor ? 0 : value / (value * value + damping * damping),
  );
  const next = [...values];
  free.forEach((i, at) => (next[i] = values[i]! - step[at]! / lengths[i]!));
  return next;
}

/** The largest absolute eigenvalue. */
export function largestOf({ values }: SymmetricEigen): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Σ inverse(λ) (v·g) v over the eigenvectors v. */
function pseudoSolve(
  { values, vectors }: SymmetricEigen,
  gradient: readonly number[],
  inverse: (value: number) => number,
): number[] {
  const n = values.length;
  const step = Array.from({ length: n }, () => 0);
  for (let j = 0; j < n; j++) {
    let part = 0;
    for (let i = 0; i < n; i++) part += vectors.data[i * n + j]! * gradient[i]!;
    part *= inverse(values[j]!);
    for (let i = 0; i < n; i++) step[i]! += part * vectors.data[i * n + j]!;
  }
  return step;
}
