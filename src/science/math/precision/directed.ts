/** What numbers must offer to be the ends of intervals: operations rounded towards −∞. */

/**
 * End points. Every `…Down` returns a number that does not exceed the exact result for its operands, `…Up` one
 * that is not below it. Negation is exact, so −addDown(−a, −b) rounds a sum up, and likewise for products and
 * quotients; only √ and the angle, where signs do not help, come in two versions.
 */
export interface Directed<E> {
  readonly zero: E;
  readonly one: E;
  readonly piDown: E;
  readonly piUp: E;
  /** A number not above the finite double; the double itself where E can hold it. */
  readonly fromNumberDown: (value: number) => E;
  /** A double near the number, rounded either way. */
  readonly toNumber: (value: E) => number;
  /** Negative, zero or positive as left <, =, > right; exact. */
  readonly compare: (left: E, right: E) => number;
  readonly neg: (value: E) => E;
  readonly addDown: (left: E, right: E) => E;
  readonly mulDown: (left: E, right: E) => E;
  /** The divisor is not zero. */
  readonly divDown: (left: E, right: E) => E;
  /** The argument is not negative. */
  readonly sqrtDown: (value: E) => E;
  readonly sqrtUp: (value: E) => E;
  /** The angle of the point (x, y) ≠ 0 in (−π, π]. */
  readonly angleDown: (y: E, x: E) => E;
  readonly angleUp: (y: E, x: E) => E;
}
