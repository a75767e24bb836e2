/**
 * The arithmetic that a formula is written against, so that one text serves plain doubles, double-doubles,
 * intervals, truncated series and fixed-point numbers.
 *
 * Values are immutable. `fromNumber` is exact where T can hold the double (an interval is then a point). The
 * only branches a formula may take are on `isZero` and on `toNumber`; whatever else it needs to know (which
 * rows coincide by symmetry, which sizes are 1) it gets as structure. Sums are taken in the order of the text.
 */
export interface Field<T> {
  readonly zero: T;
  readonly one: T;
  readonly pi: T;
  /** The double as a T; exact. Throws RangeError for NaN and infinities. */
  readonly fromNumber: (value: number) => T;
  /** The nearest double; the midpoint of an interval; the value at order 0 of a series (0 if none, ±Infinity
   *  if its leading power is negative). */
  readonly toNumber: (value: T) => number;
  /** Whether the value is zero for certain: every digit, every coefficient, both ends. */
  readonly isZero: (value: T) => boolean;
  readonly neg: (value: T) => T;
  readonly add: (left: T, right: T) => T;
  readonly sub: (left: T, right: T) => T;
  readonly mul: (left: T, right: T) => T;
  /** Throws RangeError where the right one is zero (or an interval that holds 0). */
  readonly div: (left: T, right: T) => T;
  /** `value` times an exact double. */
  readonly scale: (value: T, factor: number) => T;
  /** The non-negative root. Throws RangeError below zero; an interval's part below zero is cut off. */
  readonly sqrt: (value: T) => T;
  /** The angle of (x, y), in (-π, π], continuous wherever x > 0 or y ≠ 0. Throws RangeError at (0, 0). */
  readonly atan2: (y: T, x: T) => T;
}

/** Σ left[i]·right[i], from the first to the last; `right` is at least as long as `left`. */
export function dot<T>({ add, mul, zero }: Field<T>, left: readonly T[], right: readonly T[]): T {
  return left.reduce((sum, value, i) => add(sum, mul(value, right[i] as T)), zero);
}

/** Doubles as a field, but for the angle, which takes a software function (`Math.atan2` differs between machines). */
export function doubleField(atan2: (y: number, x: number) => number): Field<number> {
  return {
    zero: 0,
    one: 1,
    pi: Math.PI,
    fromNumber: (value) => value,
    toNumber: (value) => value,
    isZero: (value) => value === 0,
    neg: (value) => -value,
    add: (left, right) => left + right,
    sub: (left, right) => left - right,
    mul: (left, right) => left * right,
    div: (left, right) => left / right,
    scale: (value, factor) => value * factor,
    sqrt: (value) => Math.sqrt(value),
    atan2,
  };
}
