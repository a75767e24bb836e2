/** Looks for critical points of the loss of a tensor decomposition from given weights. */
import { type SymmetricEigen, symmetricEigen } from '../math/linear.ts';
import { frobenius, type Matrix, matrix } from '../math/matrix.ts';
import type { TensorNorm } from './kernel.ts';
import { gradient, hessian, loss } from './objective.ts';

/** `descent` lowers the loss and ends at minima; `newton` lowers ‖∇L‖ and ends at critical points of any index. */
export type Method = 'descent' | 'newton';

/**
 * `converged`: ‖∇L‖_F ≤ tolerance · max(1, |W|²). `diverging`: the objective falls while |W|_F passes the bound,
 * or has grown by 2% in the second half of all steps and is beyond 2√d, as where the infimum is not attained (border
 * rank). `stalled`: no step improves, or steps ran out.
 */
export type Outcome = 'converged' | 'diverging' | 'stalled';

export interface SearchSettings {
  readonly steps: number;
  readonly tolerance: number;
  /** |W|_F from which a run counts as diverging. */
  readonly bound: number;
}

export interface Found {
  readonly status: Outcome;
  readonly weights: Matrix;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly steps: number;
}

interface Position {
  readonly weights: Matrix;
  readonly slope: Matrix;
  readonly norm: number;
  /** What the method lowers. */
  readonly height: number;
}

/** How often a step is cut by a factor of 4 before the search gives up. */
const cuts = 20;
/** Entries and rows shorter than this at the end are tried as 0. */
const short = 0.02;
/** Levels of loss that are one, relative to the loss where it is above 1. */
const sameLoss = 1e-5;
/** ‖∇L‖ from which a stalled run may be near a critical point, for |W| ≤ 1, and steps to reach it. */
const nearby = 1e-2;
const settlingSteps = 30;

/** One run. Throws RangeError for entries that are not finite. */
export function search(norm: TensorNorm, start: Matrix, method: Method, settings: SearchSettings): Found {
  let position = positionOf(norm, start, method);
  let steps = 0;
  let halfway = Infinity;
  let status: Outcome | undefined;
  while (status === undefined) {
    if (2 * steps === settings.steps) halfway = frobenius(position.weights);
    if (isCritical(position, settings)) status = 'converged';
    else if (frobenius(position.weights) > settings.bound) status = 'diverging';
    else if (steps === settings.steps) status = grows(position, halfway) ? 'diverging' : 'stalled';
    if (status !== undefined) break;
    const next = improve(norm, position, method);
    if (next === undefined) status = 'stalled';
    else [position, steps] = [next, steps + 1];
  }
  if (status !== 'diverging') {
    const settled = settle(norm, position, settings);
    if (settled !== undefined) [position, status] = [settled, 'converged'];
  }
  const { weights } = position;
  return { status, weights, loss: loss(norm, weights), gradientNorm: position.norm, steps };
}

function grows({ weights }: Position, before: number): boolean {
  const size = frobenius(weights);
  return size > 1.02 * before && size > 2 * Math.sqrt(weights.columns);
}

function positionOf(norm: TensorNorm, weights: Matrix, method: Method): Position {
  const slope = gradient(norm, weights);
  const size = frobenius(slope);
  return { weights, slope, norm: size, height: method === 'descent' ? loss(norm, weights) : size };
}

function isCritical({ weights, norm: size }: Position, { tolerance }: SearchSettings): boolean {
  const scale = Math.max(1, frobenius(weights));
  return size <= tolerance * scale * scale;
}

/**
 * A step that lowers what the method lowers. In the eigenbasis of the Hessian a component g of the gradient becomes
 * −g/(|λ| + μ) for descent, −gλ/(λ² + μ²) for Newton's method, μ growing until the step helps.
 */
function improve(norm: TensorNorm, from: Position, method: Method): Position | undefined {
  const eigen = symmetricEigen(hessian(norm, from.weights));
  const size = Math.max(Math.abs(eigen.values[0]!), Math.abs(eigen.values.at(-1)!));
  let damping = Math.max(1e-10 * size, Math.min(from.norm, 1e-2 * size));
  for (let cut = 0; cut < cuts; cut++, damping *= 4) {
    const position = positionOf(norm, stepFrom(from, eigen, damping, method), method);
    const gain = from.height - position.height;
    if (gain > 0 || (gain >= -1e-12 * Math.max(1, from.height) && position.norm < 0.9 * from.norm))
      return position;
  }
  return undefined;
}

function stepFrom(
  { weights, slope }: Position,
  { values, vectors }: SymmetricEigen,
  damping: number,
  method: Method,
): Matrix {
  const n = values.length;
  const data = weights.data.slice();
  for (let i = 0; i < n; i++) {
    let part = 0;
    for (let a = 0; a < n; a++) part += vectors.data[a * n + i]! * slope.data[a]!;
    const value = values[i]!;
    const factor =
      method === 'descent'
        ? part / (Math.abs(value) + damping)
        : (part * value) / (value * value + damping * damping);
    for (let a = 0; a < n; a++) data[a]! -= factor * vectors.data[a * n + i]!;
  }
  return matrix(weights.rows, weights.columns, data);
}

/**
 * The critical point of the same loss that Newton's method reaches from the end of a run, short entries or short rows
 * set to 0: in directions in which the loss is flat to a higher order a run creeps, and its small entries mean nothing.
 */
function settle(norm: TensorNorm, from: Position, settings: SearchSettings): Position | undefined {
  const level = loss(norm, from.weights);
  const starts = [
    withoutShort(from.weights, 1),
    withoutShort(from.weights, from.weights.columns),
    from.weights,
  ];
  for (const start of starts) {
    const found = newton(norm, start, settings);
    if (found !== undefined && Math.abs(loss(norm, found.weights) - level) <= sameLoss * Math.max(1, level))
      return found;
  }
  return undefined;
}

function newton(norm: TensorNorm, weights: Matrix, settings: SearchSettings): Position | undefined {
  let position: Position | undefined = positionOf(norm, weights, 'newton');
  const near = nearby * Math.max(1, frobenius(weights));
  for (let step = 0; step < settlingSteps && position !== undefined && position.norm < near; step++) {
    if (isCritical(position, settings)) return position;
    position = improve(norm, position, 'newton');
  }
  return undefined;
}

/** The matrix with each run of `length` entries that is shorter than `short` set to 0. */
function withoutShort({ rows, columns, data }: Matrix, length: number): Matrix {
  const cleared = data.slice();
  for (let at = 0; at < cleared.length; at += length) {
    const part = cleared.subarray(at, at + length);
    if (part.reduce((sum, entry) => sum + entry * entry, 0) < short * short) part.fill(0);
  }
  return matrix(rows, columns, cleared);
}
