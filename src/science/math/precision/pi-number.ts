/**
 * Computes exactly in Q(π)(√m), where π is a transcendental like any other: numerators are polynomials in π with
 * integer coefficients, denominators products of factors that were divided by before.
 */
import { bitLength } from './fixed.ts';
import { gcd, squareRoot, sum, times } from './integer-polynomial.ts';
import { heightOf, packed, unpacked, widthFor } from './packed-polynomial.ts';
import { type Factors, newFactors, productOf, split, withoutShared } from './pi-factors.ts';
import type { PiPolynomial } from './pi-polynomial.ts';

/** (plain + root·√m) / (over · Π factors[i]^powers[i]), in lowest terms as far as the known factors go; over > 0. */
export interface PiNumber {
  readonly plain: PiPolynomial;
  readonly root: PiPolynomial;
  readonly over: bigint;
  readonly powers: readonly number[];
}

/** The field Q(π)(√radical), Q(π) for radical = 1; numbers of one field must not be used in another. */
export interface PiNumbers {
  readonly radical: number;
  readonly factors: Factors;
}

export function piNumbers(radical: number): PiNumbers {
  return { radical, factors: newFactors() };
}

const zero: PiNumber = { plain: [], root: [], over: 1n, powers: [] };

export function isZero({ plain, root }: PiNumber): boolean {
  return plain.length === 0 && root.length === 0;
}

export function negative(x: PiNumber): PiNumber {
  return { ...x, plain: x.plain.map((c) => -c), root: x.root.map((c) => -c) };
}

/** (plain + root·√m)/over. Throws RangeError for over = 0. */
export function piNumber(
  { factors }: PiNumbers,
  plain: PiPolynomial,
  root: PiPolynomial,
  over: PiPolynomial,
): PiNumber {
  if (over.length === 0) throw new RangeError('division by zero');
  const { content, powers } = split(factors, over);
  if (content > 0n) return reduced(factors, plain, root, content, powers);
  return reduced(factors, times([-1n], plain), times([-1n], root), -content, powers);
}

/** The denominator, multiplied out. */
export function denominatorOf({ factors }: PiNumbers, { over, powers }: PiNumber): PiPolynomial {
  return times([over], productOf(factors, powers));
}

/** x + y. */
export function plus({ factors }: PiNumbers, x: PiNumber, y: PiNumber): PiNumber {
  if (isZero(x)) return y;
  if (isZero(y)) return x;
  const powers = joined(x.powers, y.powers, Math.max);
  const over = commonMultiple(x.over, y.over);
  const [a, b] = [x, y].map((z) => times([over / z.over], productOf(factors, powers, z.powers))) as [
    PiPolynomial,
    PiPolynomial,
  ];
  const plain = sum([times(a, x.plain), times(b, y.plain)]);
  return reduced(factors, plain, sum([times(a, x.root), times(b, y.root)]), over, powers);
}

/** x·y. */
export function product(numbers: PiNumbers, x: PiNumber, y: PiNumber): PiNumber {
  return dot(numbers, [x], [y]);
}

/** A product of two numbers, not in lowest terms. */
interface Part {
  readonly x: PiNumber;
  readonly y: PiNumber;
  readonly over: bigint;
  readonly powers: readonly number[];
}

/**
 * Σ xs[i]·ys[i], brought to lowest terms once. The numerators are multiplied as packed polynomials, at a width for the
 * sum: a coefficient of a product has as many digits as those of its factors, and of the count of terms that meet in it.
 */
export function dot(
  { factors, radical }: PiNumbers,
  xs: readonly PiNumber[],
  ys: readonly PiNumber[],
): PiNumber {
  const parts: Part[] = [];
  let over = 1n;
  let powers: readonly number[] = [];
  xs.forEach((x, i) => {
    const y = ys[i] as PiNumber;
    if (isZero(x) || isZero(y)) return;
    const part = { x, y, over: x.over * y.over, powers: joined(x.powers, y.powers, add) };
    parts.push(part);
    over = commonMultiple(over, part.over);
    powers = joined(powers, part.powers, Math.max);
  });
  if (parts.length === 0) return zero;
  const m = BigInt(radical);
  const scales = parts.map((part) => over / part.over);
  const expansions = parts.map((part) => productOf(factors, powers, part.powers));
  const heights = parts.map(({ x, y }, i) => {
    const expansion = expansions[i] as PiPolynomial;
    const height = numberHeight(x) + numberHeight(y) + heightOf(expansion) + bitLength(scales[i] as bigint);
    return height + 2 * bitCount(x.plain.length + x.root.length + expansion.length);
  });
  const width = widthFor(Math.max(...heights) + bitCount(parts.length) + bitCount(radical) + 1);
  let plain = 0n;
  let root = 0n;
  parts.forEach(({ x, y }, i) => {
    const factor = (scales[i] as bigint) * packed(expansions[i] as PiPolynomial, width);
    const [a, c] = [packed(x.plain, width), packed(y.plain, width)];
    const [b, d] = [packed(x.root, width), packed(y.root, width)];
    plain += factor * (a * c + m * b * d);
    root += factor * (a * d + b * c);
  });
  return reduced(factors, unpacked(plain, width), unpacked(root, width), over, powers);
}

function numberHeight({ plain, root }: PiNumber): number {
  return Math.max(heightOf(plain), heightOf(root));
}

/** The number of binary digits of a count. */
function bitCount(n: number): number {
  return 32 - Math.clz32(n);
}

function commonMultiple(a: bigint, b: bigint): bigint {
  return a === b ? a : (a / gcd(a, b)) * b;
}

/** 1/x. Throws RangeError for 0. */
export function inverse(numbers: PiNumbers, x: PiNumber): PiNumber {
  const above = denominatorOf(numbers, x);
  if (x.root.length === 0) return piNumber(numbers, above, [], x.plain);
  const norm = sum([times(x.plain, x.plain), times([BigInt(-numbers.radical)], times(x.root, x.root))]);
  return piNumber(numbers, times(above, x.plain), times([-1n], times(above, x.root)), norm);
}

/**
 * A square root, of either sign, of a number without √m; undefined where that is neither a number without nor a
 * multiple of √m, and for all others.
 */
export function rootOf(numbers: PiNumbers, x: PiNumber): PiNumber | undefined {
  if (isZero(x)) return x;
  if (x.root.length > 0) return undefined;
  const below = denominatorOf(numbers, x);
  const square = times(x.plain, below);
  const plain = squareRoot(square);
  if (plain !== undefined) return piNumber(numbers, plain, [], below);
  const m = BigInt(numbers.radical);
  // m·square = r² makes √square = (r/m)·√m.
  const root = m === 1n ? undefined : squareRoot(times([m], square));
  return root === undefined ? undefined : piNumber(numbers, [], root, times([m], below));
}

function reduced(
  factors: Factors,
  plain: PiPolynomial,
  root: PiPolynomial,
  over: bigint,
  powers: readonly number[],
): PiNumber {
  if (plain.length === 0 && root.length === 0) return zero;
  const left = withoutShared(factors, [plain, root], powers);
  const [p, r] = left.polynomials;
  let common = over;
  for (let i = 0; common !== 1n && i < p.length; i++) common = gcd(common, p[i] as bigint);
  for (let i = 0; common !== 1n && i < r.length; i++) common = gcd(common, r[i] as bigint);
  if (common === 1n) return { plain: p, root: r, over, powers: left.powers };
  const divided = (q: PiPolynomial) => q.map((c) => c / common);
  return { plain: divided(p), root: divided(r), over: over / common, powers: left.powers };
}

function add(a: number, b: number): number {
  return a + b;
}

/** Entry by entry, the shorter list filled up with zeros. */
function joined(
  a: readonly number[],
  b: readonly number[],
  combine: (x: number, y: number) => number,
): number[] {
  const result: number[] = [];
  for (let i = 0; i < a.length || i < b.length; i++) result.push(combine(a[i] ?? 0, b[i] ?? 0));
  return result;
}
