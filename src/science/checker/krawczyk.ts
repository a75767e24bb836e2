/** Proves that a system of slopes has exactly one zero in a box, and tightens the box around it. */
import { type Arithmetic, centre, type Enclosure, Undecided } from './arithmetic.ts';
import { configured, type Frame, hessianOf, slopesOf } from './forms.ts';
import { applied, approximateInverse } from './linear.ts';
import type { Space } from './structure.ts';

/** The equations: the space that given entries make, and the frame along which the loss must not slope. */
export interface Equations {
  readonly a: Arithmetic;
  readonly frame: Frame;
  spaceAt(entries: readonly Enclosure[]): Space;
}

/**
 * K(X) = c − Y F(c) + (I − Y F′(X))(X − c), c the middle of X. K(X) inside X proves that F has exactly one zero in
 * X, and that it lies in K(X). Source: R. Krawczyk, Computing 4 (1969), 187–201; A. Neumaier, Interval Methods for
 * Systems of Equations, theorem 5.1.8.
 */
function krawczyk(equations: Equations, box: readonly Enclosure[]): Enclosure[] {
  const { a, frame } = equations;
  const middle = box.map(centre);
  const jacobian = hessianOf(configured(a, equations.spaceAt(box)), frame);
  const slopes = slopesOf(configured(a, equations.spaceAt(middle)), frame);
  const inverse = approximateInverse(a, jacobian);
  const step = applied(a, inverse, slopes);
  const offsets = box.map((x, i) => a.sub(x, middle[i] as Enclosure));
  // Not o − Y(J o): the two copies of o would not cancel.
  const residual = inverse.map((row, i) =>
    box.map((_, j) => {
      const sum = row.reduce(
        (s, y, k) => a.add(s, a.mul(y, (jacobian[k] as Enclosure[])[j] as Enclosure)),
        a.zero,
      );
      return i === j ? a.sub(a.one, sum) : a.neg(sum);
    }),
  );
  const rest = applied(a, residual, offsets);
  return box.map((_, i) => a.add(a.sub(middle[i] as Enclosure, step[i] as Enclosure), rest[i] as Enclosure));
}

/** Proves one zero in the interior of the box; gives a smaller box that holds it. Throws Undecided if it cannot. */
export function provedZero(equations: Equations, box: readonly Enclosure[]): Enclosure[] {
  const image = krawczyk(equations, box);
  const inside = image.every(
    ({ lo, hi }, i) => (box[i] as Enclosure).lo < lo && hi < (box[i] as Enclosure).hi,
  );
  if (!inside) throw new Undecided('no zero of the slopes was proved in the box');
  return image;
}

/** Repeats the step, each time keeping what the images have in common, until the box shrinks no more. */
export function tightened(equations: Equations, box: readonly Enclosure[]): Enclosure[] {
  let current = [...box];
  for (;;) {
    const image = krawczyk(equations, current);
    const next = current.map((x, i) => common(x, image[i] as Enclosure));
    if (width(next) * 2n > width(current)) return next;
    current = next;
  }
}

function common(x: Enclosure, y: Enclosure): Enclosure {
  return { lo: x.lo > y.lo ? x.lo : y.lo, hi: x.hi < y.hi ? x.hi : y.hi };
}

function width(box: readonly Enclosure[]): bigint {
  return box.reduce((sum, { lo, hi }) => sum + hi - lo, 0n);
}
