/** Estimates the leading power of d in a quantity known at a few large d, with the evidence of how well. */
import { exp, log } from '../math/elementary.ts';

/** q(d) ~ coefficient · d^exponent as d → ∞. */
export interface Leading {
  readonly exponent: number;
  /** The last correction by extrapolation; the exponent is right to about that. */
  readonly exponentError: number;
  /** The fraction p/q with q ≤ 15 within that of the exponent, such as `-2/3`; empty where there is none or it is not told from its neighbours. */
  readonly fraction: string;
  /** For the exponent `fraction`, else for the estimate. */
  readonly coefficient: number;
}

/** Neighbouring fractions of denominators up to 15 differ by at least 1/210. */
const largestDenominator = 15;
const clearly = 1 / 450;

/**
 * From values of one sign at d₀, rd₀, r²d₀, r³d₀: the local exponents log_r of the ratios go to the exponent geometrically,
 * as every next power in the series is a fixed one, and Aitken's Δ² finds their limit. Undefined for other values.
 */
export function leading(ds: readonly number[], values: readonly number[]): Leading | undefined {
  if (ds.length !== 4 || values.some((value) => !(value * values[0]! > 0))) return undefined;
  const step = log(ds[1]! / ds[0]!);
  const local = values.slice(1).map((value, i) => log(value / values[i]!) / step);
  const exponent = aitken(local as [number, number, number]);
  const exponentError = Math.abs(exponent - local[2]!);
  const near = fractionNear(exponent);
  const margin = Math.min(clearly, 0.5 * exponentError + 1e-9);
  const found = near !== undefined && Math.abs(near.p / near.q - exponent) <= margin ? near : undefined;
  const power = found === undefined ? exponent : found.p / found.q;
  const scaled = values.map((value, i) => value * exp(-power * log(ds[i]!)));
  return {
    exponent,
    exponentError,
    fraction: found === undefined ? '' : found.q === 1 ? `${found.p}` : `${found.p}/${found.q}`,
    coefficient: aitken(scaled.slice(1) as [number, number, number]),
  };
}

/** The limit of a sequence that converges geometrically, from three terms; the last one where they do not. */
function aitken([a, b, c]: readonly [number, number, number]): number {
  const [first, second] = [b - a, c - b];
  return Math.abs(second) < Math.abs(first) ? c - (second * second) / (second - first) : c;
}

function fractionNear(value: number): { readonly p: number; readonly q: number } | undefined {
  for (let q = 1; q <= largestDenominator; q++) {
    const p = Math.round(value * q) + 0;
    if (Math.abs(p / q - value) <= clearly) return { p, q };
  }
  return undefined;
}
