/** Offers intervals as the arithmetic of a formula: every operation encloses, and none trusts a library function. */
import type { Directed } from './directed.ts';
import type { Field } from './field.ts';
import { around, between, greatest, type Interval, least, magnitude, mignitude, sign } from './interval.ts';

type Binary<E> = (left: Interval<E>, right: Interval<E>) => Interval<E>;

/**
 * The intervals with the given ends. Division by an interval that holds 0, and the angle of a box that meets the
 * origin or the negative x-axis, throw RangeError: nothing is known of the result, and no value may pretend so.
 */
export function intervalField<E>(ends: Directed<E>): Field<Interval<E>> {
  const mul = multiplication(ends);
  const neg = (value: Interval<E>) => ({ lo: ends.neg(value.hi), hi: ends.neg(value.lo) });
  const add: Binary<E> = (left, right) =>
    between(
      ends,
      ends.addDown(left.lo, right.lo),
      ends.neg(ends.addDown(ends.neg(left.hi), ends.neg(right.hi))),
    );
  return {
    zero: { lo: ends.zero, hi: ends.zero },
    one: { lo: ends.one, hi: ends.one },
    pi: { lo: ends.piDown, hi: ends.piUp },
    fromNumber: (value) => around(ends, value),
    toNumber: (value) => ends.toNumber(value.lo) / 2 + ends.toNumber(value.hi) / 2,
    isZero: (value) => ends.compare(value.lo, ends.zero) === 0 && ends.compare(value.hi, ends.zero) === 0,
    neg,
    add,
    sub: (left, right) => add(left, neg(right)),
    mul,
    div: division(ends),
    scale: (value, factor) => mul(value, around(ends, factor)),
    sqrt: squareRoot(ends),
    atan2: angle(ends),
  };
}

/** Products; x·x for one and the same x is the square, which is never negative. */
function multiplication<E>(ends: Directed<E>): Binary<E> {
  const up = (a: E, b: E) => ends.neg(ends.mulDown(ends.neg(a), b));
  const isPositive = (value: Interval<E>) => ends.compare(value.lo, ends.zero) >= 0;
  return (left, right) => {
    if (left === right) {
      const [low, high] = [mignitude(ends, left), magnitude(ends, left)];
      return between(ends, ends.mulDown(low, low), up(high, high));
    }
    if (isPositive(left) && isPositive(right))
      return between(ends, ends.mulDown(left.lo, right.lo), up(left.hi, right.hi));
    return extremes(ends, left, right, ends.mulDown, up);
  };
}

function division<E>(ends: Directed<E>): Binary<E> {
  const up = (a: E, b: E) => ends.neg(ends.divDown(ends.neg(a), b));
  return (left, right) => {
    if (sign(ends, right) === 0) throw new RangeError('division by an interval that holds 0');
    return extremes(ends, left, right, ends.divDown, up);
  };
}

function squareRoot<E>(ends: Directed<E>): (value: Interval<E>) => Interval<E> {
  return (value) => {
    if (ends.compare(value.hi, ends.zero) < 0) throw new RangeError('no square root of a negative interval');
    const isCut = ends.compare(value.lo, ends.zero) <= 0;
    return between(ends, isCut ? ends.zero : ends.sqrtDown(value.lo), ends.sqrtUp(value.hi));
  };
}

/**
 * Away from the origin and the cut along the negative x-axis, the angle is monotone in x for fixed y, and in y
 * for fixed x, so its extremes over a box lie at the corners.
 */
function angle<E>(ends: Directed<E>): Binary<E> {
  return (y, x) => {
    if (ends.compare(x.lo, ends.zero) <= 0 && sign(ends, y) === 0)
      throw new RangeError('no angle for a box that meets the origin or the negative x-axis');
    return extremes(ends, y, x, ends.angleDown, ends.angleUp);
  };
}

/** The interval spanned by the four values at pairs of ends. */
function extremes<E>(
  ends: Directed<E>,
  left: Interval<E>,
  right: Interval<E>,
  down: (a: E, b: E) => E,
  up: (a: E, b: E) => E,
): Interval<E> {
  const { lo: a, hi: b } = left;
  const { lo: c, hi: d } = right;
  return between(
    ends,
    least(ends, down(a, c), down(a, d), down(b, c), down(b, d)),
    greatest(ends, up(a, c), up(a, d), up(b, c), up(b, d)),
  );
}
