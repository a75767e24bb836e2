/** Computes with polynomials in π with integer coefficients. */
import { multiplyFixed } from './fixed.ts';
import { content, dividedByRoot, type Polynomial } from './integer-polynomial.ts';

/** The coefficient of π^i at index i. */
export type PiPolynomial = Polynomial;

/** π^power. */
export function powerOf(power: number): PiPolynomial {
  return Array.from({ length: power + 1 }, (_, i) => (i === power ? 1n : 0n));
}

/** π^low, …, π^high. */
export function monomials(low: number, high: number): PiPolynomial[] {
  return Array.from({ length: high - low + 1 }, (_, i) => powerOf(low + i));
}

/** The value as a fixed-point number, from that of π. */
export function evaluate(a: PiPolynomial, pi: bigint, bits: number): bigint {
  return a.reduceRight(
    (total, coefficient) => multiplyFixed(total, pi, bits) + (coefficient << BigInt(bits)),
    0n,
  );
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
