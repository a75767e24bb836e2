/** Integrates dL = μ r dr along an arc, to hold the values of L against it. */
import type { Station } from './corrector.ts';

/** Gauss' three places and weights on [0, 1]. */
const places = [0.1127016653792583, 0.5, 0.8872983346207417] as const;
const weights = [0.2777777777777778, 0.4444444444444444, 0.2777777777777778] as const;

/** ∫ μ d(r²/2) from one point to the next, both by cubics through values and slopes: error of order length⁵. */
export function work(from: Station, to: Station, length: number): number {
  const n = from.point.u.length;
  const slope = ({ tangent }: Station, at: number) => length * (tangent[at] as number);
  const half = ({ point: { r } }: Station) => (r * r) / 2;
  const mu = [from.point.mu, slope(from, n), to.point.mu, slope(to, n)] as const;
  const area = [
    half(from),
    from.point.r * slope(from, n + 1),
    half(to),
    to.point.r * slope(to, n + 1),
  ] as const;
  return places.reduce((sum, t, i) => sum + (weights[i] as number) * cubic(mu, t) * cubicSlope(area, t), 0);
}

type Ends = readonly [start: number, startSlope: number, end: number, endSlope: number];

function cubic([p, v, q, w]: Ends, t: number): number {
  const s = 1 - t;
  return s * s * (1 + 2 * t) * p + t * s * s * v + t * t * (3 - 2 * t) * q - t * t * s * w;
}

function cubicSlope([p, v, q, w]: Ends, t: number): number {
  const s = 1 - t;
  return 6 * t * s * (q - p) + s * (1 - 3 * t) * v + t * (3 * t - 2) * w;
}
