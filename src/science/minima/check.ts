/** Holds the closed form of the loss against its definition, a mean over random inputs. */
import type { RandomStream } from '../../base/random.ts';
import { identity, type Matrix } from '../math/matrix.ts';
import { sampledLoss } from '../network/sampled.ts';

/** A loss, and the estimate of it. */
export interface LossCheck {
  readonly loss: number;
  readonly samples: number;
  readonly mean: number;
  readonly standardError: number;
  /** How many standard errors the mean is above the loss: about normal, if the closed form is right. */
  readonly score: number;
}

/** Checks the loss of weights for the target I, by `samples` inputs from the stream. Throws as `sampledLoss`. */
export function checkLoss(weights: Matrix, loss: number, samples: number, stream: RandomStream): LossCheck {
  const { mean, standardError } = sampledLoss(weights, identity(weights.columns), samples, stream);
  return { loss, samples, mean, standardError, score: (mean - loss) / standardError };
}
