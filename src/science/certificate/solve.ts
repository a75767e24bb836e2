/** Finds critical points and their spectra to as many digits as a certificate shows. */
import { blockOf } from '../family/blocks.ts';
import { type Branch, problemAt } from '../family/branch.ts';
import type { Irrep } from '../family/irreps.ts';
import { gradientAt } from '../family/gradient.ts';
import { multiplicities, type State, stateAt } from '../family/problem.ts';
import { eigenvaluesOf } from '../family/symmetric.ts';
import { valueAt } from '../family/value.ts';
import { luFactor, luSolve, type RegularLu } from '../math/linear.ts';
import { fromRows } from '../math/matrix.ts';
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

/** More steps than 384 or 1280 binary digits ever need. */
const mostSteps = 200;

/** A derivative is used again as long as each step is this much shorter than the one before. */
const renewal = 1e-6;

/**
 * The critical point at `d` that Newton's method reaches from `start`: slopes and derivatives in fixed-point numbers,
 * the latter factored in doubles, so that each step gains some ten digits, until none is left. Undefined where a
 * derivative is singular, or the steps stop shrinking before half of the digits of the arithmetic are right.
 */
export function solveAt(
  field: Field<bigint>,
  shape: Shape,
  d: bigint,
  start: readonly number[],
): Solution | undefined {
  const problem = problemAt(field, shape, d);
  const lengths = multiplicities(problem).map((count) => Math.sqrt(field.toNumber(count)));
  const enough = scaleByTwo(1, -(bitLength(field.one) >> 1));
  let values = start.map((value) => field.fromNumber(value));
  let lu: RegularLu | undefined;
  let last = Infinity;
  let gain = 1;
  for (let steps = 0; steps < mostSteps; steps++) {
    const state = stateAt(problem, values);
    if (gain > renewal) lu = derivativeAt(state);
    if (lu === undefined) return undefined;
    const slopes = gradientAt(state).map((value, i) => field.toNumber(value) * (lengths[i] as number));
    const step = luSolve(lu, Float64Array.from(slopes));
    const size = Math.max(...step.map(Math.abs));
    if (size <= enough && size >= last / 2) return { field, state, values };
    gain = size / last;
    last = size;
    values = values.map((value, i) => value - field.fromNumber((step[i] as number) / (lengths[i] as number)));
  }
  return undefined;
}

function derivativeAt(state: State<bigint>): RegularLu | undefined {
  const { field } = state.problem;
  const lu = luFactor(
    fromRows(blockOf(state, { kind: 't' }).map((row) => row.map((value) => field.toNumber(value)))),
  );
  return lu.status === 'regular' ? lu : undefined;
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
