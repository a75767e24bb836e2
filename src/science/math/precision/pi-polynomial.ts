/** Computes with polynomials in π with integer coefficients. */
import { integerSqrt, multiplyFixed } from './fixed.ts';

/** The coefficient of π^i at index i; no zeros at the end, and none at all for the zero polynomial. */
export type PiPolynomial = readonly bigint[];

/** The list without zeros at its end. */
export function polynomial(coefficients: readonly bigint[]): PiPolynomial {
  return coefficients.slice(0, coefficients.findLastIndex((coefficient) => coefficient !== 0n) + 1);
}

/** π^power. */
export function powerOf(power: number): PiPolynomial {
  return Array.from({ length: power + 1 }, (_, i) => (i === power ? 1n : 0n));
}

/** π^low, …, π^high. */
export function monomials(low: number, high: number): PiPolynomial[] {
  return Array.from({ length: high - low + 1 }, (_, i) => powerOf(low + i));
}

export function times(a: PiPolynomial, b: PiPolynomial): PiPolynomial {
  if (a.length === 0 || b.length === 0) return [];
  if (a.length === 1 && a[0] === 1n) return b;
  const product: bigint[] = [];
  for (let n = 0; n < a.length + b.length - 1; n++) {
    let sum = 0n;
    for (let i = Math.max(0, n - b.length + 1); i <= n && i < a.length; i++) {
      const x = a[i] as bigint;
      if (x !== 0n) sum += x * (b[n - i] as bigint);
    }
    product.push(sum);
  }
  return polynomial(product);
}

export function sum(terms: readonly PiPolynomial[]): PiPolynomial {
  const total: bigint[] = [];
  for (const term of terms)
    for (let i = 0; i < term.length; i++) total[i] = (total[i] ?? 0n) + (term[i] as bigint);
  return polynomial(total);
}

/** The value as a fixed-point number, from that of π. */
export function evaluate(a: PiPolynomial, pi: bigint, bits: number): bigint {
  return a.reduceRight(
    (total, coefficient) => multiplyFixed(total, pi, bits) + (coefficient << BigInt(bits)),
    0n,
  );
}

/** a/(π − root), or undefined where that leaves a rest. */
export function dividedByRoot(a: PiPolynomial, root: bigint): PiPolynomial | undefined {
  if (root === 0n) return a[0] === 0n || a.length === 0 ? a.slice(1) : undefined;
  let carry = 0n;
  const quotient: bigint[] = [];
  for (let i = a.length - 1; i >= 0; i--) {
    if (i < a.length - 1) quotient.push(carry);
    carry = (a[i] as bigint) + carry * root;
  }
  return carry === 0n ? quotient.reverse() : undefined;
}

export function isSame(a: PiPolynomial, b: PiPolynomial): boolean {
  return a.length === b.length && a.every((coefficient, i) => coefficient === b[i]);
}

/** a/b for b of positive degree, or undefined where that leaves a rest or fractions. */
export function dividedBy(a: PiPolynomial, b: PiPolynomial): PiPolynomial | undefined {
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
export function squareRoot(square: PiPolynomial): PiPolynomial | undefined {
  const degree = (square.length - 1) / 2;
  const top = square.at(-1) ?? 0n;
  if (!Number.isInteger(degree) || top < 0n) return undefined;
  const first = integerSqrt(top);
  const root = Array.from({ length: degree + 1 }, (_, i) => (i === degree ? first : 0n));
  for (let i = degree - 1; i >= 0; i--) {
    // The coefficient of π^(degree + i) is 2·first·root[i] and what is known.
    let left = square[degree + i] as bigint;
    for (let j = i + 1; j < degree; j++) left -= (root[j] as bigint) * (root[degree + i - j] ?? 0n);
    if (left % (2n * first) !== 0n) return undefined;
    root[i] = left / (2n * first);
  }
  return isSame(times(root, root), square) ? root : undefined;
}

/** The greatest common divisor of all coefficients; 0 for the zero polynomial. */
export function content(a: PiPolynomial): bigint {
  return a.reduce(gcd, 0n);
}

/** A polynomial as content · π^shift · Π (π − root) · rest, the rest without small integer roots. */
export interface Factored {
  /** With the sign of the leading coefficient. */
  readonly content: bigint;
  readonly shift: number;
  /** Roots other than 0, repeated, ascending. */
  readonly roots: readonly bigint[];
  readonly rest: PiPolynomial;
}

const smallRoots = [-3n, -2n, -1n, 1n, 2n, 3n];

/** Takes out what divides a polynomial other than zero. */
export function factored(a: PiPolynomial): Factored {
  const shift = a.findIndex((coefficient) => coefficient !== 0n);
  const leading = a.at(-1) as bigint;
  const common = leading < 0n ? -content(a) : content(a);
  let rest: PiPolynomial = a.slice(shift).map((coefficient) => coefficient / common);
  const roots = smallRoots.flatMap((root) => {
    const found: bigint[] = [];
    for (
      let next = dividedByRoot(rest, root);
      next !== undefined && next.length > 0;
      next = dividedByRoot(rest, root)
    ) {
      rest = next;
      found.push(root);
    }
    return found;
  });
  return { content: common, shift, roots, rest };
}

export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
