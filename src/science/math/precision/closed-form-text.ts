/** Writes rational functions of π, and square roots of them, as plain text. */
import { piFixed } from './fixed-angle.ts';
import { multiplyFixed } from './fixed.ts';
import { dividedByRoot, gcd, polynomial, sum, times } from './integer-polynomial.ts';
import { evaluate, factored, type PiPolynomial } from './pi-polynomial.ts';

/**
 * P/Q: a sum of powers of π where Q is a single term, else a quotient in lowest terms as far as small integer roots
 * go, with Q in factors. Throws RangeError for Q = 0.
 */
export function quotientText(numerator: PiPolynomial, denominator: PiPolynomial): string {
  if (polynomial(denominator).length === 0) throw new RangeError('a quotient by zero has no text');
  const [top, bottom] = lowestTerms(polynomial(numerator), polynomial(denominator));
  const { content, shift, roots, rest } = factored(bottom);
  if (roots.length === 0 && rest.length === 1) return sumText(top, content, shift);
  const sign = content < 0n ? -1n : 1n;
  return `${grouped(times(top, [sign]))}/${factorsText(times(bottom, [sign]))}`;
}

/** Both divided by their common content, powers of π, and factors π − r for small integers r. */
function lowestTerms(a: PiPolynomial, b: PiPolynomial): [PiPolynomial, PiPolynomial] {
  if (a.length === 0) return [a, [1n]];
  const [top, bottom] = [factored(a), factored(b)];
  const shared = [...bottom.roots, ...Array.from({ length: bottom.shift }, () => 0n)];
  let [p, q] = [a, b];
  for (const root of shared) {
    const [less, also] = [dividedByRoot(p, root), dividedByRoot(q, root)];
    if (less !== undefined && also !== undefined) [p, q] = [less, also];
  }
  const common = gcd(top.content, bottom.content);
  return [p.map((coefficient) => coefficient / common), q.map((coefficient) => coefficient / common)];
}

/** (a + b√radical)/denominator, for instance `1/4 - 2/pi + (1/pi - 1/pi^2)*sqrt(2)`. */
export function surdText(
  a: PiPolynomial,
  b: PiPolynomial,
  radical: number,
  denominator: PiPolynomial,
): string {
  const [plain, factor] = [quotientText(a, denominator), quotientText(b, denominator)];
  if (factor === '0') return plain;
  const isSingle = /^-?[\w/()*^]+$/.test(factor);
  const magnitude =
    factor === '1' || factor === '-1' ? '' : `${isSingle ? factor.replace('-', '') : `(${factor})`}*`;
  const isNegative = isSingle && factor.startsWith('-');
  const root = `${magnitude}sqrt(${radical})`;
  if (plain === '0') return `${isNegative ? '-' : ''}${root}`;
  return `${plain} ${isNegative ? '-' : '+'} ${root}`;
}

/** The root of A x² + B x + C nearest to `value`, a fixed-point number with `bits` binary digits. */
export function rootText(
  a: PiPolynomial,
  b: PiPolynomial,
  c: PiPolynomial,
  value: bigint,
  bits: number,
): string {
  const discriminant = sum([times(b, b), times([-4n], times(a, c))]);
  // x = (−B ± √D)/2A: the sign is that of 2A·x + B.
  const pi = piFixed(bits);
  const twice = evaluate(times([2n], a), pi, bits);
  const isUpper = multiplyFixed(twice, value, bits) + evaluate(b, pi, bits) >= 0n;
  const { outside, shift, inside } = squareTakenOut(discriminant);
  const before = times([-1n], b);
  const below = times([2n], a);
  const power = Math.min(shift, ...[before, below].filter((p) => p.length > 0).map((p) => factored(p).shift));
  const shared = [outside, ...before, ...below].reduce(gcd, 0n);
  const reduced = (p: PiPolynomial) => p.slice(power).map((coefficient) => coefficient / shared);
  const factor = Array.from({ length: shift - power + 1 }, (_, i) =>
    i === shift - power ? outside / shared : 0n,
  );
  return assembled(reduced(before), isUpper, factor, inside, reduced(below));
}

/** (shift ± factor·√inside)/denominator. */
function assembled(
  shift: PiPolynomial,
  isUpper: boolean,
  factor: PiPolynomial,
  inside: PiPolynomial,
  denominator: PiPolynomial,
): string {
  const isNegative = (denominator.at(-1) as bigint) < 0n;
  const before = isNegative ? times(shift, [-1n]) : shift;
  const below = isNegative ? times(denominator, [-1n]) : denominator;
  const plus = isUpper !== isNegative;
  const root = `${isOne(factor) ? '' : `${grouped(factor)}*`}sqrt(${polynomialText(inside)})`;
  const isBare = before.length === 0;
  const top = isBare ? `${plus ? '' : '-'}${root}` : `${polynomialText(before)} ${plus ? '+' : '-'} ${root}`;
  if (isOne(below)) return top;
  return `${isBare ? top : `(${top})`}/${factorsText(below)}`;
}

function isOne(p: PiPolynomial): boolean {
  return p.length === 1 && p[0] === 1n;
}

/** `pi^2 - 2*pi + 3`. */
function polynomialText(p: PiPolynomial): string {
  return joined(
    p.flatMap((coefficient, power) => (coefficient === 0n ? [] : [termText(coefficient, power)])).reverse(),
  );
}

function termText(coefficient: bigint, power: number): string {
  const magnitude = absolute(coefficient);
  const sign = coefficient < 0n ? '-' : '';
  if (power === 0) return `${sign}${magnitude}`;
  return `${sign}${magnitude === 1n ? '' : `${magnitude}*`}${powerText('pi', power)}`;
}

function powerText(base: string, power: number): string {
  return power === 1 ? base : `${base}^${power}`;
}

function joined(terms: readonly string[]): string {
  if (terms.length === 0) return '0';
  return terms
    .map((term, i) => (i === 0 ? term : term.startsWith('-') ? ` - ${term.slice(1)}` : ` + ${term}`))
    .join('');
}

/** A polynomial as a factor: brackets unless it is a single number or a bare power of π. */
function grouped(p: PiPolynomial): string {
  const text = polynomialText(p);
  return /^(\d+|pi(\^\d+)?)$/.test(text) ? text : `(${text})`;
}

/** A denominator with positive leading coefficient, in factors: `3*pi^2*(pi - 2)^3`; in brackets if several. */
function factorsText(p: PiPolynomial): string {
  const { content, shift, roots, rest } = factored(p);
  const counts = new Map<bigint, number>();
  for (const root of roots) counts.set(root, (counts.get(root) ?? 0) + 1);
  const factors = [
    ...(content === 1n ? [] : [String(content)]),
    ...(shift === 0 ? [] : [powerText('pi', shift)]),
    ...[...counts].map(([root, power]) => powerText(`(${polynomialText([-root, 1n])})`, power)),
    ...(isOne(rest) ? [] : [`(${polynomialText(rest)})`]),
  ];
  return factors.length === 1 ? (factors[0] as string) : `(${factors.join('*')})`;
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
  const pi = powerText('pi', Math.abs(power));
  const above = power > 0 ? (n === 1n ? pi : `${n}*${pi}`) : `${n}`;
  const below = [m === 1n ? [] : [`${m}`], power < 0 ? [pi] : []].flat();
  if (below.length === 0) return sign + above;
  return `${sign}${above}/${below.length === 1 ? below[0] : `(${below.join('*')})`}`;
}

/** D = (outside·π^shift)²·inside, with the largest such square whose prime factors are below 1000. */
function squareTakenOut(p: PiPolynomial): { outside: bigint; shift: number; inside: PiPolynomial } {
  const { content, shift } = factored(p);
  let left = absolute(content);
  let outside = 1n;
  for (let prime = 2n; prime < 1000n && prime * prime <= left; prime++) {
    for (; left % (prime * prime) === 0n; left /= prime * prime) outside *= prime;
  }
  const half = Math.floor(shift / 2);
  const inside = p.slice(2 * half).map((coefficient) => coefficient / (outside * outside));
  return { outside, shift: half, inside };
}

function absolute(n: bigint): bigint {
  return n < 0n ? -n : n;
}
