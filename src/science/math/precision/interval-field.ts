/** Offers intervals as the arithmetic of a formula: every operation encloses, and none trusts a library function. */
import type { Directed } from './directed.ts';
import type { Field } from './field.ts';
import { around, between, greatest, type Interval, least, magnitude, mignitude, sign } from './interval.ts';

type Unary<E> = (value: Interval<E>) => Interval<E>;
type Binary<E> = (left: Interval<E>, right: Interval<E>) => Interval<E>;

/**
 * The intervals with the given ends. Division by an interval that holds 0, and the angle of a box that meets the
 * origin or the negative x-axis, throw RangeError: nothing is known of the result, and no value may pretend so.
 */
export function intervalField<E>(ends: Directed<E>): Field<Interval<E>> {
  const neg: Unary<E> = (value) => ({ lo: ends.neg(value.hi), hi: ends.neg(value.lo) });
  const mul = multiplication(ends, neg);
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
    div: division(ends, neg),
    scale: (value, factor) => mul(value, around(ends, factor)),
    sqrt: squareRoot(ends),
    atan2: angle(ends),
  };
}

/** Products; x·x for one and the same x is the square, which is never negative. */
function multiplication<E>(ends: Directed<E>, neg: Unary<E>): Binary<E> {
  const up = (a: E, b: E) => ends.neg(ends.mulDown(ends.neg(a), b));
  const product: Binary<E> = (left, right) => {
    const side = sideOf(ends, right);
    if (side < 0) return product(neg(left), neg(right));
    if (side === 0 && sideOf(ends, left) !== 0) return product(right, left);
    const { lo: a, hi: b } = left;
    const { lo: c, hi: d } = right;
    if (side === 0)
      return between(
        ends,
        least(ends, ends.mulDown(a, d), ends.mulDown(b, c)),
        greatest(ends, up(a, c), up(b, d)),
      );
    const isNegative = (end: E) => ends.compare(end, ends.zero) < 0;
    return between(ends, ends.mulDown(a, isNegative(a) ? d : c), up(b, isNegative(b) ? c : d));
  };
  return (left, right) => {
    if (left !== right) return product(left, right);
    const [low, high] = [mignitude(ends, left), magnitude(ends, left)];
    return between(ends, ends.mulDown(low, low), up(high, high));
  };
}

/** 1 where no member is negative, −1 where none is positive, else 0. */
function sideOf<E>(ends: Directed<E>, value: Interval<E>): -1 | 0 | 1 {
  if (ends.compare(value.lo, ends.zero) >= 0) return 1;
  return ends.compare(value.hi, ends.zero) <= 0 ? -1 : 0;
}

function division<E>(ends: Directed<E>, neg: Unary<E>): Binary<E> {
  const up = (a: E, b: E) => ends.neg(ends.divDown(ends.neg(a), b));
  const quotient: Binary<E> = (left, right) => {
    const side = sign(ends, right);
    if (side === 0) throw new RangeError('division by an interval that holds 0');
    if (side < 0) return quotient(neg(left), neg(right));
    const isNegative = (end: E) => ends.compare(end, ends.zero) < 0;
    return between(
      ends,
      ends.divDown(left.lo, isNegative(left.lo) ? right.lo : right.hi),
      up(left.hi, isNegative(left.hi) ? right.hi : right.lo),
    );
  };
  return quotient;
}

function squareRoot<E>(ends: Directed<E>): (value: Interval<E>) => Interval<E> {
  return (value) => {
    if (ends.compare(value.hi, ends.zero) < 0) throw new RangeError('no square root of a negative interval');
    const isCut = ends.compare(value.lo, ends.zero) <= 0;
    return between(ends, isCut ? ends.zero : ends.sqrtDown(value.lo), ends.sqrtUp(value.hi));
  };
}

/**
 * Away from the origin and the cut along the negative x-axis, the angle falls with x where y > 0 and grows where
 * y < 0, and grows with y where x > 0 and falls where x < 0; so each extreme over a box lies at one corner.
 */
function angle<E>(ends: Directed<E>): Binary<E> {
  const isNegative = (end: E) => ends.compare(end, ends.zero) < 0;
  const isPositive = (end: E) => ends.compare(end, ends.zero) > 0;
  return (y, x) => {
    if (ends.compare(x.lo, ends.zero) <= 0 && sign(ends, y) === 0)
      throw new RangeError('no angle for a box that meets the origin or the negative x-axis');
    const atLeast = isNegative(y.lo) ? x.lo : x.hi;
    const atMost = isPositive(y.hi) ? x.lo : x.hi;
    return between(
      ends,
      ends.angleDown(isNegative(atLeast) ? y.hi : y.lo, atLeast),
      ends.angleUp(isNegative(atMost) ? y.lo : y.hi, atMost),
    );
  };
}
