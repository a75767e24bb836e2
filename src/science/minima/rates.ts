/** Gives the fraction of spurious runs with an interval, for figures. */
import { rateInterval } from '../math/binomial.ts';
import type { SampledCount } from './agreement.ts';

/** A fraction of runs, and the ends of its interval. */
export interface Rate {
  readonly k: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** The fractions of the counts with n − k = `extra`, each interval `deviations` standard deviations to each side. */
export function ratesOf(counts: readonly SampledCount[], extra: number, deviations: number): Rate[] {
  return counts
    .filter(({ k, n }) => n - k === extra)
    .map(({ k, runs, spurious }) => {
      const interval = rateInterval({ hits: spurious, trials: runs }, deviations);
      return { k, rate: spurious / runs, ...interval };
    });
}
