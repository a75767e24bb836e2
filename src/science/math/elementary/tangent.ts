/** The tangent. */
import { reduce, remainder } from './reduction.ts';

const eighth = 7.85398163397448278999e-1;
const eighthLow = 3.06161699786838301793e-17;

/** tan x for x in radians, NaN at infinity. Error below 1 ulp. Source: fdlibm s_tan.c (Sun Microsystems, 1993). */
export function tan(x: number): number {
  if (Math.abs(x) < 7.45e-9) return x;
  if (Math.abs(x) <= eighth) return kernel(x, 0, 1);
  if (!(Math.abs(x) < Infinity)) return Number.NaN;
  const n = reduce(x);
  return kernel(remainder[0] as number, remainder[1] as number, n & 1 ? -1 : 1);
}

/** tan(x + y)^sign for |x + y| <= pi/4 and y at most an ulp of x. */
function kernel(x: number, y: number, sign: number): number {
  if (x <= -0.67434) return -large(-x, -y, sign);
  if (x >= 0.67434) return large(x, y, sign);
  const r = correction(x, y);
  const w = x + r;
  if (sign === 1) return w;
  // -1 / (x + r), with one step of refinement
  const z = Math.fround(w);
  const v = r - (z - x);
  const a = -1 / w;
  const t = Math.fround(a);
  return t + a * (1 + t * z + t * v);
}

/** tan(x + y)^sign for x near pi/4, from the tangent of pi/4 - x - y. */
function large(x: number, y: number, sign: number): number {
  const f = eighth - x + (eighthLow - y);
  const r = correction(f, 0);
  const w = f + r;
  return sign - 2 * (f - ((w * w) / (w + sign) - r));
}

/** tan(x + y) - x. */
function correction(x: number, y: number): number {
  const z = x * x;
  const s = z * x;
  return y + z * (s * series(z) + y) + 3.33333333333334091986e-1 * s;
}

function series(z: number): number {
  const w = z * z;
  const even =
    1.33333333333201242699e-1 +
    w *
      (2.18694882948595424599e-2 +
        w *
          (3.59207910759131235356e-3 +
            w *
              (5.88041240820264096874e-4 + w * (7.817944429395570923e-5 + w * -1.85586374855275456654e-5))));
  const odd =
    5.39682539762260521377e-2 +
    w *
      (8.86323982359930005737e-3 +
        w *
          (1.45620945432529025516e-3 +
            w *
              (2.46463134818469906812e-4 + w * (7.14072491382608190305e-5 + w * 2.59073051863633712884e-5))));
  return even + z * odd;
}
