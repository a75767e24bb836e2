/** Computes with truncated Laurent series in one variable t, each of which knows where its terms end. */
import type { Field } from './field.ts';

/**
 * Σ coefficients[i]·t^(power + i) + O(t^(power + coefficients.length)).
 *
 * Invariant: the first coefficient is not negligible. Without coefficients it is O(t^power), and the exact zero
 * where power is Infinity.
 */
export interface Series<C> {
  readonly power: number;
  readonly coefficients: readonly C[];
}

/** Series over a field of coefficients. */
export interface SeriesRing<C> {
  readonly base: Field<C>;
  /** The most terms that a series keeps. */
  readonly terms: number;
  /** Whether a coefficient is but a rounding error of zero. */
  readonly isNegligible: (coefficient: C) => boolean;
  /** Σ a_i b_i, where that is cheaper than term by term. */
  readonly dot?: (a: readonly C[], b: readonly C[]) => C;
}

/** The series with these coefficients from t^power on: negligible leading ones dropped, cut to the most terms kept. */
export function seriesOf<C>(ring: SeriesRing<C>, power: number, coefficients: readonly C[]): Series<C> {
  const leading = coefficients.findIndex((coefficient) => !ring.isNegligible(coefficient));
  if (leading < 0) return { power: power + coefficients.length, coefficients: [] };
  return { power: power + leading, coefficients: coefficients.slice(leading, leading + ring.terms) };
}

/** c·t^power, known to the most terms kept; exact zero for c = 0. */
export function monomial<C>(ring: SeriesRing<C>, c: C, power: number): Series<C> {
  if (ring.base.isZero(c)) return { power: Number.POSITIVE_INFINITY, coefficients: [] };
  return {
    power,
    coefficients: Array.from({ length: ring.terms }, (_, i) => (i === 0 ? c : ring.base.zero)),
  };
}

/** The first power of t that is not known. */
export function endOf<C>(series: Series<C>): number {
  return series.power + series.coefficients.length;
}

/** The coefficient of t^power, below the end. */
export function coefficientAt<C>(ring: SeriesRing<C>, series: Series<C>, power: number): C {
  if (power >= endOf(series)) throw new RangeError(`the coefficient of t^${power} is not known`);
  return series.coefficients[power - series.power] ?? ring.base.zero;
}

/** a + b. */
export function addSeries<C>(ring: SeriesRing<C>, a: Series<C>, b: Series<C>): Series<C> {
  const power = Math.min(a.power, b.power);
  const end = Math.min(endOf(a), endOf(b), power + ring.terms);
  if (power === Number.POSITIVE_INFINITY) return a;
  const coefficients: C[] = [];
  for (let i = power; i < end; i++)
    coefficients.push(
      ring.base.add(
        a.coefficients[i - a.power] ?? ring.base.zero,
        b.coefficients[i - b.power] ?? ring.base.zero,
      ),
    );
  return seriesOf(ring, power, coefficients);
}

/** Each coefficient changed by one and the same linear map of the field. */
export function mapSeries<C>(ring: SeriesRing<C>, a: Series<C>, map: (coefficient: C) => C): Series<C> {
  return seriesOf(ring, a.power, a.coefficients.map(map));
}

/** a·b. */
export function multiplySeries<C>(ring: SeriesRing<C>, a: Series<C>, b: Series<C>): Series<C> {
  const length = Math.min(a.coefficients.length, b.coefficients.length);
  const coefficients = Array.from({ length }, (_, n) =>
    convolution(ring, a.coefficients, b.coefficients, 0, n, n),
  );
  return seriesOf(ring, a.power + b.power, coefficients);
}

/** Σ a_i b_(n−i) over from ≤ i ≤ to. */
function convolution<C>(
  { base, dot }: SeriesRing<C>,
  a: readonly C[],
  b: readonly C[],
  from: number,
  to: number,
  n: number,
): C {
  if (dot !== undefined) return dot(a.slice(from, to + 1), b.slice(n - to, n - from + 1).reverse());
  let sum = base.zero;
  for (let i = from; i <= to; i++) sum = base.add(sum, base.mul(a[i] as C, b[n - i] as C));
  return sum;
}

/** a/b. Throws RangeError where no term of b is known. */
export function divideSeries<C>(ring: SeriesRing<C>, a: Series<C>, b: Series<C>): Series<C> {
  if (b.coefficients.length === 0) throw new RangeError('division by a series that may be zero');
  const { base } = ring;
  const quotient: C[] = [];
  for (let n = 0; n < Math.min(a.coefficients.length, b.coefficients.length); n++) {
    const known = convolution(ring, quotient, b.coefficients, 0, n - 1, n);
    quotient.push(base.div(base.sub(a.coefficients[n] as C, known), b.coefficients[0] as C));
  }
  return seriesOf(ring, a.power - b.power, quotient);
}

/** √a with positive leading term. Throws RangeError for an odd leading power, or a negative leading coefficient. */
export function sqrtSeries<C>(ring: SeriesRing<C>, a: Series<C>): Series<C> {
  if (a.power === Number.POSITIVE_INFINITY) return a;
  if (a.coefficients.length === 0) return { power: Math.floor(a.power / 2), coefficients: [] };
  if (a.power % 2 !== 0) throw new RangeError('the root of an odd power of t is no series in t');
  const { base } = ring;
  const first = base.sqrt(a.coefficients[0] as C);
  const root = [first];
  for (let n = 1; n < a.coefficients.length; n++) {
    const known = convolution(ring, root, root, 1, n - 1, n);
    root.push(base.div(base.sub(a.coefficients[n] as C, known), base.scale(first, 2)));
  }
  return seriesOf(ring, a.power / 2, root);
}

/**
 * The angle of (x, y), continued from its value at t → 0+.
 *
 * With (x₀, y₀) the coefficients of the lower of the two leading powers, the angle is that of (x₀, y₀) plus
 * atan δ, δ = (y x₀ − x y₀)/(x x₀ + y y₀), which vanishes with t. Throws RangeError where neither leading term
 * is known.
 */
export function angleSeries<C>(ring: SeriesRing<C>, y: Series<C>, x: Series<C>): Series<C> {
  const { base } = ring;
  const power = Math.min(x.power, y.power);
  const x0 = coefficientAt(ring, x, power);
  const y0 = coefficientAt(ring, y, power);
  const combine = (a: Series<C>, p: C, b: Series<C>, q: C) =>
    addSeries(ring, times(ring, a, p), times(ring, b, q));
  const delta = divideSeries(ring, combine(y, x0, x, base.neg(y0)), combine(x, x0, y, y0));
  const start = isBelowCut(ring, y, x) ? base.neg(base.pi) : base.atan2(y0, x0);
  return addSeries(ring, monomial(ring, start, 0), arctangent(ring, delta));
}

/** Whether the point nears the negative x-axis from below, where the angle of the limit, π, is not the limit. */
function isBelowCut<C>({ base }: SeriesRing<C>, y: Series<C>, x: Series<C>): boolean {
  if (y.power <= x.power || y.coefficients.length === 0) return false;
  return base.toNumber(x.coefficients[0] as C) < 0 && base.toNumber(y.coefficients[0] as C) < 0;
}

function times<C>(ring: SeriesRing<C>, a: Series<C>, factor: C): Series<C> {
  if (ring.base.isZero(factor)) return monomial(ring, factor, 0);
  return mapSeries(ring, a, (coefficient) => ring.base.mul(coefficient, factor));
}

/** atan δ = ∫ δ'/(1 + δ²) for a series δ without constant term. */
function arctangent<C>(ring: SeriesRing<C>, delta: Series<C>): Series<C> {
  const { base } = ring;
  if (delta.coefficients.length === 0) return delta;
  const slope = weighted(ring, delta, 0, (c, n) => base.scale(c, n));
  const rate = divideSeries(
    ring,
    slope,
    addSeries(ring, monomial(ring, base.one, 0), multiplySeries(ring, delta, delta)),
  );
  return weighted(ring, rate, 1, (c, n) => base.div(c, base.fromNumber(n)));
}

/** The coefficient of each t^n changed by a map of it and n + shift; the powers then move by 2·shift − 1. */
function weighted<C>(
  ring: SeriesRing<C>,
  a: Series<C>,
  shift: 0 | 1,
  map: (c: C, n: number) => C,
): Series<C> {
  return seriesOf(
    ring,
    a.power + 2 * shift - 1,
    a.coefficients.map((c, i) => map(c, a.power + i + shift)),
  );
}
