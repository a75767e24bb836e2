/** Computes with polynomials in one variable with integer coefficients. */
import { integerSqrt } from './fixed.ts';

/** Coefficients by ascending power; no zeros at the end, and none at all for the zero polynomial. */
export type Polynomial = readonly bigint[];

/** The list without zeros at its end. */
export function polynomial(coefficients: readonly bigint[]): Polynomial {
  return coefficients.slice(0, coefficients.findLastIndex((coefficient) => coefficient !== 0n) + 1);
}

export function constant(value: bigint): Polynomial {
  return polynomial([value]);
}

/** The degree, −1 of the zero polynomial. */
export function degree(a: Polynomial): number {
  return a.length - 1;
}

export function isSame(a: Polynomial, b: Polynomial): boolean {
  return a.length === b.length && a.every((coefficient, i) => coefficient === b[i]);
}

export function sum(terms: readonly Polynomial[]): Polynomial {
  const total: bigint[] = [];
  for (const term of terms)
    for (let i = 0; i < term.length; i++) total[i] = (total[i] ?? 0n) + (term[i] as bigint);
  return polynomial(total);
}

export function plus(a: Polynomial, b: Polynomial): Polynomial {
  return sum([a, b]);
}

export function minus(a: Polynomial, b: Polynomial): Polynomial {
  return sum([a, b.map((coefficient) => -coefficient)]);
}

export function times(a: Polynomial, b: Polynomial): Polynomial {
  if (a.length === 0 || b.length === 0) return [];
  if (a.length === 1 && a[0] === 1n) return b;
  const product: bigint[] = [];
  for (let n = 0; n < a.length + b.length - 1; n++) {
    let total = 0n;
    for (let i = Math.max(0, n - b.length + 1); i <= n && i < a.length; i++) {
      const x = a[i] as bigint;
      if (x !== 0n) total += x * (b[n - i] as bigint);
    }
    product.push(total);
  }
  return polynomial(product);
}

/** a/(x − root), or undefined where that leaves a rest. */
export function dividedByRoot(a: Polynomial, root: bigint): Polynomial | undefined {
  if (root === 0n) return a[0] === 0n || a.length === 0 ? a.slice(1) : undefined;
  let carry = 0n;
  const quotient: bigint[] = [];
  for (let i = a.length - 1; i >= 0; i--) {
    if (i < a.length - 1) quotient.push(carry);
    carry = (a[i] as bigint) + carry * root;
  }
  return carry === 0n ? quotient.reverse() : undefined;
}

/** a/b for b of positive degree, or undefined where that leaves a rest or fractions. */
export function dividedBy(a: Polynomial, b: Polynomial): Polynomial | undefined {
  if (a.length === 0) return a;
  const rest = [...a];
  const quotient: bigint[] = [];
  const top = b.at(-1) as bigint;
  for (let shift = a.length - b.length; shift >= 0; shift--) {
    const leading = rest[shift + b.length - 1] as bigint;
    if (leading % top !== 0n) return undefined;
    quotient.push(leading / top);
    b.forEach((c, i) => (rest[shift + i] = (rest[shift + i] as bigint) - (leading / top) * c));
  }
  return rest.every((c) => c === 0n) ? quotient.reverse() : undefined;
}

/** A polynomial, with positive leading coefficient, of which this is the square; undefined where there is none. */
export function squareRoot(square: Polynomial): Polynomial | undefined {
  const half = (square.length - 1) / 2;
  const top = square.at(-1) ?? 0n;
  if (!Number.isInteger(half) || top < 0n) return undefined;
  const first = integerSqrt(top);
  const root = Array.from({ length: half + 1 }, (_, i) => (i === half ? first : 0n));
  for (let i = half - 1; i >= 0; i--) {
    // The coefficient of x^(half + i) is 2·first·root[i] and what is known.
    let left = square[half + i] as bigint;
    for (let j = i + 1; j < half; j++) left -= (root[j] as bigint) * (root[half + i - j] ?? 0n);
    if (left % (2n * first) !== 0n) return undefined;
    root[i] = left / (2n * first);
  }
  return isSame(times(root, root), square) ? root : undefined;
}

/** The greatest common divisor of all coefficients; 0 for the zero polynomial. */
export function content(a: Polynomial): bigint {
  return a.reduce(gcd, 0n);
}

/** The polynomial over its content, with its signs. */
export function primitive(a: Polynomial): Polynomial {
  const common = content(a);
  return common > 1n ? a.map((coefficient) => coefficient / common) : a;
}

/** The greatest common divisor of two integers, not negative. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
