/**
 * Encloses κ(w, v) = |w||v|(sin θ + (π − θ) cos θ)/2π and its derivatives for one pair of rows.
 * All results are 2π times the real thing.
 */
import type { Arithmetic, Enclosure } from './arithmetic.ts';

/** The angle between two rows with all that the kernel needs of it. */
export interface Angle {
  readonly cosine: Enclosure;
  readonly sine: Enclosure;
  /** π − θ. */
  readonly opening: Enclosure;
}

/**
 * The angle between rows of norms w and v, inner product c, and area |w||v| sin θ of their parallelogram, with which
 * no digits are lost near θ = 0 and π: θ = 2 atan(area/(wv + c)), π − θ = 2 atan(area/(wv − c)). Throws Undecided for
 * a row that may be 0.
 */
export function angleOf(a: Arithmetic, w: Enclosure, v: Enclosure, c: Enclosure, area: Enclosure): Angle {
  const lengths = a.mul(w, v);
  const opening =
    c.lo + c.hi >= 0n
      ? a.sub(a.pi, a.times(2, a.atan(a.div(area, a.add(lengths, c)))))
      : a.times(2, a.atan(a.div(area, a.sub(lengths, c))));
  return { cosine: a.div(c, lengths), sine: a.div(area, lengths), opening };
}

/** The angle of two rows known to be equal: there the second derivatives count every normal vector as 0. */
export function parallel(a: Arithmetic): Angle {
  return { cosine: a.one, sine: a.zero, opening: a.pi };
}

/** κ from the norms. */
export function kernel(
  a: Arithmetic,
  { cosine, sine, opening }: Angle,
  w: Enclosure,
  v: Enclosure,
): Enclosure {
  return a.mul(a.mul(w, v), a.add(sine, a.mul(opening, cosine)));
}

/** What a direction U shows of itself to the unit vectors ŵ and v̂ of a pair, and its squared length. */
export interface Shadow {
  readonly onFirst: Enclosure;
  readonly onSecond: Enclosure;
  readonly squared: Enclosure;
}

/** ∂κ(w, v)/∂w along U: |v| sin θ (ŵ·U) + (π − θ)|v| (v̂·U). */
export function slope(a: Arithmetic, { sine, opening }: Angle, v: Enclosure, u: Shadow): Enclosure {
  return a.mul(v, a.add(a.mul(sine, u.onFirst), a.mul(opening, u.onSecond)));
}

/**
 * ∂²κ/∂w² along U and U′, rows in the place of w: (|v|/|w|)(sin θ (U·U′ − (ŵ·U)(ŵ·U′)) + sin θ (n·U)(n·U′)) with
 * sin θ n = v̂ − cos θ ŵ. Where sin θ may vanish, the last product is only known to lie within sin θ |U||U′|.
 */
export function ownCurvature(
  a: Arithmetic,
  { cosine, sine }: Angle,
  ratio: Enclosure,
  product: Enclosure,
  u: Shadow,
  v: Shadow,
): Enclosure {
  const across = a.mul(sine, a.sub(product, a.mul(u.onFirst, v.onFirst)));
  const normal = (x: Shadow) => a.sub(x.onSecond, a.mul(cosine, x.onFirst));
  const bent = sine.lo > 0n ? a.div(a.mul(normal(u), normal(v)), sine) : ball(a, sine, u, v, 1);
  return a.mul(ratio, a.add(across, bent));
}

/**
 * ∂²κ/∂w∂v along U for w and U′ for v: (π − θ)U·U′ + sin θ((p·U)(p·U′) − (q·U)(q·U′)), p and q the directions of
 * ŵ + v̂ and ŵ − v̂. Where sin θ may vanish, the last term is only known to lie within 2 sin θ |U||U′|.
 */
export function mixedCurvature(
  a: Arithmetic,
  { cosine, sine, opening }: Angle,
  product: Enclosure,
  u: Shadow,
  v: Shadow,
): Enclosure {
  const straight = a.mul(opening, product);
  if (sine.lo <= 0n) return a.add(straight, ball(a, sine, u, v, 2));
  const crossed = a.add(a.mul(u.onFirst, v.onSecond), a.mul(u.onSecond, v.onFirst));
  const direct = a.add(a.mul(u.onFirst, v.onFirst), a.mul(u.onSecond, v.onSecond));
  return a.add(straight, a.div(a.sub(crossed, a.mul(cosine, direct)), sine));
}

/** ±factor·sin θ·|U||U′|. */
function ball(a: Arithmetic, sine: Enclosure, u: Shadow, v: Shadow, factor: number): Enclosure {
  const length = a.mul(a.sqrt(u.squared), a.sqrt(v.squared));
  const bound = a.times(factor, a.mul(sine, length)).hi;
  return { lo: -bound, hi: bound };
}
