/** Splits neurons of a ReLU network in two, and says what that does to the curvature of the population loss. */
import { symmetricEigen } from '../math/linear.ts';
import { type Matrix, matrix } from '../math/matrix.ts';
import { hessian } from '../network/hessian.ts';

/**
 * The weights with row `neuron` replaced by `share` times itself and (1 − share) times itself added as a last row: the
 * same network with one neuron more. Throws RangeError unless 0 < share < 1 and there is such a row.
 */
export function splitNeuron(weights: Matrix, neuron: number, share: number): Matrix {
  const { rows, columns, data } = weights;
  if (!(share > 0 && share < 1)) throw new RangeError(`a share of ${share} splits no neuron`);
  if (!Number.isInteger(neuron) || neuron < 0 || neuron >= rows)
    throw new RangeError(`no neuron ${neuron} among ${rows}`);
  const result = matrix(rows + 1, columns);
  result.data.set(data);
  for (let l = 0; l < columns; l++) {
    const entry = data[neuron * columns + l] as number;
    result.data[neuron * columns + l] = share * entry;
    result.data[rows * columns + l] = (1 - share) * entry;
  }
  return result;
}

/** What bends a neuron's block of the Hessian away from that of a neuron alone. */
export interface Slack {
  /** The least eigenvalue of H_ii − I/2. */
  readonly value: number;
  /** A unit vector that it belongs to. */
  readonly direction: Float64Array;
}

/** The slack of every neuron, in order. Throws as `hessian`. */
export function slacks(weights: Matrix, target: Matrix): Slack[] {
  const { rows, columns: d } = weights;
  const whole = hessian(weights, target);
  return Array.from({ length: rows }, (_, i) => {
    const block = matrix(d, d);
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++)
        block.data[a * d + b] =
          (whole.data[(i * d + a) * whole.columns + i * d + b] as number) - (a === b ? 0.5 : 0);
    const { values, vectors } = symmetricEigen(block);
    const direction = Float64Array.from({ length: d }, (_unused, a) => vectors.data[a * d] as number);
    return { value: values[0] as number, direction };
  });
}

/**
 * The second derivative of the loss along (u, −u)/√2 on the two parts of a split neuron, u a unit vector with
 * uᵀ(H_ii − I/2)u = slack: ½(1/share + 1/(1 − share))·slack. Negative slack so makes a saddle of any critical point.
 *
 * The two parts are parallel, where h₂ = I/2, and h₁(w, v) goes like 1/|w|; so the block of a part of length s|w| is
 * I/2 + (H_ii − I/2)/s. Source: arXiv:2006.01005, section on splitting; derived here from the blocks of `hessian`.
 */
export function splitCurvature(slack: number, share: number): number {
  return 0.5 * (1 / share + 1 / (1 - share)) * slack;
}

/** The direction (u, −u)/√2 in the space of the split weights, row by row. */
export function splitDirection(weights: Matrix, neuron: number, direction: Float64Array): Float64Array {
  const { rows, columns } = weights;
  const result = new Float64Array((rows + 1) * columns);
  const half = Math.sqrt(0.5);
  direction.forEach((entry, l) => {
    result[neuron * columns + l] = half * entry;
    result[rows * columns + l] = -half * entry;
  });
  return result;
}
