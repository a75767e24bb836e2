/** The inverse tangent of one number and of a quotient. */

const piLow = 1.2246467991473532e-16;

/** arctan x in [-pi/2, pi/2]. Error below 1 ulp. Source: fdlibm s_atan.c (Sun Microsystems, 1993). */
export function atan(x: number): number {
  if (Math.abs(x) < 7.45e-9) return x;
  if (Math.abs(x) < 0.4375) return x - x * series(x * x);
  if (x < 0) return -positive(-x);
  return x > 0 ? positive(x) : Number.NaN;
}

/** arctan x for x >= 7/16, around the nearest of 1/2, 1, 3/2 and infinity. */
function positive(x: number): number {
  if (x < 0.6875) return around((2 * x - 1) / (2 + x), 4.63647609000806093515e-1, 2.26987774529616870924e-17);
  if (x < 1.1875) return around((x - 1) / (x + 1), 7.85398163397448278999e-1, 3.06161699786838301793e-17);
  if (x < 2.4375)
    return around((x - 1.5) / (1 + 1.5 * x), 9.82793723247329054082e-1, 1.39033110312309984516e-17);
  return around(-1 / x, 1.570796326794896558, 6.12323399573676603587e-17);
}

/** base + arctan(x), where base is given as a sum of two doubles. */
function around(x: number, high: number, low: number): number {
  return high - (x * series(x * x) - low - x);
}

/** 1 - arctan(x) / x for z = x^2, |x| <= 7/16: error 2^-58. */
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

/** The angle of the point (x, y) in [-pi, pi], signs of zero as in ECMAScript. Error below 1 ulp. Source: fdlibm e_atan2.c. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const angle = firstQuadrant(Math.abs(y), Math.abs(x));
  const upper = x < 0 || Object.is(x, -0) ? Math.PI - (angle - piLow) : angle;
  return y < 0 || Object.is(y, -0) ? -upper : upper;
}

/** atan2 for y, x >= 0. */
function firstQuadrant(y: number, x: number): number {
  if (y === 0) return 0;
  if (y === Infinity && x === Infinity) return 7.85398163397448278999e-1;
  return atan(y / x);
}
