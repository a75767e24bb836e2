/** Goes down from weights to a critical point of a smooth loss, by Newton's method with the signs of curvature made right. */
import { type SymmetricEigen, symmetricEigen } from '../math/linear.ts';
import { dot } from '../math/matrix.ts';
import type { Objective } from './objective.ts';

/** When to stop. */
export interface Minimising {
  /** Converged once |∇L| is at or under this. */
  readonly gradient: number;
  readonly iterations: number;
}

/** Where it ended. */
export interface Minimised {
  readonly status: 'converged' | 'stalled' | 'exhausted';
  readonly weights: Float64Array;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly iterations: number;
  /** The eigenvalues of the Hessian there, ascending. */
  readonly eigenvalues: Float64Array;
  /** How many are negative, and how many 0, but for `noise` times the largest. */
  readonly index: number;
  readonly nullity: number;
}

/** Eigenvalues within this part of the largest count as 0. */
const noise = 1e-8;
/** In steps only those within this part: narrow valleys are to be followed. */
const blind = 1e-13;
/** A step is no longer than this part of 1 + |W|. */
const longest = 0.2;
const halvings = 30;
/** Below this the gradient, not the loss, says whether a step was good: the loss has no digits left. */
const near = 1e-5;

interface Position {
  readonly weights: Float64Array;
  readonly loss: number;
  readonly slope: Float64Array;
  readonly norm: number;
}

/**
 * Takes steps −Σ (u·∇L / |λ|) u over the eigenvectors u of the Hessian, halved until the loss falls (near the end:
 * the gradient), so that it goes down to a minimum and, once there, converges like Newton's method.
 */
export function minimise(objective: Objective, start: Float64Array, settings: Minimising): Minimised {
  let position = positionOf(objective, start);
  let eigen = symmetricEigen(objective.hessian(start));
  let status: Minimised['status'] = 'exhausted';
  let iterations = 0;
  for (; ; iterations++) {
    if (position.norm <= settings.gradient) status = 'converged';
    if (status === 'converged' || iterations === settings.iterations) break;
    const next = improve(objective, position, eigen);
    if (next === undefined) {
      status = 'stalled';
      break;
    }
    position = next;
    eigen = symmetricEigen(objective.hessian(next.weights));
  }
  const { weights, loss, norm: gradientNorm } = position;
  const floor = noise * largest(eigen.values);
  return {
    ...{ status, weights, loss, gradientNorm, iterations, eigenvalues: eigen.values },
    index: eigen.values.filter((value) => value < -floor).length,
    nullity: eigen.values.filter((value) => Math.abs(value) <= floor).length,
  };
}

function positionOf(objective: Objective, weights: Float64Array): Position {
  const slope = objective.gradient(weights);
  return { weights, loss: objective.loss(weights), slope, norm: Math.sqrt(dot(slope, slope)) };
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function improve(objective: Objective, from: Position, eigen: SymmetricEigen): Position | undefined {
  const step = stepOf(eigen, from.slope);
  const limit = longest * (1 + Math.sqrt(dot(from.weights, from.weights)));
  const length = Math.sqrt(dot(step, step));
  let factor = length > limit ? limit / length : 1;
  for (let halving = 0; halving <= halvings; halving++, factor /= 2) {
    const weights = from.weights.map((entry, p) => entry + factor * (step[p] as number));
    const next = positionOf(objective, weights);
    const better = from.norm < near ? next.norm < from.norm : next.loss < from.loss;
    if (better) return next;
  }
  return undefined;
}

function stepOf({ values, vectors }: SymmetricEigen, slope: Float64Array): Float64Array {
  const n = values.length;
  const floor = blind * largest(values);
  const step = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = Math.abs(values[i] as number);
    if (value <= floor) continue;
    let part = 0;
    for (let p = 0; p < n; p++) part += (vectors.data[p * n + i] as number) * (slope[p] as number);
    for (let p = 0; p < n; p++) (step[p] as number) -= (part / value) * (vectors.data[p * n + i] as number);
  }
  return step;
}
