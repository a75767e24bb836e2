/** Estimates the population loss from random inputs: the definition itself, to check the closed form by. */
import type { RandomStream } from '../../base/random.ts';
import type { Matrix } from '../math/matrix.ts';
import { fillNormals } from '../math/normal.ts';

/** A mean over independent samples. */
export interface Estimate {
  readonly mean: number;
  /** The standard deviation of the mean, itself estimated from the samples. */
  readonly standardError: number;
  readonly samples: number;
}

/**
 * ½ (Σ_i max(0, w_i·x) − Σ_j max(0, v_j·x))² averaged over `samples` inputs x ~ N(0, I) drawn from the stream.
 * Throws RangeError for different widths or fewer than two samples.
 */
export function sampledLoss(
  weights: Matrix,
  target: Matrix,
  samples: number,
  stream: RandomStream,
): Estimate {
  if (weights.columns !== target.columns)
    throw new RangeError(`the weights have ${weights.columns} inputs, the target ${target.columns}`);
  if (!Number.isInteger(samples) || samples < 2) throw new RangeError(`no error from ${samples} samples`);
  let mean = 0;
  let squares = 0;
  for (let count = 1; count <= samples; count++) {
    const x = fillNormals(stream, weights.columns);
    const difference = output(weights, x) - output(target, x);
    const value = 0.5 * difference * difference;
    const change = value - mean;
    mean += change / count;
    squares += change * (value - mean);
  }
  return { mean, standardError: Math.sqrt(squares / (samples - 1) / samples), samples };
}

/** Σ_i max(0, w_i·x). */
function output({ rows, columns, data }: Matrix, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    let product = 0;
    for (let l = 0; l < columns; l++) product += (data[i * columns + l] as number) * (x[l] as number);
    sum += Math.max(0, product);
  }
  return sum;
}
