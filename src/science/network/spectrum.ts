/** Gives the spectrum of the Hessian as levels with multiplicities. */
import { clusterAtWidestGap } from '../group/cluster.ts';
import { symmetricEigenvalues } from '../math/linear.ts';
import type { Matrix } from '../math/matrix.ts';
import { hessian } from './hessian.ts';

/** Eigenvalues that are equal but for rounding. */
export interface Level {
  /** Their mean. */
  readonly eigenvalue: number;
  readonly multiplicity: number;
  /** The difference of the largest and the smallest. */
  readonly spread: number;
}

/** The spectrum of a Hessian, with the evidence that the levels are apart. */
export interface Spectrum {
  /** Ascending; all of them, so they are as many as the weights. */
  readonly eigenvalues: Float64Array;
  /** Ascending. */
  readonly levels: readonly Level[];
  /** The largest spread of a level and the smallest distance between two (Infinity for one level). */
  readonly spread: number;
  readonly gap: number;
  /** `separated`: spread ≤ noise and gap ≥ 100 noise, so the multiplicities mean something. */
  readonly status: 'separated' | 'undecided';
  /** How many eigenvalues are below −noise, and how many within noise of 0. */
  readonly index: number;
  readonly nullity: number;
  /** What is held to be rounding: 1e-10 times the largest |eigenvalue| (at least 1). */
  readonly noise: number;
}

/**
 * The spectrum of ∇²L at weights (n x d), by a dense eigensolver, each eigenvalue right to about 1e-15 nd ‖∇²L‖ at
 * the given weights. A point that is polished only to ε adds some ε ‖∇³L‖ to every spread. Throws RowError for a
 * zero row, RangeError for different widths.
 */
export function spectrum(weights: Matrix, target: Matrix): Spectrum {
  return spectrumOf(symmetricEigenvalues(hessian(weights, target)));
}

/** The levels of eigenvalues in ascending order. Throws RangeError if there are none or one is not finite. */
export function spectrumOf(eigenvalues: Float64Array): Spectrum {
  if (eigenvalues.length === 0) throw new RangeError('no spectrum without eigenvalues');
  const size = eigenvalues.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const noise = 1e-10 * size;
  const { classOf, classes, spread, gap } = clusterAtWidestGap(eigenvalues, 1e-3 * noise, 1e-3 * size);
  const levels = Array.from({ length: classes }, (_, level) =>
    levelOf(eigenvalues.filter((_value, at) => classOf[at] === level)),
  );
  return {
    eigenvalues,
    levels,
    spread,
    gap,
    status: spread <= noise && gap >= 100 * noise ? 'separated' : 'undecided',
    index: eigenvalues.filter((value) => value < -noise).length,
    nullity: eigenvalues.filter((value) => Math.abs(value) <= noise).length,
    noise,
  };
}

function levelOf(values: Float64Array): Level {
  const first = values[0] as number;
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
  return { eigenvalue: mean, multiplicity: values.length, spread: (values.at(-1) as number) - first };
}
