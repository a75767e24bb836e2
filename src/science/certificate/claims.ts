/** Proves rounded decimals: that the loss, and every eigenvalue, lies within half a unit of the digits shown. */
import { blockOf } from '../family/blocks.ts';
import { type Irrep, irrepName, irrepsOf } from '../family/irreps.ts';
import type { State } from '../family/problem.ts';
import { valueAt } from '../family/value.ts';
import type { Component } from '../checker/format.ts';
import { directedFixed } from '../math/precision/directed-fixed.ts';
import type { Directed } from '../math/precision/directed.ts';
import { isInside } from '../math/precision/interval.ts';
import {
  type Decimal,
  parseDecimal,
  powerOfTen,
  roundedDecimal,
  roundingBox,
  roundingEnds,
} from './decimal.ts';
import { exactDimension } from './dimension.ts';
import { countBelow, type Range } from './proof.ts';
import { eigenvaluesAt, type Shape, type Solution } from './solve.ts';

/** Thrown where a claim, or the existence itself, could not be proved. */
export class Unproved extends Error {
  override readonly name = 'Unproved';
}

/** Decimal places shown: of entries, of the loss, of eigenvalues. */
export interface Places {
  readonly entries: number;
  readonly loss: number;
  readonly eigenvalues: number;
}

/** The state computed with fixed-point numbers, and enclosed by intervals, at one and the same point. */
export interface Sandwich {
  readonly bits: number;
  readonly shape: Shape;
  readonly d: Decimal;
  readonly solution: Pick<Solution, 'field' | 'state'>;
  readonly enclosed: State<Range>;
}

/** The irreps at d. */
export function irrepsAt({ solution, shape, d }: Pick<Sandwich, 'solution' | 'shape' | 'd'>): Irrep[] {
  const rest = shape.minorities.reduce((sum, size) => sum + size, 0);
  const size = Number(d.units) / Number(powerOfTen(d.places));
  return irrepsOf(solution.state.problem.space, [size - rest, ...shape.minorities]);
}

/** All components with their eigenvalues to so many places, each proved. Throws Unproved. */
export function provedComponents(sandwich: Sandwich, places: number): Component[] {
  const { solution, shape, d } = sandwich;
  const { space } = solution.state.problem;
  return irrepsAt(sandwich).map((irrep) => ({
    irrep: irrepName(irrep, space),
    multiplicity: exactDimension(irrep, space, shape.minorities, d),
    eigenvalues: provedEigenvalues(sandwich, irrep, places),
  }));
}

function provedEigenvalues({ bits, solution, enclosed }: Sandwich, irrep: Irrep, places: number): string[] {
  const { field } = enclosed.problem;
  const ends = directedFixed(bits);
  const block = blockOf(enclosed, irrep);
  const twoPi = field.scale(field.pi, 2);
  return eigenvaluesAt(solution, irrep).map((value, i) => {
    const text = roundedDecimal(value, bits, places);
    const [low, high] = roundingEnds(parseDecimal(text), bits).map((end) =>
      countBelow(ends, field, block, field.mul(end, twoPi)),
    ) as [number | undefined, number | undefined];
    if (low === undefined || high === undefined || low > i || high <= i)
      throw new Unproved(`eigenvalue ${i + 1} of ${irrep.kind} was not proved to be ${text}`);
    return text;
  });
}

/** A decimal that is proved to be the value rounded. Throws Unproved. */
function provedRounding(
  ends: Directed<bigint>,
  bits: number,
  value: bigint,
  enclosed: Range,
  places: number,
): string {
  const text = roundedDecimal(value, bits, places);
  if (!isInside(ends, enclosed, roundingBox(parseDecimal(text), bits)))
    throw new Unproved(`${text} was not proved to be the nearest decimal`);
  return text;
}

/** The loss to so many places. Throws Unproved. */
export function provedLoss({ bits, enclosed }: Sandwich, loss: bigint, places: number): string {
  const { field } = enclosed.problem;
  const range = field.div(valueAt(enclosed), field.scale(field.pi, 2));
  return provedRounding(directedFixed(bits), bits, loss, range, places);
}
