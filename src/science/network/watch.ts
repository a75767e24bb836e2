/** Ends runs of gradient descent early where their end is known. */
import { log } from '../math/elementary.ts';
import { frobenius, type Matrix, subtract } from '../math/matrix.ts';
import { type Basin, basinFrom } from './basin.ts';
import { twoPi } from './kernel.ts';
import { loss } from './loss.ts';
import type { Protocol } from './protocol.ts';
import type { Look, Shortcut, Watch } from './train.ts';

/** Steps from one look to the next. */
const every = 100;

/** Weights beyond which two factorisations of the Hessian cost more than the steps that they save. */
const largestHessian = 1000;

/** Newton's method is tried once max_i ‖∇_{w_i}L‖ is below this times the square of the decay rate of the gradient. */
const promise = 0.03;

/**
 * A watch that ends a run at the minimum whose basin it is in (see `basinFrom`), so that it gives what the protocol
 * would. With more neurons than targets, where global minima are not isolated and descent approaches them ever more
 * slowly, a run also ends as `settled` once its loss is under the spurious one at two looks and falling: descent
 * with a stable step does not raise the loss again. Networks of over a thousand weights are not certified.
 */
export function shortcuts(neurons: number, target: Matrix, protocol: Protocol): Watch {
  return {
    every,
    begin() {
      const small = neurons * target.columns <= largestHessian;
      const certify: Look = small ? basinWatch(target, protocol.stop) : () => undefined;
      if (neurons <= target.rows) return certify;
      const settle = lossWatch(target, protocol.spuriousLoss);
      return (progress) => settle(progress) ?? certify(progress);
    },
  };
}

function lossWatch(target: Matrix, spuriousLoss: number): Look {
  let before = -Infinity;
  return ({ weights, largestRow }) => {
    const here = weights();
    const now = loss(here, target);
    const settled = now < before && before < spuriousLoss;
    before = now;
    return settled ? { status: 'settled', weights: here, largestRow, newton: 0 } : undefined;
  };
}

/**
 * Guesses the minimum ahead by Newton's method, then waits until descent has come into its basin. The first guess is
 * made where the gradient decays as near a minimum; a guess that descent has not reached when the gradient has
 * fallen by a factor of 8 is dropped for a new one.
 */
function basinWatch(target: Matrix, stop: number): Look {
  let basin: Basin | undefined;
  let before = 0;
  let next = Infinity;
  return ({ weights, largestRow, step }) => {
    const rate = before > largestRow ? log(before / largestRow) / (every * step) : 0;
    before = largestRow;
    if (largestRow < next && largestRow / twoPi < promise * rate * rate) {
      basin = basinFrom(weights(), target, step, stop);
      next = largestRow / 8;
    }
    if (basin === undefined) return undefined;
    const inside = frobenius(subtract(weights(), basin.minimum)) < basin.radius;
    return inside ? ended(basin) : undefined;
  };
}

function ended({ minimum, largestRow, newton }: Basin): Shortcut {
  return { status: 'certified', weights: minimum, largestRow, newton };
}
