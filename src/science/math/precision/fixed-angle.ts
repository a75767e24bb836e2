/** Computes π and angles of fixed-point numbers, each with a proved error of a few units. */
import { integerSqrt } from './fixed.ts';

/** Binary digits carried beyond those asked for: they absorb every rounding counted below. */
const guard = 32;

/** Halvings of an angle that is not known before its series: the argument falls below 2^-8. */
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

/** Σ (−1)^n u^(2n+1)/(2n+1): each of its terms, up to the last above a unit 2^-fine, is cut by less than 3 of them. */
function arctangentSeries(u: bigint, fine: number): bigint {
  const unit = BigInt(fine);
  const square = (u * u) >> unit;
  let sum = 0n;
  for (let n = 1n, power = u; power !== 0n; n += 4n) {
    sum += power / n;
    power = (power * square) >> unit;
    sum -= power / (n + 2n);
    power = (power * square) >> unit;
  }
  return sum;
}

/**
 * atan u for 0 ≤ u ≤ 1, within two units 2^-bits, from nothing known.
 *
 * Eight halvings u ↦ u/(1 + √(1 + u²)), then the series. In units of 2^-(bits+32): a halving halves the error it is
 * given and adds less than 3 (square, root, quotient), so at most 6 reach the series; its N terms lose less than 3
 * each, with N ≤ (bits + 32)/16 + 2; the last angle is doubled eight times. For bits ≤ 2^20 that is at most
 * 256·(6 + 3·2^17) < 2^27 of these finer units, far below one of the result, to which the final cut adds less than one.
 */
function atanByHalving(u: bigint, bits: number): bigint {
  const fine = bits + guard;
  const unit = BigInt(fine);
  const one = 1n << unit;
  let half = u << BigInt(guard);
  for (let i = 0; i < halvings; i++) {
    half = (half << unit) / (one + integerSqrt((one + ((half * half) >> unit)) << unit));
  }
  return arctangentSeries(half, fine) >> BigInt(guard - halvings);
}

/** Digits of an argument that the difference to one known angle takes off, and how often that is done. */
const digits = 6;
const rounds = 3;

/** The angles atan(j/2^(6·round)) met so far, by their width. */
const angles = /* @__PURE__ */ new Map<number, bigint[]>();

/** atan(j/2^(6·round)) within two units 2^-bits. */
function knownAngle(j: bigint, round: number, bits: number): bigint {
  const list = angles.get(bits) ?? [];
  angles.set(bits, list);
  const at = Number(j) * rounds + round - 1;
  return (list[at] ??= atanByHalving((j << BigInt(bits)) >> BigInt(digits * round), bits));
}

/**
 * atan(y/x) for 0 ≤ y ≤ x, x > 0, within two units.
 *
 * Three times atan u = atan c + atan((u − c)/(1 + cu)) with c the first 6, 12, 18 digits of what is left of u, then the
 * series. In finer units (32 digits more at least, to a multiple of 64, for few tables): u is off by less than 1, and by
 * one more after each quotient, whose slope is below 1; the three angles by less than 2 each; N terms of the series, with
 * N ≤ (bits + 96)/36 + 2, by less than 3 each. For bits ≤ 2^20 that is below 2^17 of them, and the final cut adds less
 * than one unit.
 */
function atanUnit(y: bigint, x: bigint, bits: number): bigint {
  const fine = 64 * Math.ceil((bits + guard) / 64);
  const unit = BigInt(fine);
  let u = (y << unit) / x;
  let angle = 0n;
  for (let round = 1; round <= rounds; round++) {
    const scale = BigInt(digits * round);
    const j = (u << scale) >> unit;
    if (j === 0n) continue;
    angle += knownAngle(j, round, fine);
    u = (((u << scale) - (j << unit)) << unit) / ((1n << (unit + scale)) + j * u);
  }
  return (angle + arctangentSeries(u, fine)) >> BigInt(fine - bits);
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
