/**
 * Elementary functions to some 45 digits, in integer arithmetic, by methods that have nothing in common with those under test:
 * Taylor series of small arguments, repeated squaring, and Newton steps from a double.
 */

/** A positive or negative real number, mantissa 2^exponent. */
export interface Real {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const bits = 200n;
const one = 1n << bits;

/** x in units of 2^-200, exactly for |x| >= 2^-147 or 0, else cut off. */
export function fixed(x: number): bigint {
  const { mantissa, exponent } = exactly(x);
  const shift = BigInt(exponent) + bits;
  return shift >= 0n ? mantissa << shift : mantissa >> -shift;
}

/** The double x itself. */
export function exactly(x: number): Real {
  let exponent = 0;
  let mantissa = x;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent--;
  }
  return { mantissa: BigInt(mantissa), exponent };
}

const real = (mantissa: bigint): Real => ({ mantissa, exponent: -Number(bits) });
const times = (a: bigint, b: bigint): bigint => (a * b) >> bits;
const over = (a: bigint, b: bigint): bigint => (a << bits) / b;

export function squareRoot(a: bigint): bigint {
  const target = a << bits;
  if (target === 0n) return 0n;
  let root = 1n << BigInt((target.toString(2).length >> 1) + 1);
  for (;;) {
    const next = (root + target / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function inverseTangentOfInverse(n: bigint, unit: bigint): bigint {
  let sum = 0n;
  let power = unit / n;
  for (let k = 1n, sign = 1n; power !== 0n; k += 2n, sign = -sign) {
    sum += (sign * power) / k;
    power /= n * n;
  }
  return sum;
}

/** Enough digits of pi to reduce any double. */
const wide = 1n << 1400n;
const widePi = 4n * (4n * inverseTangentOfInverse(5n, wide) - inverseTangentOfInverse(239n, wide));
export const pi = widePi >> (1400n - bits);
const ln2 = (() => {
  let sum = 0n;
  for (let k = 1n; k <= bits + 20n; k++) sum += (one << 20n) / (k << k);
  return sum >> 20n;
})();

/** e^a for a fixed-point number, as mantissa and exponent. */
function exponential(a: bigint): Real {
  const k = a / ln2;
  const r = (a - k * ln2) >> 10n;
  let sum = 0n;
  let term = one;
  for (let i = 1n; term !== 0n; i++) {
    sum += term;
    term = times(term, r) / i;
  }
  for (let i = 0; i < 10; i++) sum = times(sum, sum);
  return { mantissa: sum, exponent: Number(k - bits) };
}

/** The fixed-point value of a number that is not too large. */
function toFixed({ mantissa, exponent }: Real): bigint {
  const shift = BigInt(exponent) + bits;
  return shift >= 0n ? mantissa << shift : mantissa >> -shift;
}

/** ln of a positive fixed-point number near the double `near`. */
function logarithm(a: bigint, near: number): bigint {
  const guess = fixed(Math.log(near));
  const e = toFixed(exponential(guess));
  const delta = over(a - e, a + e);
  return guess + 2n * (delta + times(delta, times(delta, delta)) / 3n);
}

/** ln of a positive double, by its binary exponent. */
function logarithmOf(x: number): bigint {
  const k = Math.floor(Math.log2(x));
  const m = x / 2 ** Math.trunc(k / 2) / 2 ** (k - Math.trunc(k / 2));
  return logarithm(fixed(m), m) + BigInt(k) * ln2;
}

/** Cosine and sine of a fixed-point angle of at most some units. */
function cosineAndSine(a: bigint): [bigint, bigint] {
  const r = a >> 6n;
  const square = times(r, r);
  let cosine = 0n;
  let sine = 0n;
  let even = one;
  let odd = r;
  for (let i = 1n; even !== 0n || odd !== 0n; i += 2n) {
    cosine += even;
    sine += odd;
    even = -times(even, square) / (i * (i + 1n));
    odd = -times(odd, square) / ((i + 1n) * (i + 2n));
  }
  for (let i = 0; i < 6; i++)
    [cosine, sine] = [times(cosine, cosine) - times(sine, sine), 2n * times(cosine, sine)];
  return [cosine, sine];
}

/** x modulo 2 pi, fixed-point. */
function reduced(x: number): bigint {
  const { mantissa, exponent } = exactly(x);
  const full =
    exponent >= 0 ? (mantissa << BigInt(exponent)) << 1400n : (mantissa << 1400n) >> BigInt(-exponent);
  const turn = 2n * widePi;
  const rest = full - (full / turn) * turn;
  return rest >> (1400n - bits);
}

/** The angle near `near` of the point (x, y). */
function angle(y: bigint, x: bigint, near: number): bigint {
  const guess = fixed(near);
  const [c, s] = cosineAndSine(guess);
  const delta = over(times(y, c) - times(x, s), times(x, c) + times(y, s));
  return guess + delta - times(delta, times(delta, delta)) / 3n;
}

/** 2/sqrt(pi) e^(-x^2) times the sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)): all terms of one sign. */
function errorFunction(x: number): bigint {
  const a = fixed(x);
  const square = times(a, a);
  let term = a;
  let sum = 0n;
  for (let i = 1n; term !== 0n && term !== -1n; i += 2n) {
    sum += term;
    term = (2n * times(term, square)) / (i + 2n);
  }
  return over(2n * times(sum, toFixed(exponential(-square))), squareRoot(pi));
}

/** The true values, by the names of the functions under test; arguments of magnitude 0 or >= 2^-60. */
export const truth = {
  sin: (x: number): Real => real(cosineAndSine(reduced(x))[1]),
  cos: (x: number): Real => real(cosineAndSine(reduced(x))[0]),
  tan: (x: number): Real => {
    const [c, s] = cosineAndSine(reduced(x));
    return real(over(s, c));
  },
  acos: (x: number): Real =>
    real(2n * angle(squareRoot(one - fixed(x)), squareRoot(one + fixed(x)), Math.acos(x) / 2)),
  atan: (x: number): Real => real(angle(fixed(x), one, Math.atan(x))),
  atan2: (y: number, x: number): Real => real(angle(fixed(y), fixed(x), Math.atan2(y, x))),
  exp: (x: number): Real => exponential(fixed(x)),
  expm1: (x: number): Real => real(toFixed(exponential(fixed(x))) - one),
  log: (x: number): Real => real(logarithmOf(x)),
  log1p: (x: number): Real => real(logarithm(one + fixed(x), 1 + x)),
  tanh: (x: number): Real => {
    const e = toFixed(exponential(2n * fixed(x)));
    return real(over(e - one, e + one));
  },
  erf: (x: number): Real => real(errorFunction(x)),
  pow: (x: number, y: number): Real => exponential(times(fixed(y), logarithmOf(x))),
};

/** |x - value| in units of the spacing of doubles at the true value. */
export function ulps(x: number, value: Real): number {
  if (value.mantissa === 0n) return x === 0 ? 0 : Infinity;
  const length = (value.mantissa < 0n ? -value.mantissa : value.mantissa).toString(2).length;
  const spacing = Math.max(length + value.exponent - 53, -1074);
  const mine = exactly(x);
  const low = Math.min(mine.exponent, value.exponent, spacing - 30);
  const aligned = ({ mantissa, exponent }: Real) => mantissa << BigInt(exponent - low);
  const difference = aligned(mine) - aligned(value);
  const scaled = (difference < 0n ? -difference : difference) >> BigInt(spacing - 30 - low);
  return Number(scaled) / 2 ** 30;
}
