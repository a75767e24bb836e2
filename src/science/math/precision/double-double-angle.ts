/** Gives π and angles to double-double precision. */
import {
  add,
  compare,
  divide,
  type DoubleDouble,
  fromDouble,
  fromFixed,
  multiply,
  negate,
  scale,
  subtract,
} from './double-double.ts';
import { angleFixed, piFixed } from './fixed-angle.ts';

/** Arctangents are looked up at multiples of 1/32 and corrected by a series. */
const steps = 32;

/** Width of the fixed-point numbers from which the tables are made: their error, 2^-158, is far below 2^-106. */
const tableBits = 160;

interface Tables {
  /** atan(j/32), j = 0…32. */
  readonly anchors: readonly DoubleDouble[];
  /** (−1)^n/(2n+1), n = 0…9. */
  readonly series: readonly DoubleDouble[];
}

const lazy: { tables: Tables | undefined } = { tables: undefined };

function tables(): Tables {
  lazy.tables ??= {
    anchors: Array.from({ length: steps + 1 }, (_, j) =>
      fromFixed(angleFixed(BigInt(j), BigInt(steps), tableBits), tableBits),
    ),
    series: Array.from({ length: 10 }, (_, n) =>
      divide(fromDouble(n % 2 === 0 ? 1 : -1), fromDouble(2 * n + 1)),
    ),
  };
  return lazy.tables;
}

/** π, to 2^-105. */
export function pi(): DoubleDouble {
  return fromFixed(piFixed(tableBits), tableBits);
}

/**
 * atan(y/x) for 0 ≤ y ≤ x: atan(j/32) + atan((32y − jx)/(32x + jy)) with j nearest to 32y/x, so that the second
 * argument is at most 1/64 and ten terms of its series leave 2^-126.
 */
function acuteAngle(y: DoubleDouble, x: DoubleDouble): DoubleDouble {
  const { anchors, series } = tables();
  const j = Math.round((steps * y.hi) / x.hi);
  const rest = divide(subtract(scale(y, steps), scale(x, j)), add(scale(x, steps), scale(y, j)));
  const square = multiply(rest, rest);
  let sum = series[9] as DoubleDouble;
  for (let n = 8; n >= 0; n--) sum = add(multiply(sum, square), series[n] as DoubleDouble);
  return add(anchors[j] as DoubleDouble, multiply(sum, rest));
}

/**
 * The angle of the point (x, y) from the positive x-axis, in (−π, π], to about 2^-100 relative to the larger of
 * itself and its distance from the nearest multiple of π/2. Throws RangeError at the origin.
 */
export function angle(y: DoubleDouble, x: DoubleDouble): DoubleDouble {
  if (x.hi === 0 && y.hi === 0) throw new RangeError('the origin has no angle');
  const across = x.hi < 0 ? negate(x) : x;
  const up = y.hi < 0 ? negate(y) : y;
  const acute =
    compare(up, across) <= 0 ? acuteAngle(up, across) : subtract(scale(pi(), 0.5), acuteAngle(across, up));
  const upper = x.hi < 0 ? subtract(pi(), acute) : acute;
  return y.hi < 0 ? negate(upper) : upper;
}
