/** Compares two counts of successes, as of runs that found a spurious minimum. */

/** `hits` successes in `trials` independent trials. */
export interface Count {
  readonly hits: number;
  readonly trials: number;
}

/**
 * How probable a difference as unlikely as this one is, if both counts have the same rate: Fisher's exact test,
 * two-sided by probability, with the mid-p correction (half of what equals the observed), so a number in (0, 1]. The
 * errors of both samples are in it. Relative error under 1e-12·trials while above 1e-290, below that 0.
 * Throws RangeError unless 0 ≤ hits ≤ trials are integers.
 * Source: R. A. Fisher (1935); H. O. Lancaster, "Significance tests in discrete distributions", JASA 56 (1961).
 */
export function midP(a: Count, b: Count): number {
  requireCount(a);
  requireCount(b);
  const hits = a.hits + b.hits;
  const lowest = Math.max(0, hits - b.trials);
  const weights = hypergeometric(a.trials, b.trials, hits);
  const observed = weights[a.hits - lowest] as number;
  // Tables as probable as the observed one but for rounding count as equal to it.
  const equal = (weight: number) => Math.abs(weight - observed) <= 1e-9 * observed;
  const total = sum(weights);
  const less = sum(weights.filter((weight) => weight < observed && !equal(weight)));
  return (less + 0.5 * sum(weights.filter(equal))) / total;
}

/** The probabilities, up to a factor, of x = lowest … highest hits among the first trials, given the hits in all. */
function hypergeometric(first: number, second: number, hits: number): number[] {
  const lowest = Math.max(0, hits - second);
  const highest = Math.min(first, hits);
  const mode = Math.floor(((first + 1) * (hits + 1)) / (first + second + 2));
  const start = Math.min(highest, Math.max(lowest, mode));
  const weights = Array.from({ length: highest - lowest + 1 }, () => 0);
  weights[start - lowest] = 1;
  const ratio = (x: number) => ((first - x) * (hits - x)) / ((x + 1) * (second - hits + x + 1));
  for (let x = start; x < highest; x++) weights[x + 1 - lowest] = (weights[x - lowest] as number) * ratio(x);
  for (let x = start; x > lowest; x--)
    weights[x - 1 - lowest] = (weights[x - lowest] as number) / ratio(x - 1);
  return weights;
}

/**
 * The indices of the hypotheses rejected at a familywise error of `level`, in ascending order of p (Holm's step-down
 * procedure, valid whatever their dependence). S. Holm, Scand. J. Statist. 6 (1979).
 */
export function rejected(pValues: readonly number[], level: number): number[] {
  const order = pValues
    .map((_, i) => i)
    .sort((i, j) => (pValues[i] as number) - (pValues[j] as number) || i - j);
  const kept = order.findIndex((at, rank) => (pValues[at] as number) > level / (pValues.length - rank));
  return kept < 0 ? order : order.slice(0, kept);
}

/**
 * An interval that holds the rate of a count, `z` standard deviations wide to each side (Wilson's score interval:
 * about 95% for z = 1.96, also at rates near 0 and 1). Throws RangeError as `midP`, and for no trials.
 */
export function rateInterval(
  { hits, trials }: Count,
  z: number,
): { readonly low: number; readonly high: number } {
  requireCount({ hits, trials });
  if (trials === 0) throw new RangeError('no rate without trials');
  const rate = hits / trials;
  const square = (z * z) / trials;
  const centre = rate + square / 2;
  const half = z * Math.sqrt((rate * (1 - rate)) / trials + square / (4 * trials));
  const low = hits === 0 ? 0 : (centre - half) / (1 + square);
  const high = hits === trials ? 1 : (centre + half) / (1 + square);
  return { low, high };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function requireCount({ hits, trials }: Count): void {
  if (!Number.isInteger(hits) || !Number.isInteger(trials) || hits < 0 || hits > trials)
    throw new RangeError(`${hits} of ${trials} is no count`);
}
