/** Writes rational functions of π, and square roots of them, as plain text. */
import { piFixed } from './fixed-angle.ts';
import { multiplyFixed } from './fixed.ts';

/** An integer polynomial in π: the coefficient of π^i at index i. */
export type PiPolynomial = readonly bigint[];

/** P/Q: a sum of powers of π where Q is a single term, else a quotient. Throws RangeError for Q = 0. */
export function quotientText(numerator: PiPolynomial, denominator: PiPolynomial): string {
  const terms = denominator.flatMap((coefficient, power) => (coefficient === 0n ? [] : [power]));
  if (terms.length === 0) throw new RangeError('a quotient by the zero polynomial has no text');
  if (terms.length === 1)
    return sumText(numerator, denominator[terms[0] as number] as bigint, terms[0] as number);
  const [top, bottom] =
    (denominator.findLast((c) => c !== 0n) as bigint) < 0n
      ? [negated(numerator), negated(denominator)]
      : [numerator, denominator];
  return `${grouped(top)}/${grouped(bottom)}`;
}

/** The root of A x² + B x + C nearest to `value`, a fixed-point number with `bits` binary digits. */
export function rootText(
  a: PiPolynomial,
  b: PiPolynomial,
  c: PiPolynomial,
  value: bigint,
  bits: number,
): string {
  const discriminant = minus(times(b, b), times([4n], times(a, c)));
  // x = (−B ± √D)/2A: the sign is that of 2A·x + B.
  const twice = evaluate(times([2n], a), bits);
  const isUpper = multiplyFixed(twice, value, bits) + evaluate(b, bits) >= 0n;
  const { outside, inside } = squareTakenOut(discriminant);
  const shared = [outside, ...b, ...times([2n], a)].reduce(gcd, 0n);
  const divided = (polynomial: PiPolynomial) => polynomial.map((coefficient) => coefficient / shared);
  const factor = outside / shared;
  const root = `${factor === 1n ? '' : `${factor}*`}sqrt(${polynomialText(inside)})`;
  return assembled(divided(negated(b)), isUpper, root, divided(times([2n], a)));
}

function assembled(shift: PiPolynomial, isUpper: boolean, root: string, denominator: PiPolynomial): string {
  const isNegative = (denominator.findLast((c) => c !== 0n) as bigint) < 0n;
  const before = isNegative ? negated(shift) : shift;
  const below = isNegative ? negated(denominator) : denominator;
  const plus = isUpper !== isNegative;
  const isBare = before.every((coefficient) => coefficient === 0n);
  const top = isBare
    ? `${plus ? '' : '-'}${root}`
    : `(${polynomialText(before)} ${plus ? '+' : '-'} ${root})`;
  const isOne = below.every((coefficient, power) => coefficient === (power === 0 ? 1n : 0n));
  return isOne ? (isBare ? top : top.slice(1, -1)) : `${top}/${grouped(below)}`;
}

/** `pi^2 - 2*pi + 3`. */
export function polynomialText(polynomial: PiPolynomial): string {
  return joined(
    polynomial
      .flatMap((coefficient, power) => (coefficient === 0n ? [] : [termText(coefficient, power)]))
      .reverse(),
  );
}

function termText(coefficient: bigint, power: number): string {
  const magnitude = coefficient < 0n ? -coefficient : coefficient;
  const sign = coefficient < 0n ? '-' : '';
  if (power === 0) return `${sign}${magnitude}`;
  return `${sign}${magnitude === 1n ? '' : `${magnitude}*`}${piPower(power)}`;
}

function piPower(power: number): string {
  return power === 1 ? 'pi' : `pi^${power}`;
}

function joined(terms: readonly string[]): string {
  if (terms.length === 0) return '0';
  return terms
    .map((term, i) => (i === 0 ? term : term.startsWith('-') ? ` - ${term.slice(1)}` : ` + ${term}`))
    .join('');
}

/** A polynomial as a factor: brackets unless it is a single number or a bare power of π. */
function grouped(polynomial: PiPolynomial): string {
  const text = polynomialText(polynomial);
  return /^(\d+|pi(\^\d+)?)$/.test(text) ? text : `(${text})`;
}

/** Σ numerator[i] π^i / (coefficient π^power), from the highest power of π down: `1/4 - 1/(2*pi)`. */
function sumText(numerator: PiPolynomial, coefficient: bigint, power: number): string {
  const terms = numerator.flatMap((top, i) =>
    top === 0n ? [] : [fractionText(top, coefficient, i - power)],
  );
  return joined(terms.reverse());
}

/** One term top/bottom·π^power in lowest terms. */
function fractionText(top: bigint, bottom: bigint, power: number): string {
  const common = gcd(top, bottom);
  const sign = top < 0n !== bottom < 0n ? '-' : '';
  const [n, m] = [absolute(top) / common, absolute(bottom) / common];
  const above = power > 0 ? (n === 1n ? piPower(power) : `${n}*${piPower(power)}`) : `${n}`;
  const below = [m === 1n ? [] : [`${m}`], power < 0 ? [piPower(-power)] : []].flat();
  if (below.length === 0) return sign + above;
  return `${sign}${above}/${below.length === 1 ? below[0] : `(${below.join('*')})`}`;
}

/** The largest square of an integer (with prime factors below 1000) times a power of π², taken out of a polynomial. */
function squareTakenOut(polynomial: PiPolynomial): { outside: bigint; inside: PiPolynomial } {
  let content = polynomial.reduce(gcd, 0n);
  let outside = 1n;
  for (let p = 2n; p < 1000n && p * p <= content; p++) {
    for (; content % (p * p) === 0n; content /= p * p) outside *= p;
  }
  return { outside, inside: polynomial.map((coefficient) => coefficient / (outside * outside)) };
}

function evaluate(polynomial: PiPolynomial, bits: number): bigint {
  const pi = piFixed(bits);
  return polynomial.reduceRight(
    (sum, coefficient) => multiplyFixed(sum, pi, bits) + (coefficient << BigInt(bits)),
    0n,
  );
}

function times(a: PiPolynomial, b: PiPolynomial): bigint[] {
  const product = Array.from({ length: a.length + b.length - 1 }, () => 0n);
  a.forEach((x, i) => b.forEach((y, j) => (product[i + j] = (product[i + j] as bigint) + x * y)));
  return product;
}

function minus(a: PiPolynomial, b: PiPolynomial): bigint[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0n) - (b[i] ?? 0n));
}

function negated(polynomial: PiPolynomial): bigint[] {
  return polynomial.map((coefficient) => -coefficient);
}

function absolute(n: bigint): bigint {
  return n < 0n ? -n : n;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [absolute(a), absolute(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
