/** Proves that a branch turns back in d, by following it over one of its entries. */
import { type Arithmetic, centre, type Enclosure } from './arithmetic.ts';
import { endsOf, within } from './decimal.ts';
import { dualArithmetic, motionOf, moving } from './dual.ts';
import type { FoldCertificate } from './format.ts';
import { configured, hessianOf, type Matrix, slopesOf } from './forms.ts';
import { frameOf } from './frames.ts';
import { negativeCount } from './linear.ts';
import { boxOf, namesOf, spaceOf } from './model.ts';
import { type CurveEquations, provedTube, type Tube, unknownsAt } from './tube.ts';
import { demand } from './verdict.ts';

/** Proves a fold anew. Throws Refusal or Undecided. */
export function proveFold(a: Arithmetic, certificate: FoldCertificate): void {
  const { structure, entries, pivot, d, below, above } = certificate;
  const place = namesOf(structure).indexOf(pivot);
  demand(place >= 0, 'the entry that the branch is followed in');
  const unknowns = boxOf(a, certificate).with(place, within(a, d));
  const equations = equationsIn(a, certificate, place, unknowns);
  const range = within(a, entries[pivot] as string);
  const middle = unknowns.map(centre);
  const radius = unknowns.map((value, i) => a.sub(value, middle[i] as Enclosure));
  const tangent = middle.map(() => a.zero);
  const { tube } = provedTube(equations, { at: centre(range), range, middle, tangent }, radius);
  const counts = endsOf(a, entries[pivot] as string).map((end) => countAt(equations, tube, end));
  demand(counts[0] === below && counts[1] === above && below !== above, 'the signs beside the fold');
}

/** The equations in d and all entries but one, which is the parameter. In the place of that entry stands d. */
function equationsIn(
  a: Arithmetic,
  { structure, entries, pivot }: FoldCertificate,
  place: number,
  unknowns: readonly Enclosure[],
): CurveEquations {
  const spaceAt: CurveEquations['spaceAt'] = (arithmetic, values, parameter) =>
    spaceOf(arithmetic, structure, values[place] as Enclosure, values.with(place, parameter));
  const space = spaceAt(a, unknowns, within(a, entries[pivot] as string));
  const frame = frameOf(a, space, { kind: 't', of: [] });
  const derivative = (tube: Tube): Matrix => {
    const values = unknownsAt(a, tube, tube.range);
    const hessian = hessianOf(configured(a, spaceAt(a, values, tube.range)), frame);
    const going = values.map((value, i) => moving(value, i === place ? a.one : a.zero, a.zero));
    const dual = dualArithmetic(a);
    const inDual = configured(dual, spaceAt(dual, going, moving(tube.range, a.zero, a.zero)));
    const rates = slopesOf(inDual, frame).map((slope) => motionOf(slope).velocity);
    return hessian.map((row, i) => row.with(place, rates[i] as Enclosure));
  };
  return { a, frame, spaceAt, derivative };
}

/** Each step squares the width of the box, relative to what rounding allows. */
const steps = 2;

/** How many eigenvalues of the block of t are negative where the pivot is at one end of its range. */
function countAt(equations: CurveEquations, tube: Tube, end: Enclosure): number {
  const { a } = equations;
  let values = unknownsAt(a, tube, end);
  for (let step = 0; step < steps; step++) {
    const middle = values.map(centre);
    const radius = values.map((value, i) => widened(a, a.sub(value, middle[i] as Enclosure)));
    const given = { ...tube, at: centre(end), range: end, middle };
    values = unknownsAt(a, provedTube(equations, given, radius).tube, end);
  }
  return negativeCount(a, hessianOf(configured(a, equations.spaceAt(a, values, end)), equations.frame));
}

/** A little more, so that a box as narrow as rounding allows still holds its own image. */
function widened({ bits }: Arithmetic, { lo, hi }: Enclosure): Enclosure {
  const more = (hi - lo) / 4n + (1n << BigInt(bits >> 2));
  return { lo: lo - more, hi: hi + more };
}
