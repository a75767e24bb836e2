/** Looks for negative curvature near a global minimum with a split neuron. */
import { symmetricEigenvalues } from '../math/linear.ts';
import { identity, type Matrix } from '../math/matrix.ts';
import { hessian } from '../network/hessian.ts';
import { splitNeuron } from './split.ts';

/** A point near a split global minimum, by its distance (Frobenius), and the least eigenvalue of the Hessian there. */
export interface NearPoint {
  readonly distance: number;
  readonly least: number;
}

/**
 * The weights I with neuron 0 split, `distance` away from it: neuron 1 is shorter by so much. Its pull on the parts
 * of neuron 0 then no longer makes up for that of its target: H_ii − I/2 falls by distance·h₁(w, e_1).
 */
export function nearGlobal(k: number, share: number, distance: number): Matrix {
  const weights = splitNeuron(identity(k), 0, share);
  (weights.data[k + 1] as number) -= distance;
  return weights;
}

/** The least eigenvalue of the Hessian at each distance from the split global minimum, and at 0. */
export function nearPoints(k: number, share: number, distances: readonly number[]): NearPoint[] {
  return distances.map((distance) => ({
    distance,
    least: symmetricEigenvalues(hessian(nearGlobal(k, share, distance), identity(k)))[0] as number,
  }));
}
