/** Certifies critical points: existence, uniqueness in a box, loss, and every eigenvalue of the Hessian. */
import { type Branch, problemAt } from '../family/branch.ts';
import { type CriticalPoint, criticalPoint, type FamilyQuery } from '../family/critical-point.ts';
import { branchOf } from '../family/families.ts';
import { stateAt } from '../family/problem.ts';
import { coordinateName } from '../family/space.ts';
import type {
  Certificate,
  Component,
  PointCertificate,
  Structure,
  TargetCertificate,
} from '../checker/format.ts';
import { directedFixed } from '../math/precision/directed-fixed.ts';
import { fixedField } from '../math/precision/fixed-field.ts';
import { intervalField } from '../math/precision/interval-field.ts';
import { middle } from '../math/precision/interval.ts';
import { type Places, provedComponents, provedLoss, Unproved } from './claims.ts';
import {
  type Decimal,
  decimalText,
  enclose,
  parseDecimal,
  powerOfTen,
  roundedDecimal,
  roundingBox,
} from './decimal.ts';
import { proveZero, tighten } from './proof.ts';
import { lossAt, type Shape, solveAt } from './solve.ts';

/** A proof that came out, with what it says of itself, or why it did not. */
export type Certification<C extends Certificate, E = ProofEvidence> =
  | { readonly status: 'certified'; readonly certificate: C; readonly evidence: E }
  | { readonly status: 'undecided'; readonly reason: string };

/** How comfortably the proof succeeded. */
export interface ProofEvidence {
  /** ‖I − Y F′‖ over the box; below 1 where the equations are regular, and the smaller the better. */
  readonly contraction: number;
  /** The width of the tightest enclosure of the entries. */
  readonly width: number;
}

/** 384 binary digits: 115 decimal ones, enough for 40 places at d = 10^9 after all cancellation. */
export const proofBits = 384;

/** The places shown unless asked for others. */
const usualPlaces: Places = { entries: 40, loss: 40, eigenvalues: 25 };

/** The certificate of a family's critical point at d, read as the shortest decimal. `global` gives that of W = V. */
export function certify(
  query: FamilyQuery,
  places: Places = usualPlaces,
): Certification<PointCertificate | TargetCertificate> {
  if (query.family === 'global') return certifyTarget(query.d, places);
  return certifyPoint(branchOf(query.family), criticalPoint(query), places);
}

/** The certificate of a critical point that was computed on any branch. */
export function certifyPoint(
  shape: Pick<Branch, 'name' | 'minorities' | 'extras'>,
  point: Pick<CriticalPoint, 'd' | 'entries'>,
  places: Places = usualPlaces,
): Certification<PointCertificate> {
  return attempted(() =>
    pointProof(
      shape,
      parseDecimal(point.d),
      point.entries.map(({ value }) => value),
      places,
    ),
  );
}

/** Runs a proof; what cannot be decided becomes a value. */
export function attempted<C extends Certificate, E>(proof: () => Certification<C, E>): Certification<C, E> {
  try {
    return proof();
  } catch (error) {
    if (error instanceof Unproved || error instanceof RangeError)
      return { status: 'undecided', reason: error.message };
    throw error;
  }
}

/** The structure of a shape, as certificates write it. */
export function structureOf({ minorities, extras }: Shape): Structure {
  const rest = minorities.reduce((sum, size) => sum + size, 0);
  return { blocks: [rest === 0 ? 'd' : `d - ${rest}`, ...minorities.map(String)], extra: extras };
}

function pointProof(
  shape: Shape,
  d: Decimal,
  start: readonly number[],
  places: Places,
): Certification<PointCertificate> {
  const bits = proofBits;
  const ends = directedFixed(bits);
  const size = enclose(d, bits);
  const solution = solveAt(fixedField(bits), shape, middle(ends, size), start);
  if (solution === undefined) throw new Unproved('the derivative of the reduced equations is singular');
  const problem = problemAt(intervalField(ends), shape, size);
  const names = problem.coordinates.map(coordinateName);
  const entries = solution.values.map((value) => roundedDecimal(value, bits, places.entries));
  const box = entries.map((text) => roundingBox(parseDecimal(text), bits));
  const zero = proveZero(ends, problem, box);
  if (zero === undefined) throw new Unproved('no zero was proved in the box');
  const enclosed = tighten(ends, problem, zero.box);
  const sandwich = { bits, shape, d, solution, enclosed };
  const components = provedComponents(sandwich, places.eigenvalues);
  const certificate: PointCertificate = {
    claim: 'critical point',
    family: shape.name,
    d: decimalText(d.units, d.places),
    structure: structureOf(shape),
    entries: Object.fromEntries(names.map((name, i) => [name, entries[i] as string])),
    loss: provedLoss(sandwich, lossAt(solution), places.loss),
    components,
    index: indexOf(components),
  };
  const width = Math.max(...zero.box.map(({ lo, hi }) => ends.toNumber(hi - lo)));
  return { status: 'certified', certificate, evidence: { contraction: zero.contraction, width } };
}

/** The dimensions of all negative eigenvalues together. Throws Unproved where a sign is not shown by the digits. */
function indexOf(components: readonly Component[]): string {
  let sum = parseDecimal('0');
  for (const { multiplicity, eigenvalues } of components) {
    for (const text of eigenvalues) {
      if (parseDecimal(text).units === 0n)
        throw new Unproved(`the sign of an eigenvalue that rounds to ${text}`);
      if (text.startsWith('-')) sum = added(sum, parseDecimal(multiplicity));
    }
  }
  return decimalText(sum.units, sum.places);
}

function added(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  const units = ({ units: n, places: own }: Decimal) => n * powerOfTen(places - own);
  return { units: units(a) + units(b), places };
}

/**
 * The certificate of the global minimum W = V at d. That it is one needs no computation: L is the mean of a square,
 * and 0 there. Its spectrum is enclosed at the exact matrix.
 */
export function certifyTarget(value: number, places: Places = usualPlaces): Certification<TargetCertificate> {
  return attempted(() => {
    const bits = proofBits;
    const ends = directedFixed(bits);
    const d = parseDecimal(value);
    const shape = { name: 'global', minorities: [], extras: [] };
    const field = fixedField(bits);
    const intervals = intervalField(ends);
    const state = stateAt(problemAt(field, shape, middle(ends, enclose(d, bits))), [field.one, field.zero]);
    const enclosed = stateAt(problemAt(intervals, shape, enclose(d, bits)), [intervals.one, intervals.zero]);
    const components = provedComponents(
      { bits, shape, d, solution: { field, state }, enclosed },
      places.eigenvalues,
    );
    return {
      status: 'certified',
      certificate: { claim: 'global minimum', d: decimalText(d.units, d.places), components },
      evidence: { contraction: 0, width: 0 },
    };
  });
}
