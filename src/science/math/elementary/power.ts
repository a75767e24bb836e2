/** The power x^y. */
import { productError, sumError } from '../exact.ts';
import { expSum } from './exponential.ts';
import { horner } from './horner.ts';
import { exponent, mantissa } from './logarithm.ts';

/** ln 2 in three pieces; the first has 32 bits, so that k ln2High is exact for |k| < 2^21. */
const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.9082149292705877e-10;
/** 2/3 in two pieces. */
const twoThirds = 0.6666666666666666;
const twoThirdsLow = 3.700743415417188e-17;

/**
 * x^y with the special values of ECMAScript's `**`. Error below 1 ulp.
 * Method: e^(y ln x) with ln x as a sum of two doubles, good to 2^-65 (after fdlibm e_pow.c, Sun Microsystems, 1993).
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const magnitude = positivePower(Math.abs(x), y);
  if (x > 0 || Object.is(x, 0)) return magnitude;
  const integer = Math.trunc(y) === y;
  if (!integer && Number.isFinite(x) && x !== 0) return Number.NaN;
  return integer && Math.trunc(y / 2) !== y / 2 ? -magnitude : magnitude;
}

/** x^y for x in [0, Infinity] and y not 0. */
function positivePower(x: number, y: number): number {
  if (x === 1) return Number.isFinite(y) ? 1 : Number.NaN;
  if (y === 1 || y === 2) return y === 1 ? x : x * x;
  if (y === 0.5 || y === -1) return y === -1 ? 1 / x : Math.sqrt(x);
  const extreme = x === 0 || x === Infinity || Math.abs(y) > 3.6e19; // beyond 2^65 even 1 + 2^-52 overflows
  if (extreme) return x > 1 === y > 0 ? Infinity : 0;
  const k = exponent(x);
  const m = mantissa(x, k);
  const f = m - 1;
  const s = f / (2 + f);
  const sLow = quotientRest(m, f, s);
  // ln m = 2/3 s (3 + z + r) with z = s^2
  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;
  const u = 3 + z;
  const uLow = sumError(3, z, u) + (zLow + z * z * horner(z, tail));
  const v = s * u;
  const vLow = productError(s, u, v) + (s * uLow + sLow * u);
  const w = v * twoThirds;
  const wLow = productError(v, twoThirds, w) + (v * twoThirdsLow + vLow * twoThirds);
  const big = k * ln2High;
  const sum = big + w;
  const sumLow = sumError(big, w, sum) + (k * ln2Low + wLow);
  const high = sum + sumLow;
  return expProduct(y, high, sum - high + sumLow);
}

/** What f / (m + 1) is beyond its rounded value s, for f = m - 1. */
function quotientRest(m: number, f: number, s: number): number {
  const d = m + 1;
  const p = s * d;
  return (f - p - productError(s, d, p) - s * sumError(m, 1, d)) / d;
}

/** e^(y (high + low)). */
function expProduct(y: number, high: number, low: number): number {
  const p = y * high;
  if (Math.abs(p) > 800) return p > 0 ? Infinity : 0;
  const rest = productError(y, high, p) + y * low;
  const sum = p + rest;
  return expSum(sum, p - sum + rest);
}

/**
 * (3/(2 s) ln m - 3 - z) / z^2 by its Taylor series, z = s^2 <= 0.0295: 3/5, 3/7, ..., 3/25 (written out, since a
 * bundler does not drop a division). The terms left out are below 2^-69.
 */
const tail = [
  0.6, 0.42857142857142855, 0.3333333333333333, 0.2727272727272727, 0.23076923076923078, 0.2,
  0.17647058823529413, 0.15789473684210525, 0.14285714285714285, 0.13043478260869565, 0.12,
];
