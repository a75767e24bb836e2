/** Computes with closed intervals: the result holds every value that the operands' members can give. */
import type { Directed } from './directed.ts';

/** The numbers x with lo ≤ x ≤ hi; never empty, never unbounded. */
export interface Interval<E> {
  readonly lo: E;
  readonly hi: E;
}

/** The interval between two ends. Throws RangeError unless lo ≤ hi (so that NaN stops here). */
export function between<E>(ends: Directed<E>, lo: E, hi: E): Interval<E> {
  if (!(ends.compare(lo, hi) <= 0))
    throw new RangeError(`no interval from ${ends.toNumber(lo)} to ${ends.toNumber(hi)}`);
  return { lo, hi };
}

/** The smallest interval around a finite double. */
export function around<E>(ends: Directed<E>, value: number): Interval<E> {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number to compute with`);
  return { lo: ends.fromNumberDown(value), hi: ends.neg(ends.fromNumberDown(-value)) };
}

/** −1 or 1 where all members have that sign, 0 where the interval holds 0. */
export function sign<E>(ends: Directed<E>, value: Interval<E>): -1 | 0 | 1 {
  if (ends.compare(value.lo, ends.zero) > 0) return 1;
  return ends.compare(value.hi, ends.zero) < 0 ? -1 : 0;
}

/** The common part, or undefined where there is none. */
export function intersection<E>(
  ends: Directed<E>,
  left: Interval<E>,
  right: Interval<E>,
): Interval<E> | undefined {
  const lo = greatest(ends, left.lo, right.lo);
  const hi = least(ends, left.hi, right.hi);
  return ends.compare(lo, hi) <= 0 ? { lo, hi } : undefined;
}

/** Whether `inner` lies in the interior of `outer`. */
export function isInside<E>(ends: Directed<E>, inner: Interval<E>, outer: Interval<E>): boolean {
  return ends.compare(outer.lo, inner.lo) < 0 && ends.compare(inner.hi, outer.hi) < 0;
}

/** The largest absolute value of a member. */
export function magnitude<E>(ends: Directed<E>, value: Interval<E>): E {
  return greatest(ends, value.hi, ends.neg(value.lo));
}

/** The smallest absolute value of a member. */
export function mignitude<E>(ends: Directed<E>, value: Interval<E>): E {
  const side = sign(ends, value);
  if (side === 0) return ends.zero;
  return side > 0 ? value.lo : ends.neg(value.hi);
}

/** A member near the middle. */
export function middle<E>(ends: Directed<E>, value: Interval<E>): E {
  const half = ends.mulDown(ends.addDown(value.lo, value.hi), ends.fromNumberDown(0.5));
  return least(ends, greatest(ends, half, value.lo), value.hi);
}

export function least<E>(ends: Directed<E>, ...values: readonly E[]): E {
  return values.reduce((kept, value) => (ends.compare(value, kept) < 0 ? value : kept));
}

export function greatest<E>(ends: Directed<E>, ...values: readonly E[]): E {
  return values.reduce((kept, value) => (ends.compare(value, kept) > 0 ? value : kept));
}
