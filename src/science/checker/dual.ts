/** Differentiates twice along with the arithmetic: enclosures of numbers that move, with velocity and acceleration. */
import { type Arithmetic, type Enclosure, Undecided } from './arithmetic.ts';

/** A number with its first and second derivative in one parameter. */
export interface Moving extends Enclosure {
  readonly velocity: Enclosure;
  readonly acceleration: Enclosure;
}

/** The number that moves with the given velocity and acceleration. */
export function moving({ lo, hi }: Enclosure, velocity: Enclosure, acceleration: Enclosure): Moving {
  return { lo, hi, velocity, acceleration };
}

/**
 * The number with the derivatives that came out with it. Throws Undecided where they were lost: an enclosure that was
 * widened by hand has none.
 */
export function motionOf(x: Enclosure): Moving {
  if (!('velocity' in x)) throw new Undecided('the derivative of a term that is only bounded');
  return x as Moving;
}

/** The arithmetic on moving numbers, by the rules of differentiation; its constants stand still. */
export function dualArithmetic(a: Arithmetic): Arithmetic {
  const still = (x: Enclosure) => moving(x, a.zero, a.zero);
  const linear =
    (f: (x: Enclosure, y: Enclosure) => Enclosure): Arithmetic['add'] =>
    (left, right) => {
      const [x, y] = [motionOf(left), motionOf(right)];
      return moving(f(x, y), f(x.velocity, y.velocity), f(x.acceleration, y.acceleration));
    };
  const each = (value: Enclosure, f: (x: Enclosure) => Enclosure) => {
    const x = motionOf(value);
    return moving(f(x), f(x.velocity), f(x.acceleration));
  };
  return {
    bits: a.bits,
    zero: still(a.zero),
    one: still(a.one),
    pi: still(a.pi),
    ratio: (n, m) => still(a.ratio(n, m)),
    add: linear((x, y) => a.add(x, y)),
    sub: linear((x, y) => a.sub(x, y)),
    neg: (x) => each(x, (value) => a.neg(value)),
    times: (n, x) => each(x, (value) => a.times(n, value)),
    mul: (x, y) => product(a, motionOf(x), motionOf(y)),
    square: (x) => square(a, motionOf(x)),
    div: (x, y) => quotient(a, motionOf(x), motionOf(y)),
    sqrt: (x) => root(a, motionOf(x)),
    atan: (x) => angle(a, motionOf(x)),
  };
}

/** (xy)″ = x″y + 2x′y′ + xy″. */
function product(a: Arithmetic, x: Moving, y: Moving): Moving {
  const velocity = a.add(a.mul(x.velocity, y), a.mul(x, y.velocity));
  const outer = a.add(a.mul(x.acceleration, y), a.mul(x, y.acceleration));
  return moving(a.mul(x, y), velocity, a.add(outer, a.times(2, a.mul(x.velocity, y.velocity))));
}

function square(a: Arithmetic, x: Moving): Moving {
  const bend = a.add(a.square(x.velocity), a.mul(x, x.acceleration));
  return moving(a.square(x), a.times(2, a.mul(x, x.velocity)), a.times(2, bend));
}

/** From qy = x: q′y = x′ − qy′ and q″y = x″ − 2q′y′ − qy″. */
function quotient(a: Arithmetic, x: Moving, y: Moving): Moving {
  const q = a.div(x, y);
  const velocity = a.div(a.sub(x.velocity, a.mul(q, y.velocity)), y);
  const less = a.add(a.times(2, a.mul(velocity, y.velocity)), a.mul(q, y.acceleration));
  return moving(q, velocity, a.div(a.sub(x.acceleration, less), y));
}

/** From r² = x: 2rr′ = x′ and 2rr″ = x″ − 2r′². */
function root(a: Arithmetic, x: Moving): Moving {
  const r = a.sqrt(x);
  const twice = a.times(2, r);
  const velocity = a.div(x.velocity, twice);
  return moving(r, velocity, a.div(a.sub(x.acceleration, a.times(2, a.square(velocity))), twice));
}

/** From θ′(1 + u²) = u′: θ″(1 + u²) = u″ − 2uu′θ′. */
function angle(a: Arithmetic, u: Moving): Moving {
  const scale = a.add(a.one, a.square(u));
  const velocity = a.div(u.velocity, scale);
  const less = a.times(2, a.mul(a.mul(u, u.velocity), velocity));
  return moving(a.atan(u), velocity, a.div(a.sub(u.acceleration, less), scale));
}
