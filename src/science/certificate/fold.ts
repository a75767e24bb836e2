/** Certifies folds: the branch followed over an entry, along which an eigenvalue of t changes its sign. */
import { check } from '../checker/check.ts';
import type { FoldCertificate } from '../checker/format.ts';
import { plain } from '../family/arithmetic.ts';
import { blockOf } from '../family/blocks.ts';
import { problemAt } from '../family/branch.ts';
import type { Fold } from '../family/fold.ts';
import { gradientAt } from '../family/gradient.ts';
import { multiplicities, type State, stateAt } from '../family/problem.ts';
import { coordinateName } from '../family/space.ts';
import { luFactor, luSolve } from '../math/linear.ts';
import { fromRows } from '../math/matrix.ts';
import type { Field } from '../math/precision/field.ts';
import { fixedField } from '../math/precision/fixed-field.ts';
import { bitLength, scaleByTwo } from '../math/precision/fixed.ts';
import { attempted, type Certification, proofBits, structureOf } from './certify.ts';
import { Unproved } from './claims.ts';
import { parseDecimal, roundedDecimal, roundingEnds } from './decimal.ts';
import { eigenvaluesAt, type Shape } from './solve.ts';

/** Places shown: the other entries move less than half their unit while the pivot moves by half of its own. */
const places = { d: 20, pivot: 16, entries: 14 };

/** What is known of the proof beyond the certificate: the eigenvalue of t that is left at the pivot shown. */
export interface FoldEvidence {
  readonly level: number;
}

/** Newton steps, each worth some eight digits, and secant steps. */
const mostSteps = 60;
const mostSecants = 12;

/** The certificate of a fold that was located in doubles; the checker's proof is the proof. */
export function certifyFold(
  shape: Shape,
  fold: Pick<Fold, 'd' | 'entries' | 'pivot'>,
): Certification<FoldCertificate, FoldEvidence> {
  return attempted(() => {
    const found = sharpened(shape, fold);
    const names = found.state.problem.coordinates.map(coordinateName);
    const texts = found.values.map((value, i) =>
      roundedDecimal(value, proofBits, i === fold.pivot ? places.pivot : places.entries),
    );
    const base = {
      claim: 'fold' as const,
      family: shape.name,
      d: roundedDecimal(found.d, proofBits, places.d),
      structure: structureOf(shape),
      entries: Object.fromEntries(names.map((name, i) => [name, texts[i] as string])),
      pivot: names[fold.pivot] as string,
    };
    const level = found.state.problem.field.toNumber(levelAt(found));
    const [below, above] = roundingEnds(parseDecimal(texts[fold.pivot] as string), proofBits).map(({ lo }) =>
      negativeAt(shape, fold.pivot, found, lo),
    ) as [number, number];
    const certificate: FoldCertificate = { ...base, below, above };
    const verdict = check(certificate);
    if (verdict.status === 'refused') throw new Unproved(verdict.reason);
    return { status: 'certified', certificate, evidence: { level } };
  });
}

/** How many eigenvalues of t are negative where the pivot has this value. */
function negativeAt(shape: Shape, pivot: number, near: FixedPoint, value: bigint): number {
  const { field } = near.state.problem;
  const start = { d: near.d, values: near.values.with(pivot, value) };
  const { state } = solvedAt(field, shape, pivot, start);
  return eigenvaluesAt({ field, state }, { kind: 't' }).filter((eigenvalue) => eigenvalue < 0n).length;
}

/** A point of the branch in fixed-point numbers. */
interface FixedPoint {
  readonly d: bigint;
  readonly values: readonly bigint[];
  readonly state: State<bigint>;
}

/** The eigenvalue of t nearest to zero. */
function levelAt({ state }: FixedPoint): bigint {
  const size = (n: bigint) => (n < 0n ? -n : n);
  const all = eigenvaluesAt({ field: state.problem.field, state }, { kind: 't' });
  return all.reduce((best, value) => (size(value) < size(best) ? value : best));
}

/** The fold to some 100 digits: the secant method on that eigenvalue over the pivot entry. */
function sharpened(shape: Shape, { d, entries, pivot }: Pick<Fold, 'd' | 'entries' | 'pivot'>): FixedPoint {
  const field = fixedField(proofBits);
  const start = { d: field.fromNumber(d), values: entries.map((value) => field.fromNumber(value)) };
  const at = (value: bigint) =>
    solvedAt(field, shape, pivot, { ...start, values: start.values.with(pivot, value) });
  let left = start.values[pivot] as bigint;
  let right = left + field.fromNumber(1e-7);
  let low = levelAt(at(left));
  let point = at(right);
  let high = levelAt(point);
  for (let step = 0; step < mostSecants && high !== low; step++) {
    // The quotient first: the product of two tiny numbers would keep no digits.
    const next = right - field.mul(high, field.div(right - left, high - low));
    [left, low, right] = [right, high, next];
    point = at(next);
    high = levelAt(point);
  }
  return point;
}

/** The point with this pivot entry: Newton's method in d and the other entries, derivatives in doubles. */
function solvedAt(
  field: Field<bigint>,
  shape: Shape,
  pivot: number,
  start: Pick<FixedPoint, 'd' | 'values'>,
): FixedPoint {
  const enough = scaleByTwo(1, -(bitLength(field.one) >> 1));
  let { d, values } = start;
  let last = Infinity;
  for (let steps = 0; steps < mostSteps; steps++) {
    const state = stateAt(problemAt(field, shape, d), values);
    const lengths = multiplicities(state.problem).map((count) => Math.sqrt(field.toNumber(count)));
    const slopes = gradientAt(state).map((value, i) => field.toNumber(value) * (lengths[i] as number));
    const entries = values.map((value) => field.toNumber(value));
    const lu = luFactor(fromRows(derivativeAt(shape, pivot, field.toNumber(d), entries)));
    if (lu.status !== 'regular') throw new Unproved('the branch is not regular in the entry');
    const step = luSolve(lu, Float64Array.from(slopes));
    const size = Math.max(...step.map(Math.abs));
    if (size <= enough && size >= last / 2) return { d, values, state };
    last = size;
    d -= field.fromNumber(step[pivot] as number);
    values = values.map((value, i) =>
      i === pivot ? value : value - field.fromNumber((step[i] as number) / (lengths[i] as number)),
    );
  }
  throw new Unproved('Newton’s method at the fold');
}

/** The derivatives of the slopes in orthonormal coordinates; in the column of the pivot, those in d. */
function derivativeAt(shape: Shape, pivot: number, d: number, entries: readonly number[]): number[][] {
  const slopes = (at: number) => {
    const state = stateAt(problemAt(plain(), shape, at), entries);
    const lengths = multiplicities(state.problem).map(Math.sqrt);
    return gradientAt(state).map((value, i) => value * (lengths[i] as number));
  };
  const h = 1e-5 * d;
  const [more, less] = [slopes(d + h), slopes(d - h)];
  const block = blockOf(stateAt(problemAt(plain(), shape, d), entries), { kind: 't' });
  return block.map((row, i) => row.with(pivot, ((more[i] as number) - (less[i] as number)) / (2 * h)));
}
