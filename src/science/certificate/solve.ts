/** Finds critical points and their spectra to as many digits as a certificate shows. */
import { plain } from '../family/arithmetic.ts';
import { blockOf } from '../family/blocks.ts';
import { type Branch, problemAt } from '../family/branch.ts';
import type { Irrep } from '../family/irreps.ts';
import { refine } from '../family/newton.ts';
import type { State } from '../family/problem.ts';
import { eigenvaluesOf } from '../family/symmetric.ts';
import { valueAt } from '../family/value.ts';
import type { Field } from '../math/precision/field.ts';
import { bitLength, scaleByTwo } from '../math/precision/fixed.ts';

/** A critical point in fixed-point numbers. */
export interface Solution {
  readonly field: Field<bigint>;
  readonly state: State<bigint>;
  readonly values: readonly bigint[];
}

/** What a branch is made of, without its guess. */
export type Shape = Pick<Branch, 'name' | 'minorities' | 'extras'>;

/** The critical point at `d` that Newton's method reaches from `start`; undefined where its derivative is singular. */
export function solveAt(
  field: Field<bigint>,
  shape: Shape,
  d: bigint,
  start: readonly number[],
): Solution | undefined {
  const coarse = problemAt(plain(), shape, field.toNumber(d));
  // Each step gains the digits of a derivative in doubles; it ends by itself where steps no longer shrink.
  const refined = refine(problemAt(field, shape, d), coarse, start, 0);
  return refined === undefined ? undefined : { field, state: refined.state, values: refined.values };
}

/** The loss. */
export function lossAt({ field, state }: Pick<Solution, 'field' | 'state'>): bigint {
  return field.div(valueAt(state), field.scale(field.pi, 2));
}

/**
 * The eigenvalues of the Hessian on an irrep, ascending, to all but some 40 of the binary digits of the arithmetic,
 * relative to the largest.
 */
export function eigenvaluesAt({ field, state }: Pick<Solution, 'field' | 'state'>, irrep: Irrep): bigint[] {
  const twoPi = field.scale(field.pi, 2);
  const tolerance = scaleByTwo(1, 40 - (bitLength(field.one) - 1));
  return eigenvaluesOf(field, blockOf(state, irrep), tolerance).map((value) => field.div(value, twoPi));
}
