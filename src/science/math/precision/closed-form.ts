/** Recognises numbers that are rational in π, or quadratic over such. */
import { quotientText, rootText, surdText } from './closed-form-text.ts';
import { fixedField } from './fixed-field.ts';
import { bitLength } from './fixed.ts';
import { sum, times } from './integer-polynomial.ts';
import { evaluate, monomials, type PiPolynomial, powerOf } from './pi-polynomial.ts';
import { findRelation, type Relation } from './relation.ts';

/** A formula for a number, with the evidence for it. */
export interface ClosedForm {
  /** Plain text in + − * / ^, integers, `pi` and `sqrt`, for instance `1/4 - 1/(2*pi)`. */
  readonly text: string;
  /** Decimal digits to which the formula was seen to agree. */
  readonly digits: number;
  /** Decimal digits that the formula's own integers could account for; those beyond speak for it. */
  readonly spent: number;
  /** The same as (plain + root·√radical)/over; left out for other roots. */
  readonly quotient?: PiQuotient;
}

/** (plain + root·√radical)/over, radical 1 where there is no root. */
export interface PiQuotient {
  readonly plain: PiPolynomial;
  readonly root: PiPolynomial;
  readonly radical: number;
  readonly over: PiPolynomial;
}

/**
 * The shape of an equation Σ_k P_k(π) g_k = 0: P_k is sought as an integer combination of the k-th list. With
 * generators 1, x the number is rational in π; 1, x, x² make it quadratic; 1, x, √r put it into Q(π, √r).
 */
interface Template {
  readonly generators: readonly ('1' | 'x' | 'x^2' | number)[];
  readonly bases: readonly (readonly PiPolynomial[])[];
}

/** Polynomials of one degree for each power of x. */
function full(order: 1 | 2, degree: number): Template {
  const generators = (['1', 'x', 'x^2'] as const).slice(0, order + 1);
  return { generators, bases: generators.map(() => monomials(0, degree)) };
}

/** x = (a combination of π^-low, …, π^high)/denominator. */
function laurent(denominator: PiPolynomial, low: number, high: number): Template {
  return { generators: ['1', 'x'], bases: [monomials(0, low + high), [times(denominator, powerOf(low))]] };
}

/** x = (a combination of π^-low, …, π^high, each times 1 or √radical)/denominator. */
function surd(radical: number, denominator: PiPolynomial, low: number, high: number): Template {
  const powers = monomials(0, low + high);
  return { generators: ['1', 'x', radical], bases: [powers, [times(denominator, powerOf(low))], powers] };
}

/** The shapes tried, simple ones first; see `closedForm`. */
function templates(radicals: readonly number[]): Template[] {
  const unity: PiPolynomial = [1n];
  const less: PiPolynomial = [-2n, 1n];
  const more: PiPolynomial = [2n, 1n];
  return [
    ...[0, 1, 2, 3, 4].map((degree) => full(1, degree)),
    ...[unity, less, more].map((denominator) => laurent(denominator, 8, 1)),
    ...[0, 1, 2, 3].map((degree) => full(2, degree)),
    ...radicals.flatMap((radical) => [
      ...[3, 6].flatMap((low) =>
        [unity, less, more].map((denominator) => surd(radical, denominator, low, 1)),
      ),
      surd(radical, unity, 9, 1),
    ]),
    ...[5, 6, 7].map((degree) => full(1, degree)),
    ...[unity, less, more, times([-1n, 1n], less)].map((denominator) => laurent(denominator, 13, 2)),
  ];
}

/**
 * The simplest formula found for the fixed-point number `value`, right to `bits` binary digits: P(π)/Q(π) with integer
 * polynomials up to degree 7; Laurent polynomials in π, over π ± 2 or (π − 1)(π − 2) if need be; a root of
 * A(π)x² + B(π)x + C(π) with degrees up to 3; Laurent polynomials with the square roots of `radicals` that the caller
 * has reason to expect. `undefined` does not say that there is no formula.
 */
export function closedForm(
  value: bigint,
  bits: number,
  radicals: readonly number[] = [],
): ClosedForm | undefined {
  if (bitLength(value) <= 6) return { text: '0', digits: decimal(bits - 6), spent: 0, quotient: zero() };
  for (const template of templates(radicals)) {
    const found = findEquation(value, bits, template);
    if (found !== undefined) return described(found, template, value, bits);
  }
  return undefined;
}

/** Digits given up for the errors that multiplication by powers of π and of the value brings. */
const slack = 16;

/** An equation of the given shape that the value solves. */
function findEquation(value: bigint, bits: number, template: Template): Relation | undefined {
  const { pi, one, mul, sqrt, fromNumber } = fixedField(bits);
  const values = { '1': one, x: value, 'x^2': mul(value, value) };
  const terms = template.generators.flatMap((generator, k) => {
    const factor = typeof generator === 'number' ? sqrt(fromNumber(generator)) : values[generator];
    return (template.bases[k] as readonly PiPolynomial[]).map((p) => mul(factor, evaluate(p, pi, bits)));
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
  const [constant, linear, third] = template.bases.map((basis) => {
    const own = coefficients.slice(used, (used += basis.length));
    return sum(basis.map((p, i) => times(p, [own[i] as bigint])));
  }) as [PiPolynomial, PiPolynomial, PiPolynomial?];
  const evidence = { digits: decimal(agreed), spent: decimal(spent) };
  const generator = template.generators[2];
  if (generator === 'x^2') return { text: rootText(third ?? [], linear, constant, value, bits), ...evidence };
  const radical = typeof generator === 'number' ? generator : 1;
  const quotient = { plain: times(constant, [-1n]), root: times(third ?? [], [-1n]), radical, over: linear };
  return { text: textOf(quotient), ...evidence, quotient };
}

function zero(): PiQuotient {
  return { plain: [], root: [], radical: 1, over: [1n] };
}

/** The quotient as a formula. */
export function textOf({ plain, root, radical, over }: PiQuotient): string {
  return root.length === 0 ? quotientText(plain, over) : surdText(plain, root, radical, over);
}

/** Whole decimal digits in so many binary ones. */
function decimal(bits: number): number {
  return Math.floor((bits * 30103) / 100000);
}
