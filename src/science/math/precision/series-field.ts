/** Offers truncated Laurent series as the arithmetic of a formula. */
import type { Field } from './field.ts';
import {
  addSeries,
  angleSeries,
  divideSeries,
  mapSeries,
  monomial,
  multiplySeries,
  type Series,
  type SeriesRing,
  sqrtSeries,
} from './series.ts';

/** The field of Laurent series in t → 0+ over `ring.base`. */
export function seriesField<C>(ring: SeriesRing<C>): Field<Series<C>> {
  const { base } = ring;
  const neg = (value: Series<C>) => mapSeries(ring, value, (c) => base.neg(c));
  return {
    zero: monomial(ring, base.zero, 0),
    one: monomial(ring, base.one, 0),
    pi: monomial(ring, base.pi, 0),
    fromNumber: (value) => monomial(ring, base.fromNumber(value), 0),
    toNumber: (value) => valueAtZero(ring, value),
    isZero: (value) => value.power === Number.POSITIVE_INFINITY,
    neg,
    add: (left, right) => addSeries(ring, left, right),
    sub: (left, right) => addSeries(ring, left, neg(right)),
    mul: (left, right) => multiplySeries(ring, left, right),
    div: (left, right) => divideSeries(ring, left, right),
    scale: (value, factor) =>
      factor === 0 ? monomial(ring, base.zero, 0) : mapSeries(ring, value, (c) => base.scale(c, factor)),
    sqrt: (value) => sqrtSeries(ring, value),
    atan2: (y, x) => angleSeries(ring, y, x),
  };
}

/** The limit as t → 0+: infinite with the sign of the leading coefficient where the leading power is negative. */
function valueAtZero<C>({ base }: SeriesRing<C>, { power, coefficients }: Series<C>): number {
  if (power > 0 || coefficients.length === 0) return 0;
  const leading = base.toNumber(coefficients[0] as C);
  return power === 0 ? leading : Math.sign(leading) * Number.POSITIVE_INFINITY;
}
