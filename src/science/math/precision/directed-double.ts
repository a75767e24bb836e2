/**
 * Doubles as ends of intervals.
 *
 * IEEE 754 rounds each of + − × ÷ √ to the nearest double, so the exact result lies between the two neighbours
 * of the rounded one, and a step to a neighbour rounds outward. No library function is trusted: angles come
 * from integer arithmetic with a proved bound.
 */
import type { Directed } from './directed.ts';
import { angleError, angleFixed } from './fixed-angle.ts';
import { bitLength, fixedOf, numberOf } from './fixed.ts';

/**
 * A double above x, by at least one and at most three units in its last place.
 *
 * For 2^e ≤ |x| < 2^(e+1), e ≥ −1022, the unit is 2^(e−52) ≤ |x|·2^-52 (exact, or subnormal and then covered by the
 * second term); below, the unit is 2^-1074 itself. So the exact sum x + |x|·2^-52 + 2^-1074 is not below the next
 * double, nor, rounding being monotone, is the rounded one.
 */
function above(x: number): number {
  return x + (Math.abs(x) * 2.220446049250313e-16 + 5e-324);
}

/** A double below x, by at least one and at most three units in its last place. */
function below(x: number): number {
  return x - (Math.abs(x) * 2.220446049250313e-16 + 5e-324);
}

/** Width of the integer arithmetic behind an angle. */
const angleBits = 160;

/** The integers Y, X with Y/X = y/x, from which the angle of (x, y) can be had. */
function ratio(y: number, x: number): [bigint, bigint] {
  return [fixedOf(y, 1074), fixedOf(x, 1074)];
}

/** The angle in units of 2^-bits; bits grow as the point nears the axis, so that small angles keep their digits. */
function integerAngle(y: number, x: number): { angle: bigint; bits: number } {
  const [up, across] = ratio(y, x);
  const bits = angleBits + Math.max(0, bitLength(across) - bitLength(up));
  return { angle: angleFixed(up, across, bits), bits };
}

/** The operations on doubles; the double nearest to π, `Math.PI`, lies below it by 1.2e-16. */
export const directedDouble: Directed<number> = {
  zero: 0,
  one: 1,
  piDown: Math.PI,
  piUp: 3.1415926535897936,
  fromNumberDown: (value) => value,
  toNumber: (value) => value,
  compare: (left, right) => left - right,
  neg: (value) => 0 - value,
  // A sum with 0 and a product by 0 or 1 are exact: keeping them so keeps points points.
  addDown: (left, right) => (left === 0 || right === 0 ? left + right : below(left + right)),
  mulDown(left, right) {
    if (left === 0 || right === 0) return 0;
    return left === 1 || right === 1 ? left * right : below(left * right);
  },
  divDown: (left, right) => (left === 0 ? 0 : below(left / right)),
  sqrtDown: (value) => Math.max(0, below(Math.sqrt(value))),
  sqrtUp: (value) => (value === 0 ? 0 : above(Math.sqrt(value))),
  angleDown(y, x) {
    if (y === 0 && x > 0) return 0;
    const { angle, bits } = integerAngle(y, x);
    return below(numberOf(angle - angleError, bits));
  },
  angleUp(y, x) {
    if (y === 0 && x > 0) return 0;
    const { angle, bits } = integerAngle(y, x);
    return above(numberOf(angle + angleError, bits));
  },
};
