/** Sums up an experiment: how many runs found a spurious minimum, which ones, and with which loss and curvature. */

/** A critical point that runs led to. */
export interface Counted {
  readonly isotropy: string;
  readonly loss: number;
  /** The least eigenvalue of the Hessian. */
  readonly least: number;
  readonly count: number;
  readonly spurious: boolean;
}

/** All runs of one protocol with n student neurons for k targets. */
export interface Experiment {
  readonly protocol: string;
  readonly k: number;
  readonly n: number;
  readonly runs: number;
  /** Runs that ended with a loss that the protocol calls spurious. */
  readonly spurious: number;
  /** The points that runs ended at, as far as they were followed to one. */
  readonly points: readonly Counted[];
}

/** A row of results/sgd-counts.csv. */
export interface CountsRow {
  readonly protocol: string;
  readonly k: number;
  readonly n: number;
  readonly runs: number;
  readonly spurious: number;
  /** Over the spurious runs that ended at a minimum, null if none did. */
  readonly mean_loss: number | null;
  readonly mean_min_eigenvalue: number | null;
}

/** A row of results/sgd-families.csv. */
export interface FamiliesRow {
  readonly protocol: string;
  readonly k: number;
  readonly n: number;
  readonly isotropy: string;
  readonly loss: number;
  readonly min_eigenvalue: number;
  readonly count: number;
}

/**
 * The counts of one experiment. The means are over the spurious runs with a positive least eigenvalue: a run that
 * stopped at a saddle counts as spurious, but is no minimum (as in the published program of I. Safran and O. Shamir,
 * arXiv:1712.08968, which averages over the minima that it verified).
 */
export function countsRow({ protocol, k, n, runs, spurious, points }: Experiment): CountsRow {
  const minima = points.filter((point) => point.spurious && point.least > 0);
  return {
    protocol,
    k,
    n,
    runs,
    spurious,
    mean_loss: meanOf(minima, ({ loss }) => loss),
    mean_min_eigenvalue: meanOf(minima, ({ least }) => least),
  };
}

/** The points of one experiment, by ascending loss. */
export function familiesRows({ protocol, k, n, points }: Experiment): FamiliesRow[] {
  return points
    .toSorted((a, b) => a.loss - b.loss)
    .map(({ isotropy, loss, least, count }) => ({
      protocol,
      k,
      n,
      isotropy,
      loss,
      min_eigenvalue: least,
      count,
    }));
}

/** Spurious runs of all experiments that ended at no minimum: the least eigenvalue there is negative or zero. */
export function saddleRuns(experiments: readonly Experiment[]): number {
  const saddles = experiments
    .flatMap(({ points }) => points)
    .filter(({ spurious, least }) => spurious && !(least > 0));
  return saddles.reduce((sum, { count }) => sum + count, 0);
}

function meanOf(points: readonly Counted[], value: (point: Counted) => number): number | null {
  const total = points.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  return points.reduce((sum, point) => sum + point.count * value(point), 0) / total;
}
