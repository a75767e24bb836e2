/** Certifies thresholds: the d at which an eigenvalue changes its sign along a branch, between two proved signs. */
import { blockOf } from '../family/blocks.ts';
import { type Branch, problemAt } from '../family/branch.ts';
import { type Irrep, irrepName } from '../family/irreps.ts';
import { coordinateName } from '../family/space.ts';
import type { ThresholdCertificate } from '../checker/format.ts';
import { directedFixed } from '../math/precision/directed-fixed.ts';
import { fixedField } from '../math/precision/fixed-field.ts';
import { intervalField } from '../math/precision/interval-field.ts';
import { attempted, type Certification, proofBits, structureOf } from './certify.ts';
import { irrepsAt, Unproved } from './claims.ts';
import { parseDecimal, roundedDecimal, roundingBox, roundingEnds } from './decimal.ts';
import { countBelow, proveZero, type Range, tighten } from './proof.ts';
import { eigenvaluesAt, type Shape, solveAt, type Solution } from './solve.ts';

/** A crossing as it was computed in doubles, with the entries there. */
export interface Crossing {
  readonly irrep: string;
  readonly d: number;
  readonly entries: readonly number[];
}

/** Places shown of d and of the entries: the entries move less within half a unit of d than their own half unit. */
export interface CrossingPlaces {
  readonly d: number;
  readonly entries: number;
}

const usualCrossingPlaces: CrossingPlaces = { d: 40, entries: 30 };

/** Secant steps: each adds about 60% of the digits known, from the 12 of the start to more than 100. */
const mostSteps = 12;

/**
 * The certificate of a crossing: for every d that rounds to the one shown there is one critical point with the
 * entries shown, and the eigenvalue is proved negative at one end and positive at the other. `undecided` where the
 * eigenvalue belongs to t: there the branch folds, and is not one curve over d.
 */
export function certifyThreshold(
  shape: Pick<Branch, 'name' | 'minorities' | 'extras'>,
  crossing: Crossing,
  places: CrossingPlaces = usualCrossingPlaces,
): Certification<ThresholdCertificate> {
  return attempted(() => thresholdProof(shape, crossing, places));
}

function thresholdProof(
  shape: Shape,
  crossing: Crossing,
  places: CrossingPlaces,
): Certification<ThresholdCertificate> {
  const bits = proofBits;
  const ends = directedFixed(bits);
  const found = sharpened(shape, crossing, bits);
  const d = roundedDecimal(found.d, bits, places.d);
  const texts = found.values.map((value) => roundedDecimal(value, bits, places.entries));
  const box = texts.map((text) => roundingBox(parseDecimal(text), bits));
  const problem = problemAt(intervalField(ends), shape, roundingBox(parseDecimal(d), bits));
  const zero = proveZero(ends, problem, box);
  if (zero === undefined) throw new Unproved('no branch was proved around the threshold');
  const [below, above] = roundingEnds(parseDecimal(d), bits).map((end) =>
    negativeAt(shape, found.irrep, end, zero.box, bits),
  ) as [number, number];
  if (below === above) throw new Unproved('the eigenvalue was not seen to change its sign');
  const names = problem.coordinates.map(coordinateName);
  const certificate: ThresholdCertificate = {
    claim: 'threshold',
    family: shape.name,
    d,
    structure: structureOf(shape),
    entries: Object.fromEntries(names.map((name, i) => [name, texts[i] as string])),
    irrep: crossing.irrep,
    below,
    above,
  };
  const width = Math.max(...zero.box.map(({ lo, hi }) => ends.toNumber(hi - lo)));
  return { status: 'certified', certificate, evidence: { contraction: zero.contraction, width } };
}

/** How many eigenvalues of the irrep are negative at d. Throws Unproved. */
function negativeAt(shape: Shape, irrep: Irrep, d: Range, box: readonly Range[], bits: number): number {
  const ends = directedFixed(bits);
  const field = intervalField(ends);
  const state = tighten(ends, problemAt(field, shape, d), box);
  const count = countBelow(ends, field, blockOf(state, irrep), field.zero);
  if (count === undefined) throw new Unproved('a sign beside the threshold');
  return count;
}

interface Sharp {
  readonly d: bigint;
  readonly values: readonly bigint[];
  readonly irrep: Irrep;
}

/** The crossing to about 100 digits: the secant method on the eigenvalue nearest to zero. */
function sharpened(shape: Shape, { irrep: name, d, entries }: Crossing, bits: number): Sharp {
  const field = fixedField(bits);
  const at = (size: bigint): Solution => {
    const solution = solveAt(field, shape, size, entries);
    if (solution === undefined) throw new Unproved('the branch folds at the threshold');
    return solution;
  };
  const first = at(field.fromNumber(d));
  const irrep = irrepsAt({ solution: first, shape, d: parseDecimal(d) }).find(
    (candidate) => irrepName(candidate, first.state.problem.space) === name,
  );
  if (irrep === undefined) throw new RangeError(`no irrep ${name} at d = ${d}`);
  const level = (solution: Solution) => nearestToZero(eigenvaluesAt(solution, irrep));
  let [left, right] = [field.fromNumber(d), field.fromNumber(d + 1e-7)];
  let [low, high] = [level(first), level(at(right))];
  for (let step = 0; step < mostSteps && high !== low; step++) {
    // The quotient first: the product of two tiny numbers would keep no digits.
    const next = right - field.mul(high, field.div(right - left, high - low));
    [left, low] = [right, high];
    [right, high] = [next, level(at(next))];
  }
  return { d: right, values: at(right).values, irrep };
}

function nearestToZero(values: readonly bigint[]): bigint {
  return values.reduce((best, value) => (absolute(value) < absolute(best) ? value : best));
}

function absolute(n: bigint): bigint {
  return n < 0n ? -n : n;
}
