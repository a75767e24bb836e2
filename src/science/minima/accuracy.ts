/** Draws together the evidence of a whole experiment: how far anything is from what it should agree with. */

/** What is known of the accuracy of one critical point. */
export interface PointAccuracy {
  readonly method: 'reduced' | 'dense';
  readonly shift: number;
  readonly difference: number;
  readonly lossSpread: number;
  readonly entrySpread: number;
  readonly point: { readonly gradientNorm: number; readonly index: number | null };
}

/** The accuracy of an experiment: the worst of each kind. */
export interface Accuracy {
  /** Distinct critical points, those among them without irreps, and the saddles. */
  readonly points: number;
  readonly without_irreps: number;
  readonly saddles: number;
  readonly largest_gradient_norm: number;
  /** Between a point of the whole space and the same in its fixed-point space: an entry, an eigenvalue. */
  readonly largest_shift: number;
  readonly largest_spectral_difference: number;
  /** Between runs that were counted as one. */
  readonly largest_loss_spread: number;
  readonly largest_entry_spread: number;
  /** Losses checked by sampling, and the largest distance in standard errors. */
  readonly sampled: number;
  readonly largest_score: number;
  /** Runs followed with and without shortcuts, with different verdicts, and how far their ends are apart. */
  readonly followed_twice: number;
  readonly different_verdicts: number;
  readonly farthest_ends: number;
}

/** The worst of all. `scores` are distances of sampled losses from the closed form in standard errors. */
export function accuracyOf(
  points: readonly PointAccuracy[],
  scores: readonly number[],
  ends: readonly { readonly runs: number; readonly different: number; readonly farthest: number }[],
): Accuracy {
  return {
    points: points.length,
    without_irreps: points.filter(({ method }) => method === 'dense').length,
    saddles: points.filter(({ point }) => point.index !== 0).length,
    largest_gradient_norm: largest(points, ({ point }) => point.gradientNorm),
    largest_shift: largest(points, ({ shift }) => shift),
    largest_spectral_difference: largest(points, ({ difference }) => difference),
    largest_loss_spread: largest(points, ({ lossSpread }) => lossSpread),
    largest_entry_spread: largest(points, ({ entrySpread }) => entrySpread),
    sampled: scores.length,
    largest_score: largest(scores, Math.abs),
    followed_twice: ends.reduce((sum, { runs }) => sum + runs, 0),
    different_verdicts: ends.reduce((sum, { different }) => sum + different, 0),
    farthest_ends: largest(ends, ({ farthest }) => farthest),
  };
}

function largest<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((most, item) => Math.max(most, value(item)), 0);
}
