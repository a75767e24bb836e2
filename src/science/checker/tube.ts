/** Proves that the critical points over one parameter form a curve in a thin tube around a straight line. */
import { type Arithmetic, centre, type Enclosure, Undecided } from './arithmetic.ts';
import { dualArithmetic, motionOf, moving } from './dual.ts';
import { type Configuration, configured, type Frame, hessianOf, type Matrix, slopesOf } from './forms.ts';
import { applied, approximateInverse, isContraction, multiplied, negativeCount } from './linear.ts';
import type { Space } from './structure.ts';

/** Equations in as many unknowns, and one parameter. */
export interface CurveEquations {
  readonly a: Arithmetic;
  readonly frame: Frame;
  /** The space at given unknowns and parameter, in any arithmetic. */
  spaceAt(a: Arithmetic, unknowns: readonly Enclosure[], parameter: Enclosure): Space;
  /** The derivatives of the slopes in the unknowns, over the tube. */
  derivative(tube: Tube): Matrix;
}

/** The points `middle + tangent·(p − at) + z`, for the parameters p in `range` and z in `radius`, a box around 0. */
export interface Tube {
  readonly at: Enclosure;
  readonly range: Enclosure;
  readonly middle: readonly Enclosure[];
  readonly tangent: readonly Enclosure[];
  readonly radius: readonly Enclosure[];
}

/** The narrow tube that holds the zeros, and the wide one in which there are no others. */
export interface ProvedTube {
  readonly tube: Tube;
  readonly within: Tube;
}

/** The unknowns of the tube at a parameter (an enclosure), with another radius if one is given. */
export function unknownsAt(
  a: Arithmetic,
  tube: Tube,
  parameter: Enclosure,
  radius: readonly Enclosure[] = tube.radius,
): Enclosure[] {
  const offset = a.sub(parameter, tube.at);
  return tube.middle.map((value, i) => {
    const onLine = a.add(value, a.mul(tube.tangent[i] as Enclosure, offset));
    return a.add(onLine, radius[i] as Enclosure);
  });
}

/** The space at the parameters `range`, in dual arithmetic, moving along the line of the tube. */
function movingSpace(equations: CurveEquations, tube: Tube, range: Enclosure): Space {
  const { a } = equations;
  const unknowns = unknownsAt(a, tube, range).map((value, i) =>
    moving(value, tube.tangent[i] as Enclosure, a.zero),
  );
  return equations.spaceAt(dualArithmetic(a), unknowns, moving(range, a.one, a.zero));
}

/** Terms f(at), f′(at) and ½f″ over the range, of several functions of the parameter. */
interface Expansion {
  readonly values: readonly Enclosure[];
  readonly rates: readonly Enclosure[];
  readonly bends: readonly Enclosure[];
}

/** Taylor's theorem in the parameter, along the line of the tube. */
function expansionOf(
  equations: CurveEquations,
  tube: Tube,
  f: (configuration: Configuration) => readonly Enclosure[],
): Expansion {
  const dual = dualArithmetic(equations.a);
  const { a } = equations;
  const two = a.times(2, a.one);
  const far = f(configured(dual, movingSpace(equations, tube, tube.range)));
  const near = f(configured(dual, movingSpace(equations, tube, tube.at))).map(motionOf);
  return {
    values: near,
    rates: near.map(({ velocity }) => velocity),
    bends: far.map((value) => a.div(motionOf(value).acceleration, two)),
  };
}

/** f(at) + f′(at)(p − at) + ½f″(p − at)²: far tighter than the plain evaluation over the range. */
function summed(a: Arithmetic, { range, at }: Tube, { values, rates, bends }: Expansion): Enclosure[] {
  const offset = a.sub(range, at);
  const square = a.square(offset);
  return values.map((value, i) => {
    const straight = a.add(value, a.mul(rates[i] as Enclosure, offset));
    return a.add(straight, a.mul(bends[i] as Enclosure, square));
  });
}

/** The second derivatives along a frame over the tube. */
export function hessianOver(equations: CurveEquations, tube: Tube, frame: Frame): Matrix {
  const size = frame.directions.length;
  const expansion = expansionOf(equations, tube, (point) => hessianOf(point, frame).flat());
  const flat = summed(equations.a, tube, expansion);
  return frame.directions.map((_, i) => flat.slice(i * size, (i + 1) * size));
}

/**
 * Whether the second derivatives along a frame are positive definite over the whole tube: the matrix M at its middle
 * is, and none over the tube is singular, as ‖I − M⁻¹H‖ < 1 in some norm; so no eigenvalue passes through 0.
 */
export function isDefiniteOver(equations: CurveEquations, tube: Tube, frame: Frame): boolean {
  const { a } = equations;
  const size = frame.directions.length;
  const square = (flat: readonly Enclosure[]): Matrix =>
    frame.directions.map((_, i) => flat.slice(i * size, (i + 1) * size));
  const { values, rates, bends } = expansionOf(equations, tube, (point) => hessianOf(point, frame).flat());
  const middle = square(values.map(centre));
  if (negativeCount(a, middle) > 0) return false;
  const inverse = approximateInverse(a, middle);
  const times = (flat: readonly Enclosure[]) => multiplied(a, inverse, square(flat));
  const [near, rate, bend] = [times(values), times(rates), times(bends)];
  const offset = a.sub(tube.range, tube.at);
  const defect = near.map((row, i) =>
    row.map((value, j) => {
      const straight = a.sub(i === j ? a.one : a.zero, value);
      const first = a.mul((rate[i] as Enclosure[])[j] as Enclosure, offset);
      const second = a.mul((bend[i] as Enclosure[])[j] as Enclosure, a.square(offset));
      return a.sub(straight, a.add(first, second));
    }),
  );
  return isContraction(a, defect);
}

/**
 * Krawczyk's test with a parameter: with c the middle and z in the radius R,
 * K = −Y F(c + the line's motion) + (I − Y F′)R inside R proves that over each parameter of the range
 * there is exactly one zero in the tube, and it lies in K. Throws Undecided if that is not proved.
 *
 * Where no radius is given one is chosen: twice the first term.
 */
export function provedTube(
  equations: CurveEquations,
  given: Omit<Tube, 'radius'>,
  radius?: readonly Enclosure[],
): ProvedTube {
  const { a } = equations;
  const none = given.middle.map(() => a.zero);
  const line: Tube = { ...given, radius: none };
  const atMiddle = equations.derivative({ ...line, range: given.at });
  const inverse = approximateInverse(a, atMiddle);
  const expansion = expansionOf(equations, line, (point) => slopesOf(point, equations.frame));
  // The inverse before the sum, so that what cancels between the slopes does.
  const start = summed(a, line, {
    values: applied(a, inverse, expansion.values),
    rates: applied(a, inverse, expansion.rates),
    bends: applied(a, inverse, expansion.bends),
  }).map((value) => a.neg(value));
  const tube = { ...given, radius: radius ?? start.map((value) => inflated(a, value)) };
  const derivative = equations.derivative(tube);
  const image = start.map((value, i) => a.add(value, rest(a, inverse, derivative, tube.radius, i)));
  const isInside = image.every(({ lo, hi }, i) => {
    const own = tube.radius[i] as Enclosure;
    return own.lo < lo && hi < own.hi;
  });
  if (!isInside) throw new Undecided('no curve of zeros was proved in the tube');
  return { tube: { ...tube, radius: image }, within: tube };
}

/** Row i of (I − Y F′)R. */
function rest(
  a: Arithmetic,
  inverse: Matrix,
  derivative: Matrix,
  radius: readonly Enclosure[],
  i: number,
): Enclosure {
  const row = inverse[i] as Enclosure[];
  return radius.reduce((total, own, j) => {
    const product = row.reduce(
      (sum, y, k) => a.add(sum, a.mul(y, (derivative[k] as Enclosure[])[j] as Enclosure)),
      a.zero,
    );
    return a.add(total, a.mul(i === j ? a.sub(a.one, product) : a.neg(product), own));
  }, a.zero);
}

function inflated({ bits }: Arithmetic, { lo, hi }: Enclosure): Enclosure {
  const size = -lo > hi ? -lo : hi;
  // Some more, so that a radius of 0 can be proved too.
  const bound = 2n * size + (1n << BigInt(bits >> 1));
  return { lo: -bound, hi: bound };
}
