/** Reads the coefficients of a Laurent series off its values at equally spaced small arguments. */
import { bitLength } from '../math/precision/fixed.ts';
import type { Grid } from './sample.ts';

/** The lowest power that a series may start with: eigenvalues grow no faster than d = t^{-2}. */
const lowest = -2;

/** A coefficient as a fixed-point number, with the binary digits after the point that are right. */
export interface Coefficient {
  readonly power: number;
  readonly value: bigint;
  readonly bits: number;
}

/** Nodes left out to see how much the coefficients depend on them. */
const withheld = 2;

/** Binary digits that a coefficient must lie above its uncertainty, or it is taken for zero. */
const margin = 24;

/**
 * The first `terms` coefficients from the leading one on, of f(t) = Σ c_m t^m, m ≥ −2, sampled on the grid.
 *
 * t²f is replaced by the polynomial through all nodes; what is left out is of the order (h n)^(n−m) for h = 2^-step
 * and n nodes. Each coefficient is computed again without the last two nodes: the digits in which both agree are
 * right, since the second has 2^(2·step) times the error of the first. The leading coefficient is the first that can
 * be told from zero; where none can, the constant one is given alone.
 */
export function coefficients(values: readonly bigint[], grid: Grid, terms: number): Coefficient[] {
  const scaled = values.map((value, i) => (value * BigInt((i + 1) * (i + 1))) << BigInt(guard));
  const all = polynomial(scaled);
  const fewer = polynomial(scaled.slice(0, -withheld));
  const list = fewer.map((rough, m): Coefficient => {
    // t² = j²·2^(−2·step): the coefficient of t^(m−2) is that of j^m times 2^(step·(m − 2)).
    const place = (n: bigint) => shifted(n, grid.step * (m + lowest) - guard);
    const value = place(all[m] as bigint);
    const agreed = grid.bits - bitLength(value - place(rough)) - 1;
    return { power: m + lowest, value, bits: Math.min(agreed, grid.bits - grid.step * m - rounding) };
  });
  const first = list.findIndex((coefficient) => !isZero(coefficient, grid));
  return first < 0 ? list.slice(-lowest, 1 - lowest) : list.slice(first, first + terms);
}

/** Whether a coefficient cannot be told from zero. */
export function isZero({ value, bits }: Coefficient, grid: Pick<Grid, 'bits'>): boolean {
  return bitLength(value) <= grid.bits - bits + margin;
}

/** Binary digits of a sample, times t², that are not counted on even where both computations agree. */
const rounding = 32;

/** Binary digits carried beyond those of the samples: the divisions below lose less than 2n of them. */
const guard = 64;

/** The coefficients of the polynomial in j through (1, v₁), (2, v₂), …: Newton's divided differences, expanded. */
function polynomial(values: readonly bigint[]): bigint[] {
  const differences = [...values];
  for (let order = 1; order < values.length; order++) {
    for (let i = values.length - 1; i >= order; i--)
      differences[i] = ((differences[i] as bigint) - (differences[i - 1] as bigint)) / BigInt(order);
  }
  // Horner's scheme in (j − 1)(j − 2)…
  let expanded: bigint[] = [];
  for (let i = values.length - 1; i >= 0; i--) {
    const node = BigInt(i + 1);
    const next = [0n, ...expanded];
    expanded.forEach((coefficient, m) => (next[m] = (next[m] as bigint) - node * coefficient));
    next[0] = (next[0] as bigint) + (differences[i] as bigint);
    expanded = next;
  }
  return expanded;
}

function shifted(n: bigint, by: number): bigint {
  return by >= 0 ? n << BigInt(by) : n >> BigInt(-by);
}
