/** The exponential function and exp(x) - 1. */
import { powerOfTwo, scale } from './bits.ts';

const ln2High = 6.9314718036912381649e-1; // 32 bits of ln 2, so that k ln2High is exact for |k| < 2^21
const ln2Low = 1.90821492927058770002e-10;
const overflow = 7.09782712893383973096e2;
const underflow = -7.4513321910194110842e2;

/** e^x. Error below 1 ulp; Infinity from 709.79 on, 0 below -745.14. Source: fdlibm e_exp.c (Sun Microsystems, 1993). */
export function exp(x: number): number {
  return expSum(x, 0);
}

/** e^(x + low) for |low| at most an ulp of x: the last step of `pow`. */
export function expSum(x: number, low: number): number {
  if (!(x <= overflow)) return x > overflow ? Infinity : x;
  if (x < underflow) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * ln2High;
  const rest = k * ln2Low - low;
  const r = high - rest;
  const c = r - r * r * remez(r * r);
  return scale(1 + ((r * c) / (2 - c) - rest + high), k);
}

/** (r - (e^r - 1)(2 - ...)/...) / r^2 in z = r^2: r coth(r/2) = 2 + z remez(z) + ..., |r| <= ln2 / 2, error 2^-59. */
function remez(z: number): number {
  return (
    1.66666666666666019037e-1 +
    z *
      (-2.77777777770155933842e-3 +
        z * (6.61375632143793436117e-5 + z * (-1.6533902205465251539e-6 + z * 4.13813679705723846039e-8)))
  );
}

/** e^x - 1, exact to below 1 ulp also near 0. Source: fdlibm s_expm1.c (Sun Microsystems, 1993). */
export function expm1(x: number): number {
  if (!(x <= overflow)) return x > overflow ? Infinity : x;
  if (x < -40) return -1;
  if (Math.abs(x) < 5.55e-17) return x;
  const k = Math.abs(x) < 0.34657359 ? 0 : Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  return expm1Scaled(r, high - r - low, k);
}

/** 2^k e^(r + c) - 1 for |r| <= ln2 / 2. */
function expm1Scaled(r: number, c: number, k: number): number {
  const half = 0.5 * r;
  const z = r * half;
  const r1 = 1 + z * (-3.33333333333331316428e-2 + z * expm1Tail(z));
  const t = 3 - r1 * half;
  const e = z * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - z);
  const g = r * (e - c) - c - z;
  if (k === -1) return 0.5 * (r - g) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (g - (r + 0.5)) : 1 + 2 * (r - g);
  if (k < 0 || k > 56) return scale(r - g + 1, k) - 1;
  const unit = powerOfTwo(-k);
  return (k < 20 ? r - g + (1 - unit) : r - (g + unit) + 1) * powerOfTwo(k);
}

function expm1Tail(z: number): number {
  return (
    1.58730158725481460165e-3 +
    z * (-7.93650757867487942473e-5 + z * (4.00821782732936239552e-6 + z * -2.01099218183624371326e-7))
  );
}
