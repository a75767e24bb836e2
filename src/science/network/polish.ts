/** Drives weights to a critical point of the population loss by Newton's method. */
import { type SymmetricEigen, solve, symmetricEigen, symmetricEigenvalues } from '../math/linear.ts';
import { dot, frobenius, type Matrix, matrix, subtract } from '../math/matrix.ts';
import { hessian } from './hessian.ts';
import { preciseGradient, preciseLoss } from './precise.ts';
import { RowError } from './rows.ts';

/** When to stop. */
export interface PolishSettings {
  /** Converged once ‖∇L‖_F is at or under this times max(1, ‖W‖_F). */
  readonly gradient: number;
  readonly iterations: number;
}

/** A point that Newton's method ended at, with the evidence of what it is. */
export interface CriticalPoint {
  /**
   * `converged`: the gradient is as small as asked. `stalled`: no step makes it smaller. `exhausted`: the iterations
   * are used up. The latter two are no critical points to the accuracy asked.
   */
  readonly status: 'converged' | 'stalled' | 'exhausted';
  readonly weights: Matrix;
  /** L, right to about 1e-28. */
  readonly loss: number;
  /** ‖∇L‖_F, of a residual in double-doubles. */
  readonly gradientNorm: number;
  readonly iterations: number;
  /** How many of the steps were least-squares ones, for a Hessian that is singular or nearly so. */
  readonly leastSquares: number;
  /** The smallest |eigenvalue| of the Hessian at the point: how well it determines the point. */
  readonly smallestEigenvalue: number;
  /** How far the point is from where it began (Frobenius). */
  readonly moved: number;
}

/** Eigenvalues below this part of the largest are held to be 0 in a least-squares step. */
const negligible = 1e-7;

/** A Newton step beyond this part of ‖W‖_F comes from directions that the Hessian hardly determines. */
const longest = 0.05;

/** How often a step is halved until the gradient shrinks. */
const halvings = 12;

interface Position {
  readonly weights: Matrix;
  readonly slope: Matrix;
  readonly norm: number;
}

/**
 * Newton's method from `weights`, to a critical point of any index. The gradient is evaluated in double-doubles, so
 * that what is left of it at the end is the rounding of the weights themselves, about 1e-16 ‖H‖. A step that is
 * long or does not shrink it is replaced by the least-squares one (for points that are not isolated), which is
 * halved until it does. It ends near the start only if the start was near: look at `moved`. Throws RowError for a
 * zero row.
 */
export function polish(weights: Matrix, target: Matrix, settings: PolishSettings): CriticalPoint {
  let position = positionOf(weights, target);
  let leastSquares = 0;
  let iterations = 0;
  let status: CriticalPoint['status'] = 'exhausted';
  for (; ; iterations++) {
    if (position.norm <= settings.gradient * Math.max(1, frobenius(position.weights))) status = 'converged';
    if (status === 'converged' || iterations === settings.iterations) break;
    const step = improve(position, target);
    if (step === undefined) {
      status = 'stalled';
      break;
    }
    position = step.position;
    if (step.leastSquares) leastSquares++;
  }
  return {
    status,
    weights: position.weights,
    loss: preciseLoss(position.weights, target),
    gradientNorm: position.norm,
    iterations,
    leastSquares,
    smallestEigenvalue: smallestMagnitude(symmetricEigenvalues(hessian(position.weights, target))),
    moved: frobenius(subtract(position.weights, weights)),
  };
}

function positionOf(weights: Matrix, target: Matrix): Position {
  const slope = preciseGradient(weights, target);
  return { weights, slope, norm: frobenius(slope) };
}

/** A step that shrinks the gradient, or undefined. */
function improve(
  from: Position,
  target: Matrix,
): { readonly position: Position; readonly leastSquares: boolean } | undefined {
  const curvature = hessian(from.weights, target);
  const solution = solve(curvature, from.slope.data);
  if (solution.status === 'solved' && isShort(solution.x, from.weights)) {
    const position = attempt(from, target, solution.x, 1);
    if (position !== undefined) return { position, leastSquares: false };
  }
  const change = leastSquaresStep(symmetricEigen(curvature), from.slope.data);
  for (let halving = 0, factor = 1; halving <= halvings; halving++, factor /= 2) {
    const position = attempt(from, target, change, factor);
    if (position !== undefined) return { position, leastSquares: true };
  }
  return undefined;
}

function isShort(step: Float64Array, weights: Matrix): boolean {
  return Math.sqrt(dot(step, step)) <= longest * frobenius(weights);
}

/** Where the step leads, if the gradient is smaller there (and no row is zero). */
function attempt(from: Position, target: Matrix, change: Float64Array, factor: number): Position | undefined {
  const { rows, columns, data } = from.weights;
  const weights = matrix(
    rows,
    columns,
    data.map((x, at) => x - factor * (change[at] as number)),
  );
  try {
    const position = positionOf(weights, target);
    return position.norm < from.norm ? position : undefined;
  } catch (error) {
    if (error instanceof RowError) return undefined;
    throw error;
  }
}

/** The shortest x that minimises |H x − b|, but for the directions that H hardly determines. */
function leastSquaresStep({ values, vectors }: SymmetricEigen, b: Float64Array): Float64Array {
  const n = values.length;
  const floor = negligible * Math.max(Math.abs(values[0] ?? 0), Math.abs(values[n - 1] ?? 0));
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    if (Math.abs(value) <= floor) continue;
    let part = 0;
    for (let a = 0; a < n; a++) part += (vectors.data[a * n + i] as number) * (b[a] as number);
    for (let a = 0; a < n; a++) (x[a] as number) += (part / value) * (vectors.data[a * n + i] as number);
  }
  return x;
}

function smallestMagnitude(values: Float64Array): number {
  return values.reduce((least, value) => Math.min(least, Math.abs(value)), Infinity);
}
