/** Finds minima with a ball around them from which gradient descent must end in them. */
import { choleskyFactor, choleskySolve } from '../math/linear.ts';
import { apply, dot, frobenius, type Matrix, matrix, subtract } from '../math/matrix.ts';
import { hessianBend } from './bend.ts';
import { gradient, gradientNorms } from './gradient.ts';
import { hessian } from './hessian.ts';

/** Enough for a least eigenvalue a few percent too large; one that is not costs a second factorisation. */
const inverseIterations = 8;

/** A minimum of L, and a ball around it in which descent W ← W − step·∇L(W) tends to it. */
export interface Basin {
  readonly minimum: Matrix;
  /** max_i ‖2π∇_{w_i}L‖ there. */
  readonly largestRow: number;
  /** Frobenius; descent from any point nearer than this ends in the minimum. */
  readonly radius: number;
  /** The least eigenvalue of the Hessian at the minimum is at least this. */
  readonly modulus: number;
  /** The steps of Newton's method that led to it. */
  readonly newton: number;
}

/**
 * The basin of the minimum to which Newton's method leads from the weights, or undefined where it leads to none.
 *
 * Let H(W*) ≥ μ at the critical point W*, M bound the Hessian's change (`hessianBend`), and R < μ/M. In the ball of
 * radius R around W*, H ≥ μ − MR > 0, so L has no other critical point there. If moreover
 * step·(‖H(W*)‖ + MR) < 2, a step from a point of the ball brings it nearer to W* by a factor below 1; so descent
 * that is once inside converges to W*. μ comes from a Cholesky factorisation of H − μ. The argument is exact but
 * for the distance of W* from the computed point, some 1e-13/μ; its arithmetic is not directed.
 */
export function basinFrom(weights: Matrix, target: Matrix, step: number, stop: number): Basin | undefined {
  const bottom = newton(weights, target);
  if (bottom === undefined || !(bottom.largestRow <= stop)) return undefined;
  const minimum = bottom.weights;
  const curvature = hessian(minimum, target);
  const modulus = provenModulus(curvature, bottom.factor);
  if (modulus === undefined) return undefined;
  const outer = 0.1 * shortest(minimum);
  const bend = hessianBend(minimum, target, outer);
  const radius = 0.99 * Math.min(outer, modulus / bend);
  if (step * (largestRowSum(curvature) + bend * radius) >= 2) return undefined;
  return { minimum, largestRow: bottom.largestRow, radius, modulus, newton: bottom.steps };
}

interface Bottom {
  readonly weights: Matrix;
  readonly largestRow: number;
  readonly steps: number;
  /** The Cholesky factor of the Hessian at the start. */
  readonly factor: Matrix;
}

/**
 * Newton's method with the Hessian at the start, as long as the gradient keeps halving; undefined where that
 * Hessian is not positive definite or the first step fails.
 */
function newton(start: Matrix, target: Matrix): Bottom | undefined {
  const factor = choleskyFactor(hessian(start, target));
  if (factor === undefined) return undefined;
  let weights = start;
  let slope = gradient(start, target);
  let { largestScaledRow: largestRow } = gradientNorms(slope);
  for (let steps = 0; steps < 60; steps++) {
    const change = matrix(start.rows, start.columns, choleskySolve(factor, slope.data));
    if (!(frobenius(change) < shortest(weights))) return undefined;
    const next = subtract(weights, change);
    const nextSlope = gradient(next, target);
    const { largestScaledRow } = gradientNorms(nextSlope);
    if (!(largestScaledRow < largestRow / 2))
      return steps === 0 ? undefined : { weights, largestRow, steps, factor };
    [weights, slope, largestRow] = [next, nextSlope, largestScaledRow];
  }
  return undefined;
}

/** A proved lower bound of the least eigenvalue of a, mostly near it, given the Cholesky factor of a matrix near a. */
function provenModulus(a: Matrix, factor: Matrix): number | undefined {
  for (let guess = 0.95 * leastEigenvalue(a, factor), tries = 0; guess > 0 && tries < 4; guess /= 2, tries++)
    if (choleskyFactor(shifted(a, guess)) !== undefined) return guess;
  return undefined;
}

/** An upper bound of the least eigenvalue of a, by inverse iterations with the matrix near it. */
function leastEigenvalue(a: Matrix, factor: Matrix): number {
  let vector = Float64Array.from({ length: factor.rows }, (_, i) => 1 + 1 / (i + 2) - 2 * (i % 2));
  for (let round = 0; round < inverseIterations; round++) {
    const next = choleskySolve(factor, vector);
    const length = Math.sqrt(dot(next, next));
    vector = next.map((x) => x / length);
  }
  return dot(vector, apply(a, vector));
}

function shifted(a: Matrix, by: number): Matrix {
  const result = { ...a, data: a.data.slice() };
  for (let i = 0; i < a.rows; i++) (result.data[i * a.columns + i] as number) -= by;
  return result;
}

/** The length of the shortest row. */
function shortest({ rows, columns, data }: Matrix): number {
  let least = Infinity;
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    least = Math.min(least, dot(row, row));
  }
  return Math.sqrt(least);
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
