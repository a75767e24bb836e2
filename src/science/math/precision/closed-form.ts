/** Recognises numbers that are rational in π, or quadratic over such. */
import { quotientText, rootText } from './closed-form-text.ts';
import { piFixed } from './fixed-angle.ts';
import { bitLength, multiplyFixed } from './fixed.ts';
import { evaluate, monomials, type PiPolynomial, powerOf, sum, times } from './pi-polynomial.ts';
import { findRelation, type Relation } from './relation.ts';

/** A formula for a number, with the evidence for it. */
export interface ClosedForm {
  /** Plain text in + − * / ^, integers, `pi` and `sqrt`, for instance `1/4 - 1/(2*pi)`. */
  readonly text: string;
  /** Decimal digits to which the formula was seen to agree. */
  readonly digits: number;
  /** Decimal digits that the formula's own integers could account for; those beyond speak for it. */
  readonly spent: number;
}

/**
 * The shape of an equation Σ_k P_k(π) x^k = 0: P_k is sought as an integer combination of the k-th list. Two lists
 * make x rational in π, three quadratic.
 */
type Template = readonly (readonly PiPolynomial[])[];

/** Polynomials of one degree for each power of x. */
function full(order: number, degree: number): Template {
  return Array.from({ length: order + 1 }, () => monomials(0, degree));
}

/** x = (a combination of π^-low, …, π^high)/denominator. */
function laurent(denominator: PiPolynomial, low: number, high: number): Template {
  return [monomials(0, low + high), [times(denominator, powerOf(low))]];
}

/** The shapes tried, simple ones first; see `closedForm`. */
function templates(): Template[] {
  const unity: PiPolynomial = [1n];
  const less: PiPolynomial = [-2n, 1n];
  const more: PiPolynomial = [2n, 1n];
  return [
    ...[0, 1, 2, 3, 4].map((degree) => full(1, degree)),
    ...[unity, less, more].map((denominator) => laurent(denominator, 8, 1)),
    ...[0, 1, 2, 3].map((degree) => full(2, degree)),
    ...[5, 6, 7].map((degree) => full(1, degree)),
    ...[unity, less, more, times([-1n, 1n], less)].map((denominator) => laurent(denominator, 13, 2)),
  ];
}

/**
 * The simplest formula found for the fixed-point number `value`, right to `bits` binary digits: P(π)/Q(π) with integer
 * polynomials up to degree 7; Laurent polynomials in π, over π ± 2 or (π − 1)(π − 2) if need be; a root of
 * A(π)x² + B(π)x + C(π) with degrees up to 3. `undefined` does not say that there is no formula.
 */
export function closedForm(value: bigint, bits: number): ClosedForm | undefined {
  if (bitLength(value) <= 6) return { text: '0', digits: decimal(bits - 6), spent: 0 };
  for (const template of templates()) {
    const found = findEquation(value, bits, template);
    if (found !== undefined) return described(found, template, value, bits);
  }
  return undefined;
}

/** Digits given up for the errors that multiplication by powers of π and of the value brings. */
const slack = 16;

/** An equation of the given shape that the value solves. */
function findEquation(value: bigint, bits: number, template: Template): Relation | undefined {
  const pi = piFixed(bits);
  let power = 1n << BigInt(bits);
  const terms = template.flatMap((basis, order) => {
    if (order > 0) power = multiplyFixed(power, value, bits);
    return basis.map((polynomial) => multiplyFixed(power, evaluate(polynomial, pi, bits), bits));
  });
  const drop = slack + Math.max(0, ...terms.map((term) => bitLength(term) - bits - 1));
  return findRelation(
    terms.map((term) => term >> BigInt(drop)),
    bits - drop,
  );
}

/** The formula that a relation between the terms of a template amounts to. */
function described(
  { coefficients, bits: agreed, spent }: Relation,
  template: Template,
  value: bigint,
  bits: number,
): ClosedForm {
  let used = 0;
  const [constant, linear, quadratic] = template.map((basis) => {
    const own = coefficients.slice(used, (used += basis.length));
    return sum(basis.map((polynomial, i) => times(polynomial, [own[i] as bigint])));
  }) as [PiPolynomial, PiPolynomial, PiPolynomial?];
  const text =
    quadratic === undefined
      ? quotientText(times(constant, [-1n]), linear)
      : rootText(quadratic, linear, constant, value, bits);
  return { text, digits: decimal(agreed), spent: decimal(spent) };
}

/** Whole decimal digits in so many binary ones. */
function decimal(bits: number): number {
  return Math.floor((bits * 30103) / 100000);
}
