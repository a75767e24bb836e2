/** States how runs of gradient descent start, step and end. */
import type { RandomStream } from '../../base/random.ts';
import { type Matrix, matrix } from '../math/matrix.ts';
import { fillNormals } from '../math/normal.ts';

/** A run descends W ← W − step·∇L(W) from its start. */
export interface Protocol {
  /** The factor of ∇L itself, not of 2π∇L. */
  readonly step: number;
  /** Converged once max_i ‖2π∇_{w_i}L‖ is at or under this. */
  readonly stop: number;
  /** Once it is not under this, the run begins again from its start with half the step. */
  readonly ceiling: number;
  /** Given up after so many steps in all, those before a restart included. */
  readonly limit: number;
  /** A run that ends at this loss or above found a spurious minimum. */
  readonly spuriousLoss: number;
}

/**
 * The protocol of I. Safran, O. Shamir, arXiv:1712.08968, section 5, but for the limit: theirs is none. Its step
 * is one on L: their published program (github.com/ItaySafran/OneLayerGDconvergence, GD_code/findMinimum.m) computes
 * 2π∇L and divides the step by 2π. They take one more step after the gradient has become small, we do not.
 */
export const safranShamir: Protocol = {
  step: 0.1,
  stop: 1e-9,
  ceiling: 1e4,
  limit: 300_000,
  spuriousLoss: 1e-3,
};

/**
 * The protocol of I. Safran, G. Yehudai, O. Shamir, arXiv:2006.01005, for k neurons and targets: step 5/k, ended by
 * ‖∇L‖_F ≤ 1e-12. Runs stop by their largest row, so here by one that implies it.
 */
export function safranYehudaiShamir(k: number): Protocol {
  return { ...safranShamir, step: 5 / k, stop: (2 * Math.PI * 1e-12) / Math.sqrt(k) };
}

/**
 * The start of run number `run`: neurons x inputs entries from N(0, 1/inputs), drawn from the child stream `run`, so
 * that adding runs moves no other. Throws RangeError unless `run` is an integer in [0, 2^32).
 */
export function xavierStart(stream: RandomStream, run: number, neurons: number, inputs: number): Matrix {
  const scale = 1 / Math.sqrt(inputs);
  const normals = fillNormals(stream.split(run), neurons * inputs);
  return matrix(
    neurons,
    inputs,
    normals.map((x) => scale * x),
  );
}
