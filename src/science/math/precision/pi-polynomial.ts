/** Computes with polynomials in π with integer coefficients. */
import { multiplyFixed } from './fixed.ts';

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
  const product = Array.from({ length: Math.max(0, a.length + b.length - 1) }, () => 0n);
  a.forEach((x, i) => b.forEach((y, j) => (product[i + j] = (product[i + j] as bigint) + x * y)));
  return polynomial(product);
}

export function sum(terms: readonly PiPolynomial[]): PiPolynomial {
  const length = Math.max(0, ...terms.map((term) => term.length));
  return polynomial(
    Array.from({ length }, (_, i) => terms.reduce((total, term) => total + (term[i] ?? 0n), 0n)),
  );
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
  let carry = 0n;
  const quotient = a.toReversed().map((coefficient) => (carry = coefficient + carry * root));
  return carry === 0n ? quotient.slice(0, -1).toReversed() : undefined;
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
