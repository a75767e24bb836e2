/** The inverse tangent of one number, and of a quotient as an angle. */
import { productError } from '../exact.ts';

const halfPi = 1.5707963267948966;

/** arctan x in [-pi/2, pi/2]. Error below 1 ulp. */
export function atan(x: number): number {
  if (Math.abs(x) < 7.45e-9) return x;
  return atan2(x, 1);
}

/**
 * The angle of the point (x, y) in [-pi, pi], with the signed zeros and infinities of ECMAScript. Error below 1 ulp.
 * Method: arctan of the smaller coordinate over the larger, or of that quotient turned by pi/4, with what the
 * division has lost; the polynomial is that of fdlibm s_atan.c (Sun Microsystems, 1993).
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const left = x < 0 || Object.is(x, -0);
  const angle = anyHalf(Math.abs(y), Math.abs(x), left);
  return y < 0 || Object.is(y, -0) ? -angle : angle;
}

/** The angle of (x, y), or of (-x, y) for the left, for x, y in [0, Infinity]: scales extreme sizes by a power of two. */
function anyHalf(y: number, x: number, left: boolean): number {
  const large = Math.max(y, x);
  if (large === Infinity) return upperHalf(y === Infinity ? 1 : 0, x === Infinity ? 1 : 0, left);
  if (y < x * 2.7755575615628914e-17) return left ? Math.PI : y / x;
  if (x < y * 2.7755575615628914e-17) return halfPi;
  if (large > 3.2e150) return upperHalf(y * 2.409919865102884e-181, x * 2.409919865102884e-181, left);
  if (large < 3.1e-151) return upperHalf(y * 4.149515568880993e180, x * 4.149515568880993e180, left);
  return upperHalf(y, x, left);
}

/** The same for ordinary sizes. */
function upperHalf(y: number, x: number, left: boolean): number {
  const steep = y > x;
  const large = steep ? y : x;
  const small = steep ? x : y;
  const turned = small > 0.4140625 * large;
  const shiftTop = turned ? large : 0;
  const shiftBottom = turned ? small : 0;
  const top = small - shiftTop;
  const topLost = small - (top + shiftTop);
  const sum = large + shiftBottom;
  const bottomLost = shiftBottom - (sum - large);
  const bottom = Math.max(sum, 3.0e-151);
  const inverse = 1 / bottom;
  const t = top * inverse;
  const p = t * bottom;
  const rest = top - p - productError(t, bottom, p) - (t * bottomLost - topLost);
  const correction = t * series(t * t) - rest * inverse;
  const down = steep !== left;
  if (turned && left) return around(2.356194490192345, 9.184850993605148e-17, down, t, correction);
  if (turned) return around(0.7853981633974483, 3.061616997868383e-17, down, t, correction);
  if (steep) return around(halfPi, 6.123233995736766e-17, down, t, correction);
  return left ? around(Math.PI, 1.2246467991473532e-16, down, t, correction) : t - correction;
}

/** base +- (t - correction), where base is given as a sum of two doubles. */
function around(high: number, low: number, down: boolean, t: number, correction: number): number {
  return down ? high - (-correction - low + t) : high - (correction - low - t);
}

/** 1 - arctan(t) / t for z = t^2, |t| <= 7/16: error 2^-58. */
function series(z: number): number {
  const w = z * z;
  const even =
    3.33333333333329318027e-1 +
    w *
      (1.42857142725034663711e-1 +
        w *
          (9.09088713343650656196e-2 +
            w *
              (6.66107313738753120669e-2 + w * (4.97687799461593236017e-2 + w * 1.62858201153657823623e-2))));
  const odd =
    -1.99999999998764832476e-1 +
    w *
      (-1.1111110405462355788e-1 +
        w * (-7.69187620504482999495e-2 + w * (-5.83357013379057348645e-2 + w * -3.6531572744216915527e-2)));
  return z * even + w * odd;
}
