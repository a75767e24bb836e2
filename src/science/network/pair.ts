/** Gives the angle between two rows, and what the kernel needs of it, without loss of digits at 0 and π. */
import { atan2 } from '../math/elementary.ts';
import type { Rows } from './rows.ts';

/** The angle θ ∈ [0, π] between two rows, in radians, by what is accurate of it at both ends. */
export interface Pair {
  /** π − θ, with a small relative error even where θ is near π. */
  readonly supplement: number;
  /** sin θ ≥ 0, with a small relative error at both ends. */
  readonly sine: number;
  /** cos θ. */
  readonly cosine: number;
  /** |ŵ + v̂| = 2 cos(θ/2) and |ŵ − v̂| = 2 sin(θ/2). */
  readonly sum: number;
  readonly difference: number;
}

/**
 * Row i of one matrix against row j of another of the same width. Relative errors are a few units of 2^-53 beyond
 * those of the unit rows. θ comes from the sum and the difference of the unit rows, never from their product.
 */
export function pairOf(left: Rows, i: number, right: Rows, j: number): Pair {
  const { width } = left;
  let plus = 0;
  let minus = 0;
  for (let l = 0; l < width; l++) {
    const a = left.units[i * width + l] as number;
    const b = right.units[j * width + l] as number;
    plus += (a + b) * (a + b);
    minus += (a - b) * (a - b);
  }
  const sum = Math.sqrt(plus);
  const difference = Math.sqrt(minus);
  return {
    supplement: 2 * atan2(sum, difference),
    sine: 0.5 * sum * difference,
    cosine: 0.25 * (sum - difference) * (sum + difference),
    sum,
    difference,
  };
}

/**
 * sin θ + (π − θ) cos θ, relative error under 1e-15: with ε = π − θ it is sin ε − ε cos ε, summed as the series
 * Σ (−1)^(m+1) 2m ε^(2m+1) / (2m+1)! for ε < 1, where the plain form cancels (it is ε³/3 to first order).
 */
export function bracket({ supplement, sine, cosine }: Pair): number {
  if (supplement >= 1) return sine + supplement * cosine;
  const square = supplement * supplement;
  let term = (supplement * square) / 3;
  let sum = term;
  for (let m = 2; m <= 10; m++) {
    term *= -square / (2 * (m - 1) * (2 * m + 1));
    sum += term;
  }
  return sum;
}
