/** Decides whether gradient descent is bound to reach a certain minimum, and goes there by Newton's method. */
import { present } from '../../base/invariant.ts';
import { choleskyFactor, choleskySolve } from '../math/linear.ts';
import { frobenius, type Matrix, matrix, subtract } from '../math/matrix.ts';
import { hessianBend } from './bend.ts';
import { gradient, gradientNorms } from './gradient.ts';
import { hessian } from './hessian.ts';

/** A ball around the weights in which L is strongly convex, and so has one critical point: where descent ends. */
export interface Basin {
  /** Its radius; the minimum is within half of it. */
  readonly radius: number;
  /** The least eigenvalue of the Hessian in it is at least this. */
  readonly modulus: number;
  /** The Hessian at the weights. */
  readonly curvature: Matrix;
}

/**
 * The basin around weights W for descent W ← W − step·∇L, or undefined where none could be shown.
 *
 * Let H(W) ≥ μ, M bound the Hessian's change (`hessianBend`) and g = ‖∇L(W)‖_F. In the ball of radius R = μ/2M, L has
 * modulus m = μ − MR = μ/2. If g ≤ mR/2, that is μ² ≥ 8Mg, then ⟨∇L(W + U), U⟩ ≥ m|U|² − g|U| > 0 for R/2 < |U| ≤ R,
 * so L has one critical point W* in the ball, and |W* − W| ≤ R/2. If moreover step·(‖H(W)‖ + MR) < 2, a step from
 * any point nearer to W* than R/2 brings it nearer by a factor below 1, so descent stays in the ball and ends at W*.
 * μ = √(8Mg) is tried by a Cholesky factorisation of H − μ; the argument is exact, its arithmetic is not directed.
 */
export function basinOf(weights: Matrix, target: Matrix, step: number, slope: Matrix): Basin | undefined {
  const outer = 0.1 * leastLength(weights);
  const bend = hessianBend(weights, target, outer);
  const needed = Math.sqrt(8 * bend * frobenius(slope));
  const radius = needed / (2 * bend);
  if (radius > outer) return undefined;
  const curvature = hessian(weights, target);
  if (step * (largestRowSum(curvature) + bend * radius) >= 2) return undefined;
  if (choleskyFactor(shifted(curvature, needed)) === undefined) return undefined;
  return { radius, modulus: needed / 2, curvature };
}

/** The least eigenvalue that the Hessian must have for `basinOf` to hold, if ‖∇L‖_F is `slope`. */
export function neededModulus(weights: Matrix, target: Matrix, slope: number): number {
  return Math.sqrt(8 * hessianBend(weights, target, 0.1 * leastLength(weights)) * slope);
}

/** The minimum of a basin, or how far Newton's method came. */
export interface Descent {
  readonly status: 'reached' | 'stalled';
  readonly weights: Matrix;
  /** max_i ‖2π∇_{w_i}L‖ there. */
  readonly largestRow: number;
  readonly iterations: number;
}

/**
 * The minimum in a basin, by Newton's method with the Hessian at the weights, which in the ball contracts by
 * MR/2μ ≤ 1/4 a step. Goes on while the gradient keeps halving, so to rounding error; `reached` if then
 * max_i ‖2π∇_{w_i}L‖ ≤ stop and the point is where the basin says.
 */
export function bottomOf(weights: Matrix, target: Matrix, basin: Basin, stop: number): Descent {
  const factor = present(choleskyFactor(basin.curvature), 'the Cholesky factor in a basin');
  let current = weights;
  let slope = gradient(weights, target);
  let largestRow = gradientNorms(slope).largestScaledRow;
  let iterations = 0;
  for (; iterations < 60; iterations++) {
    const change = matrix(weights.rows, weights.columns, choleskySolve(factor, slope.data));
    const next = subtract(current, change);
    const nextSlope = gradient(next, target);
    const nextRow = gradientNorms(nextSlope).largestScaledRow;
    if (!(nextRow < largestRow / 2)) break;
    [current, slope, largestRow] = [next, nextSlope, nextRow];
  }
  const inside = frobenius(subtract(current, weights)) <= basin.radius;
  return {
    status: largestRow <= stop && inside ? 'reached' : 'stalled',
    weights: current,
    largestRow,
    iterations,
  };
}

function leastLength({ rows, columns, data }: Matrix): number {
  let least = Infinity;
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    least = Math.min(least, frobenius(matrix(1, columns, row)));
  }
  return least;
}

/** The largest sum of a row's absolute values, a bound of the spectral norm. */
function largestRowSum({ rows, columns, data }: Matrix): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = i * columns; j < (i + 1) * columns; j++) sum += Math.abs(data[j] as number);
    largest = Math.max(largest, sum);
  }
  return largest;
}

function shifted(a: Matrix, by: number): Matrix {
  const result = { ...a, data: a.data.slice() };
  for (let i = 0; i < a.rows; i++) (result.data[i * a.columns + i] as number) -= by;
  return result;
}
