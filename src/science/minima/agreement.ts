/** Compares counts of runs with published ones: both are samples, and both have an error. */
import { midP, rejected } from '../math/binomial.ts';

/** Spurious runs with n student neurons for k targets. */
export interface SampledCount {
  readonly k: number;
  readonly n: number;
  readonly runs: number;
  readonly spurious: number;
}

/** Runs that ended at one critical point, known by its loss. */
export interface SampledLevel {
  readonly k: number;
  readonly n: number;
  readonly loss: number;
  readonly count: number;
}

/** The verdict on one pair of counts. */
export interface Verdict {
  /** How probable a difference as unlikely as this is, if both have one rate (see `midP`). */
  readonly p: number;
  /** `differs`: rejected at the familywise error asked for, over all pairs compared at once. */
  readonly status: 'agrees' | 'differs';
}

export interface CountAgreement extends SampledCount, Verdict {
  readonly published_runs: number;
  readonly published_spurious: number;
}

export interface LevelAgreement extends SampledLevel, Verdict {
  readonly runs: number;
  readonly published_runs: number;
  readonly published_loss: number | null;
  readonly published_count: number;
}

/** All pairs with one n − k at a glance. */
export interface Summary {
  readonly extra: number;
  readonly compared: number;
  readonly differing: number;
  readonly least_p: number;
  readonly runs: number;
  readonly spurious: number;
  readonly published_runs: number;
  readonly published_spurious: number;
  /** Minima that both found, that only one found, and whose counts differ. */
  readonly minima: number;
  readonly minima_of_one: number;
  readonly minima_differing: number;
}

/** The counts that both have, compared at a familywise error of `level`, by n − k, then k. */
export function compareCounts(
  ours: readonly SampledCount[],
  published: readonly SampledCount[],
  level: number,
): CountAgreement[] {
  const pairs = ours.toSorted(byShape).flatMap((own) => {
    const other = published.find(({ k, n }) => k === own.k && n === own.n);
    return other === undefined ? [] : [{ own, other }];
  });
  const verdicts = judge(
    pairs.map(({ own, other }) => midP(hitsOf(own), hitsOf(other))),
    level,
  );
  return pairs.map(({ own: { k, n, runs, spurious }, other }, i) => ({
    k,
    n,
    runs,
    spurious,
    published_runs: other.runs,
    published_spurious: other.spurious,
    ...(verdicts[i] as Verdict),
  }));
}

function hitsOf({ runs, spurious }: SampledCount) {
  return { hits: spurious, trials: runs };
}

/** The agreement of counts and of minima by n − k. */
export function summarize(counts: readonly CountAgreement[], minima: readonly LevelAgreement[]): Summary[] {
  const extras = [...new Set(counts.map(({ k, n }) => n - k))].sort((a, b) => a - b);
  return extras.map((extra) => {
    const these = counts.filter(({ k, n }) => n - k === extra);
    const levels = minima.filter(({ k, n }) => n - k === extra);
    const shared = levels.filter((level) => level.count > 0 && level.published_count > 0);
    const total = (value: (row: CountAgreement) => number) => these.reduce((sum, row) => sum + value(row), 0);
    return {
      extra,
      compared: these.length,
      differing: differing(these),
      least_p: these.reduce((least, { p }) => Math.min(least, p), 1),
      runs: total((row) => row.runs),
      spurious: total((row) => row.spurious),
      published_runs: total((row) => row.published_runs),
      published_spurious: total((row) => row.published_spurious),
      minima: shared.length,
      minima_of_one: levels.length - shared.length,
      minima_differing: differing(levels),
    };
  });
}

function differing(rows: readonly Verdict[]): number {
  return rows.filter(({ status }) => status === 'differs').length;
}

/** Losses of one point differ by no more than this: published points are known to a gradient of 1e-9. */
const sameLoss = 1e-7;

/**
 * The critical points that runs ended at, against published ones with the same loss, at a familywise error of
 * `level`. A point that only one side found has a count of 0 on the other. Shapes (k, n) that only one side has are
 * left out.
 */
export function compareLevels(
  ours: readonly SampledLevel[],
  published: readonly SampledLevel[],
  shapes: readonly CountAgreement[],
  level: number,
): LevelAgreement[] {
  const rows = shapes.flatMap((shape) =>
    pairLevels(shape, ours.filter(at(shape)), published.filter(at(shape))),
  );
  const verdicts = judge(
    rows.map((row) =>
      midP({ hits: row.count, trials: row.runs }, { hits: row.published_count, trials: row.published_runs }),
    ),
    level,
  );
  return rows.map((row, i) => ({ ...row, ...(verdicts[i] as Verdict) }));
}

function at(shape: { readonly k: number; readonly n: number }) {
  return ({ k, n }: SampledLevel) => k === shape.k && n === shape.n;
}

function pairLevels(
  { k, n, runs, published_runs }: CountAgreement,
  ours: readonly SampledLevel[],
  published: readonly SampledLevel[],
): Omit<LevelAgreement, keyof Verdict>[] {
  const shape = { k, n, runs, published_runs };
  const isSame = (a: SampledLevel, b: SampledLevel) => Math.abs(a.loss - b.loss) <= sameLoss;
  const found = ours.map((own) => {
    const other = published.find((one) => isSame(one, own));
    const { loss, count } = own;
    return { ...shape, loss, count, published_loss: other?.loss ?? null, published_count: other?.count ?? 0 };
  });
  const missed = published
    .filter((other) => !ours.some((own) => isSame(own, other)))
    .map(({ loss, count }) => ({ ...shape, loss, count: 0, published_loss: loss, published_count: count }));
  return [...found, ...missed].sort((a, b) => a.loss - b.loss);
}

function judge(pValues: readonly number[], level: number): Verdict[] {
  const differing = new Set(rejected(pValues, level));
  return pValues.map((p, i) => ({ p, status: differing.has(i) ? 'differs' : 'agrees' }));
}

function byShape(a: SampledCount, b: SampledCount): number {
  return a.n - a.k - (b.n - b.k) || a.k - b.k;
}
