/** Ends runs of gradient descent early where their end is known. */
import { log } from '../math/elementary.ts';
import { frobenius, type Matrix } from '../math/matrix.ts';
import { basinOf, bottomOf, neededModulus } from './basin.ts';
import { gradient } from './gradient.ts';
import { twoPi } from './kernel.ts';
import { loss } from './loss.ts';
import type { Protocol } from './protocol.ts';
import type { Progress, Shortcut, Watch } from './train.ts';

/** Steps from one look to the next. */
const every = 100;

/**
 * A watch that ends a run at the minimum whose basin it is in (see `basinOf`), so that it gives what the protocol
 * would. With more neurons than targets, where global minima are not isolated and descent approaches them ever more
 * slowly, a run also ends as `settled` once its loss is under the spurious one at two looks and falling: descent
 * with a stable step does not raise the loss again.
 */
export function shortcuts(target: Matrix, protocol: Protocol): Watch {
  return {
    every,
    begin() {
      const certify = basinWatch(target, protocol.stop);
      const settle = lossWatch(target, protocol.spuriousLoss);
      return (progress) =>
        (progress.weights.rows > target.rows ? settle(progress) : undefined) ?? certify(progress);
    },
  };
}

function lossWatch(target: Matrix, spuriousLoss: number): (progress: Progress) => Shortcut | undefined {
  let before = -Infinity;
  return ({ weights, largestRow }) => {
    const now = loss(weights, target);
    const settled = now < before && before < spuriousLoss;
    before = now;
    return settled ? { status: 'settled', weights, largestRow, newton: 0 } : undefined;
  };
}

/**
 * Looks for the basin once the decay of the gradient since the last look promises one: e^{-λ·step} a step at the least
 * eigenvalue λ. After a failure the modulus needed must fall by half before the next attempt.
 */
function basinWatch(target: Matrix, stop: number): (progress: Progress) => Shortcut | undefined {
  let before = 0;
  let failed = Infinity;
  return ({ weights, largestRow, step }) => {
    const seen = before > largestRow ? log(before / largestRow) / (every * step) : 0;
    before = largestRow;
    const least = neededModulus(weights, target, largestRow / twoPi);
    if (least > seen || least > failed / 2) return undefined;
    const slope = gradient(weights, target);
    const needed = neededModulus(weights, target, frobenius(slope));
    if (needed > seen || needed > failed / 2) return undefined;
    const basin = basinOf(weights, target, step, slope);
    const bottom = basin && bottomOf(weights, target, basin, stop);
    if (bottom?.status !== 'reached') {
      failed = needed;
      return undefined;
    }
    return {
      status: 'certified',
      weights: bottom.weights,
      largestRow: bottom.largestRow,
      newton: bottom.iterations,
    };
  };
}
