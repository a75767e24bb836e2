/** The sine and the cosine. */
import { reduce, remainder } from './reduction.ts';

/** pi/4. */
const eighth = 7.85398163397448278999e-1;

/** sin x for x in radians, NaN at infinity. Error below 1 ulp. Source: fdlibm s_sin.c (Sun Microsystems, 1993). */
export function sin(x: number): number {
  if (Math.abs(x) <= eighth) return sineKernel(x, 0);
  if (!(Math.abs(x) < Infinity)) return Number.NaN;
  return quadrant(reduce(x));
}

/** cos x for x in radians, NaN at infinity. Error below 1 ulp. Source: fdlibm s_cos.c (Sun Microsystems, 1993). */
export function cos(x: number): number {
  if (Math.abs(x) <= eighth) return cosineKernel(x, 0);
  if (!(Math.abs(x) < Infinity)) return Number.NaN;
  return quadrant(reduce(x) + 1);
}

/** sin(remainder + n pi/2). */
function quadrant(n: number): number {
  const high = remainder[0] as number;
  const low = remainder[1] as number;
  const value = n & 1 ? cosineKernel(high, low) : sineKernel(high, low);
  return n & 2 ? -value : value;
}

/** sin(x + y) for |x + y| <= pi/4 and y at most an ulp of x. */
function sineKernel(x: number, y: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * y - v * r) - y - v * -1.66666666666666324348e-1);
}

/** cos(x + y) for |x + y| <= pi/4 and y at most an ulp of x. */
function cosineKernel(x: number, y: number): number {
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z *
                (-2.75573143513906633035e-7 +
                  z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * y));
}
