/** Says what the tracer of arcs asks of a function. */
import type { Matrix } from '../math/matrix.ts';

/** A twice differentiable function of `size` coordinates, orthonormal where spheres are to be spheres. */
export interface Landscape {
  readonly size: number;
  value(x: Float64Array): number;
  gradient(x: Float64Array): Float64Array;
  /** Only its lower triangle counts. */
  hessian(x: Float64Array): Matrix;
  /** How far x is from where the function has no derivative; absent where it has one everywhere. */
  room?(x: Float64Array): number;
}

/** The result, or undefined where the function is not defined (RangeError). Other errors pass. */
export function attempt<T>(evaluate: () => T): T | undefined {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
