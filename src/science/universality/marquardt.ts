/** Follows narrow valleys of a sum of squares down to near a minimum. */
import { choleskyFactor, choleskySolve } from '../math/linear.ts';
import { dot } from '../math/matrix.ts';
import type { Linearised } from './objective.ts';

/** When to stop. */
export interface Valley {
  /** |∇L| that is small enough. */
  readonly gradient: number;
  readonly iterations: number;
}

/** The first damping, over the largest diagonal entry of JᵀJ. */
const first = 1e-3;
/** Given up beyond this damping: no step goes down any more. */
const most = 1e12;

/**
 * Steps −(JᵀJ + μI)⁻¹∇L, where μ shrinks while they bring what the linearised network promises and grows where not.
 * Source: H. B. Nielsen, "Damping parameter in Marquardt's method", IMM-REP-1999-05.
 */
export function marquardt(
  linearised: (weights: Float64Array) => Linearised,
  start: Float64Array,
  { gradient, iterations }: Valley,
): Float64Array {
  let weights = start;
  let here = linearised(weights);
  let damping = first * largestDiagonal(here);
  let growth = 2;
  for (let taken = 0; taken < iterations && damping < most; taken++) {
    if (Math.sqrt(dot(here.slope, here.slope)) <= gradient) break;
    const step = dampedStep(here, damping);
    const next = step && weights.map((entry, p) => entry - (step[p] as number));
    const there = next && linearised(next);
    const promised = step === undefined ? 1 : 0.5 * (damping * dot(step, step) + dot(step, here.slope));
    const gain = there === undefined ? -1 : (here.loss - there.loss) / promised;
    if (next !== undefined && there !== undefined && gain > 0) {
      [weights, here] = [next, there];
      const bend = 2 * gain - 1;
      damping *= Math.max(1 / 3, 1 - bend * bend * bend);
      growth = 2;
    } else {
      damping *= growth;
      growth *= 2;
    }
  }
  return weights;
}

function largestDiagonal({ normal: { rows, data } }: Linearised): number {
  let largest = 0;
  for (let p = 0; p < rows; p++) largest = Math.max(largest, data[p * rows + p] as number);
  return largest;
}

function dampedStep({ normal, slope }: Linearised, damping: number): Float64Array | undefined {
  const damped = { ...normal, data: normal.data.slice() };
  for (let p = 0; p < normal.rows; p++) (damped.data[p * normal.rows + p] as number) += damping;
  const factor = choleskyFactor(damped);
  return factor && choleskySolve(factor, slope);
}
