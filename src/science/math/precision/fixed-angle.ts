/** Computes π and angles of fixed-point numbers, each with a proved error of a few units. */
import { integerSqrt } from './fixed.ts';

/** Binary digits carried beyond those asked for: they absorb every rounding counted below. */
const guard = 32;

/** Halvings of the angle before the series: the argument falls below 2^-8. */
const halvings = 8;

/** The most units, 2^-bits, by which `angleFixed` can be off; see its proof. */
export const angleError = 4n;

const known = /* @__PURE__ */ new Map<number, bigint>();

/**
 * π·2^bits rounded down, within one unit below the exact value; kept for the next call.
 *
 * Machin's π = 16 atan(1/5) − 4 atan(1/239) with 32 more digits: every term of the two series is cut by less
 * than two finer units, and there are fewer than (bits + 32)/2 of them, so for bits < 2^20 the sum is off by
 * less than 20·2·2^19·2^-32 < 2^-7 units of the result.
 */
export function piFixed(bits: number): bigint {
  const kept = known.get(bits);
  if (kept !== undefined) return kept;
  const fine = bits + guard;
  const pi = (16n * atanInverse(5n, fine) - 4n * atanInverse(239n, fine)) >> BigInt(guard);
  known.set(bits, pi);
  return pi;
}

function atanInverse(m: bigint, bits: number): bigint {
  const square = m * m;
  let power = (1n << BigInt(bits)) / m;
  let sum = 0n;
  for (let n = 1n, sign = 1n; power !== 0n; n += 2n, sign = -sign) {
    sum += (sign * power) / n;
    power /= square;
  }
  return sum;
}

/**
 * atan(y/x) for 0 ≤ y ≤ x, x > 0, within two units.
 *
 * Eight halvings u ↦ u/(1 + √(1 + u²)), then the alternating series. In units of 2^-(bits+32): a halving halves
 * the error it is given and adds less than 3 (square, root, quotient), so at most 6 reach the series; its N
 * terms lose less than 3 each, with N ≤ (bits + 32)/16 + 2; the last angle is doubled eight times. For
 * bits ≤ 2^20 that is at most 256·(6 + 3·2^17) < 2^27 of these finer units, far below one unit of the result,
 * to which the final cut adds less than one.
 */
function atanUnit(y: bigint, x: bigint, bits: number): bigint {
  const fine = bits + guard;
  const one = 1n << BigInt(fine);
  const unit = BigInt(fine);
  let u = (y << unit) / x;
  for (let i = 0; i < halvings; i++) {
    u = (u << unit) / (one + integerSqrt((one + ((u * u) >> unit)) << unit));
  }
  const square = (u * u) >> unit;
  let sum = 0n;
  for (let n = 1n, power = u; power !== 0n; n += 4n) {
    sum += power / n;
    power = (power * square) >> unit;
    sum -= power / (n + 2n);
    power = (power * square) >> unit;
  }
  return sum >> BigInt(guard - halvings);
}

/**
 * The angle of the point (x, y) from the positive x-axis, in (−π, π], within `angleError` = 4 units:
 * 2 for the arctangent, 1 for each of at most two multiples of π/2. Throws RangeError at the origin.
 */
export function angleFixed(y: bigint, x: bigint, bits: number): bigint {
  if (x === 0n && y === 0n) throw new RangeError('the origin has no angle');
  const across = x < 0n ? -x : x;
  const up = y < 0n ? -y : y;
  const acute =
    up <= across ? atanUnit(up, across, bits) : (piFixed(bits) >> 1n) - atanUnit(across, up, bits);
  const upper = x < 0n ? piFixed(bits) - acute : acute;
  return y < 0n ? -upper : upper;
}
