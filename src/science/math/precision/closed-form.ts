/** Recognises numbers that are rational in π, or quadratic over such. */
import { type PiPolynomial, quotientText, rootText } from './closed-form-text.ts';
import { piFixed } from './fixed-angle.ts';
import { bitLength, multiplyFixed } from './fixed.ts';
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

/** The greatest power of π tried in rational functions, and in the coefficients of quadratic equations. */
const degrees = { rational: 5, quadratic: 3 };

/**
 * The simplest formula found for the fixed-point number `value`, right to `bits` binary digits: P(π)/Q(π), then a
 * root of A(π)x² + B(π)x + C(π), with integer polynomials of rising degree. `undefined` does not say that
 * there is no formula.
 */
export function closedForm(value: bigint, bits: number): ClosedForm | undefined {
  if (bitLength(value) <= 6) return { text: '0', digits: decimal(bits - 6), spent: 0 };
  for (let degree = 0; degree <= degrees.rational; degree++) {
    const found = findEquation(value, bits, 1, degree);
    if (found !== undefined) return described(found, degree, value, bits);
  }
  for (let degree = 0; degree <= degrees.quadratic; degree++) {
    const found = findEquation(value, bits, 2, degree);
    if (found !== undefined) return described(found, degree, value, bits);
  }
  return undefined;
}

/** Digits given up for the errors that multiplication by powers of π and of the value brings. */
const slack = 16;

/** An equation of the given order in the value, with coefficients of the given degree in π. */
function findEquation(value: bigint, bits: number, order: number, degree: number): Relation | undefined {
  const powersOfPi = powers(piFixed(bits), bits, degree);
  const powersOfValue = powers(value, bits, order);
  const terms = powersOfValue.flatMap((x) => powersOfPi.map((p) => multiplyFixed(x, p, bits)));
  const excess = Math.max(0, ...terms.map((term) => bitLength(term) - bits - 1));
  const drop = slack + excess;
  return findRelation(
    terms.map((term) => term >> BigInt(drop)),
    bits - drop,
  );
}

function powers(base: bigint, bits: number, highest: number): bigint[] {
  const list = [1n << BigInt(bits)];
  for (let i = 1; i <= highest; i++) list.push(multiplyFixed(list[i - 1] as bigint, base, bits));
  return list;
}

function described(relation: Relation, degree: number, value: bigint, bits: number): ClosedForm {
  const width = degree + 1;
  const [constant, linear, quadratic] = [0, 1, 2].map((i): PiPolynomial =>
    relation.coefficients.slice(i * width, (i + 1) * width),
  ) as [PiPolynomial, PiPolynomial, PiPolynomial];
  const text =
    quadratic.length === 0
      ? quotientText(
          constant.map((coefficient) => -coefficient),
          linear,
        )
      : rootText(quadratic, linear, constant, value, bits);
  return { text, digits: decimal(relation.bits), spent: decimal(relation.spent) };
}

/** Whole decimal digits in so many binary ones. */
function decimal(bits: number): number {
  return Math.floor((bits * 30103) / 100000);
}
