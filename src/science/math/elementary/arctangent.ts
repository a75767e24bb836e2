/** The inverse tangent of one number, and of a quotient as an angle. */
import { productError } from '../exact.ts';

const piLow = 1.2246467991473532e-16;

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
  const angle = anyQuadrant(Math.abs(y), Math.abs(x));
  const upper = x < 0 || Object.is(x, -0) ? Math.PI - (angle - piLow) : angle;
  return y < 0 || Object.is(y, -0) ? -upper : upper;
}

/** The angle for x, y in [0, Infinity]; extreme sizes are scaled by a power of two. */
function anyQuadrant(y: number, x: number): number {
  const large = Math.max(y, x);
  if (large === Infinity) return firstQuadrant(y === Infinity ? 1 : 0, x === Infinity ? 1 : 0);
  if (y < x * 5.551115123125783e-17) return y / x;
  if (x < y * 5.551115123125783e-17) return 1.5707963267948966;
  if (large > 3.2e150) return firstQuadrant(y * 2.409919865102884e-181, x * 2.409919865102884e-181);
  if (large < 3.1e-151) return firstQuadrant(y * 4.149515568880993e180, x * 4.149515568880993e180);
  return firstQuadrant(y, x);
}

/** The angle for x, y >= 0 of ordinary size: the formula of `firstQuadrant` in wasm/assembly/angle.ts, operation by operation. */
function firstQuadrant(y: number, x: number): number {
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
  if (turned) return around(7.85398163397448278999e-1, 3.06161699786838301793e-17, steep, t, correction);
  return steep
    ? around(1.570796326794896558, 6.12323399573676603587e-17, steep, t, correction)
    : t - correction;
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
