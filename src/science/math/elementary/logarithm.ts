/** The natural logarithm and log(1 + x). */
import { highWord, withHighWord } from './bits.ts';

const ln2High = 6.9314718036912381649e-1; // 32 bits of ln 2, so that k ln2High is exact for |k| < 2^21
const ln2Low = 1.90821492927058770002e-10;
const twoTo54 = 18014398509481984;
/** The upper word of sqrt(1/2), and its distance from that of 1. */
const rootHalf = 0x3fe6a09e;
const toOne = 0x95f62;

/** ln x. Error below 1 ulp; -Infinity at 0, NaN below. Source: fdlibm e_log.c (Sun Microsystems, 1993). */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  const k = exponent(x);
  return logScaled(mantissa(x, k) - 1, 0, k);
}

/** ln(1 + x), exact to below 1 ulp also near 0. Source: fdlibm s_log1p.c (Sun Microsystems, 1993). */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : Number.NaN;
  if (Math.abs(x) < 1.1e-16 || x === Infinity) return x;
  if (x > -0.29289 && x < 0.41421) return logScaled(x, 0, 0);
  const u = 1 + x;
  const lost = x >= 1 ? 1 - (u - x) : x - (u - 1);
  const k = exponent(u);
  return logScaled(mantissa(u, k) - 1, lost / u, k);
}

/** The integer k for which x / 2^k lies in [sqrt(1/2), sqrt(2)), for x > 0 finite. */
export function exponent(x: number): number {
  const normal = x < 2.2250738585072014e-308 ? exponent(x * twoTo54) - 54 : (highWord(x) + toOne) >> 20;
  return x < 2.2250738585072014e-308 ? normal : normal - 1023;
}

/** x / 2^k, exactly, for k = exponent(x). */
export function mantissa(x: number, k: number): number {
  const normal = k < -1022 ? x * twoTo54 : x;
  return withHighWord(normal, ((highWord(normal) + toOne) & 0xfffff) + rootHalf);
}

/** k ln 2 + ln(1 + f) + c for f in [sqrt(1/2) - 1, sqrt(2) - 1] and a small correction c. */
function logScaled(f: number, c: number, k: number): number {
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const r = series(s * s);
  return s * (halfSquare + r) + (k * ln2Low + c) - halfSquare + f + k * ln2High;
}

/** (ln(1 + f) - 2 s) / s for z = s^2, s = f / (2 + f): error 2^-58. */
function series(z: number): number {
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    6.66666666666673513e-1 +
    w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1));
  return z * odd + even;
}
