/** The inverse cosine. */

const halfPiHigh = 1.570796326794896558;
const halfPiLow = 6.12323399573676603587e-17;

/** arccos x in [0, pi] for x in [-1, 1], else NaN. Error below 1 ulp. Source: fdlibm e_acos.c (Sun Microsystems, 1993). */
export function acos(x: number): number {
  if (Math.abs(x) < 0.5) return halfPiHigh - (x - (halfPiLow - x * ratio(x * x)));
  if (x < 0) {
    const z = 0.5 + x * 0.5;
    const s = Math.sqrt(z);
    return 2 * (halfPiHigh - (s + (ratio(z) * s - halfPiLow)));
  }
  const z = 0.5 - x * 0.5;
  if (z === 0) return 0;
  const s = Math.sqrt(z);
  const high = Math.fround(s);
  const low = (z - high * high) / (s + high);
  return 2 * (high + (ratio(z) * s + low));
}

/** (arcsin(x) - x) / x for z = x^2 <= 1/4: a rational approximation with error 2^-58. */
function ratio(z: number): number {
  const p =
    1.66666666666666657415e-1 +
    z *
      (-3.25565818622400915405e-1 +
        z *
          (2.01212532134862925881e-1 +
            z *
              (-4.00555345006794114027e-2 + z * (7.91534994289814532176e-4 + z * 3.4793310759602116757e-5))));
  const q =
    1 +
    z *
      (-2.40339491173441421878 +
        z * (2.02094576023350569471 + z * (-6.8828397160545329303e-1 + z * 7.70381505559019352791e-2)));
  return (z * p) / q;
}
