/** Keeps denominators as powers of the factors that were divided by, which are learnt as they come. */
import { dividedBy, dividedByRoot, isSame, times } from './integer-polynomial.ts';
import { factored, type PiPolynomial } from './pi-polynomial.ts';

/** The factors met so far, π first: primitive polynomials, some of which may not be prime. */
export interface Factors {
  readonly known: PiPolynomial[];
  /** Products of their powers, by the exponents. */
  readonly products: Map<string, PiPolynomial>;
}

/** A polynomial as content·Π known[i]^powers[i]. */
export interface Split {
  readonly content: bigint;
  readonly powers: readonly number[];
}

/** The start: π alone. */
export function newFactors(): Factors {
  return { known: [[0n, 1n]], products: new Map() };
}

/** A polynomial other than zero in factors, new ones learnt. */
export function split({ known }: Factors, p: PiPolynomial): Split {
  const { content, shift, roots, rest } = factored(p);
  const powers = known.map((_, i) => (i === 0 ? shift : 0));
  const count = (factor: PiPolynomial) => {
    const found = known.findIndex((other) => isSame(other, factor));
    const at = found < 0 ? known.push(factor) - 1 : found;
    powers[at] = (powers[at] ?? 0) + 1;
  };
  for (const root of roots) count([-root, 1n]);
  let left = rest;
  for (let i = 1; i < known.length; i++) {
    for (;;) {
      const next = dividedBy(left, known[i] as PiPolynomial);
      if (next === undefined) break;
      left = next;
      powers[i] = (powers[i] ?? 0) + 1;
    }
  }
  if (left.length > 1) count(left);
  return { content: left.length > 1 ? content : content * (left[0] as bigint), powers };
}

/** Π known[i]^(powers[i] − less[i]), over the positive exponents; kept for the next call. */
export function productOf(
  factors: Factors,
  powers: readonly number[],
  less: readonly number[] = [],
): PiPolynomial {
  return powered(
    factors,
    powers.map((power, i) => Math.max(0, power - (less[i] ?? 0))),
  );
}

function powered(factors: Factors, exponents: number[]): PiPolynomial {
  const last = exponents.findLastIndex((exponent) => exponent > 0);
  if (last < 0) return [1n];
  const name = exponents.slice(0, last + 1).join();
  const kept = factors.products.get(name);
  if (kept !== undefined) return kept;
  const fewer = exponents.map((exponent, i) => (i === last ? exponent - 1 : exponent));
  const product = times(factors.known[last] as PiPolynomial, powered(factors, fewer));
  factors.products.set(name, product);
  return product;
}

/** Lists of polynomials and powers with the factors taken out that all polynomials share. */
export function withoutShared(
  { known }: Factors,
  polynomials: readonly [PiPolynomial, PiPolynomial],
  powers: readonly number[],
): { readonly polynomials: readonly [PiPolynomial, PiPolynomial]; readonly powers: readonly number[] } {
  let [p, q] = polynomials;
  const left = powers.map((power, i) => {
    let rest = power;
    for (; rest > 0; rest--) {
      const [less, also] = [quotient(p, known[i] as PiPolynomial), quotient(q, known[i] as PiPolynomial)];
      if (less === undefined || also === undefined) break;
      [p, q] = [less, also];
    }
    return rest;
  });
  return { polynomials: [p, q], powers: left };
}

function quotient(p: PiPolynomial, factor: PiPolynomial): PiPolynomial | undefined {
  return factor.length === 2 && factor[1] === 1n
    ? dividedByRoot(p, -(factor[0] as bigint))
    : dividedBy(p, factor);
}
