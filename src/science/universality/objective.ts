/** Says what is minimised: a loss of flat weights with its derivatives, however it is computed. */
import type { Matrix } from '../math/matrix.ts';

/** The loss at a point, its gradient, and the Hessian's part JᵀJ that is never negative. */
export interface Linearised {
  readonly loss: number;
  readonly slope: Float64Array;
  /** Lower triangle. */
  readonly normal: Matrix;
}

/** A loss L on R^size. */
export interface Objective {
  readonly size: number;
  loss(weights: Float64Array): number;
  gradient(weights: Float64Array): Float64Array;
  /** Symmetric, size × size. */
  hessian(weights: Float64Array): Matrix;
  /** For sums of squares: what they are when the network is replaced by its tangent. */
  readonly linearised?: (weights: Float64Array) => Linearised;
}
