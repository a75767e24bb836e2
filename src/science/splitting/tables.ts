/** Tabulates runs and splits of the experiment of arXiv:2006.01005, and sums them up. */
import { midP, rateInterval, rejected } from '../math/binomial.ts';
import type { NeuronSplit, SplitReport } from './analyse.ts';
import type { NearPoint } from './near.ts';

/** Runs with k neurons and targets, and how many found a global minimum. */
export interface GlobalCount {
  readonly k: number;
  readonly runs: number;
  readonly global: number;
}

/** A row for each k: the share of runs at a global minimum with its 95% interval, beside the published count if any. */
export function countRows(ours: readonly GlobalCount[], published: readonly GlobalCount[], level: number) {
  const paired = ours.map((own) => {
    const other = published.find(({ k }) => k === own.k);
    const p =
      other && midP({ hits: own.global, trials: own.runs }, { hits: other.global, trials: other.runs });
    return { own, other, p };
  });
  const compared = paired.flatMap(({ p }, i) => (p === undefined ? [] : [{ p, i }]));
  const differing = rejected(
    compared.map(({ p }) => p),
    level,
  ).map((at) => compared[at]?.i);
  return paired.map(({ own, other, p }, i) => {
    const { low, high } = rateInterval({ hits: own.global, trials: own.runs }, 1.96);
    return {
      ...own,
      share: own.global / own.runs,
      low,
      high,
      published_runs: other?.runs ?? null,
      published_global: other?.global ?? null,
      p: p ?? null,
      status: p === undefined ? 'not published' : differing.includes(i) ? 'differs' : 'agrees',
    };
  });
}

/** The columns of results/sys21-counts.csv. */
export const countColumns = [
  ...(['k', 'runs', 'global', 'share', 'low', 'high'] as const),
  ...(['published_runs', 'published_global', 'p', 'status'] as const),
] as const;

/** The columns of results/sys21-splits.csv. */
export const splitColumns = [
  ...(['k', 'isotropy', 'loss', 'spurious', 'count', 'norm_sum', 'min_eigenvalue'] as const),
  ...(['neurons', 'length', 'slack', 'curvature', 'gradient_norm'] as const),
  ...(['split_min_eigenvalue', 'split_index', 'split_nullity'] as const),
] as const;

/** A row for each kind of neuron of each minimum. */
export function splitRows({ k, points }: SplitReport) {
  return points.flatMap(({ isotropy, loss, spurious, count, norms, least, splits }) =>
    splits.map((split) => ({
      ...{ k, isotropy, loss, spurious, count, norm_sum: norms, min_eigenvalue: least },
      ...{ neurons: split.neurons, length: split.length, slack: split.slack, curvature: split.curvature },
      gradient_norm: split.gradientNorm,
      split_min_eigenvalue: split.least,
      split_index: split.index,
      split_nullity: split.nullity,
    })),
  );
}

/** The columns of results/sys21-summary.csv. */
export const summaryColumns = [
  ...(['k', 'spurious_minima', 'analysed', 'norm_excess', 'minima_without_saddle'] as const),
  ...(['indefinite', 'indefinite_without_saddle', 'worst_rise', 'worst_gradient'] as const),
  ...(['global_min_eigenvalue', 'global_split_least', 'global_split_nullity'] as const),
] as const;

/** A slack below this is held to be negative. */
const negative = -1e-9;

/**
 * What the splits of one k, or of several together (k = `all`), say. `norm_excess` is the largest Σ|w_i| − k over
 * all minima. `minima_without_saddle` counts the spurious minima that splitting no neuron makes a saddle, `indefinite`
 * the neurons of spurious minima whose H_ii − I/2 has a negative eigenvalue, `indefinite_without_saddle` those of them whose
 * split is not seen to give a saddle: the Hessian's least eigenvalue, or where it is not computed the curvature along one
 * direction, would be negative. `worst_rise` is the most by which a least eigenvalue is above that curvature, which bounds it.
 */
export function summaryRow(k: number | 'all', reports: readonly SplitReport[]) {
  const points = reports.flatMap((report) => report.points.map((point) => ({ ...point, k: report.k })));
  const spurious = points.filter((point) => point.spurious);
  const indefinite = spurious.flatMap(({ splits }) => splits.filter(({ slack }) => slack < negative));
  const whole = points.filter((point) => !point.spurious);
  const wholeSplits = whole.flatMap(({ splits }) => splits);
  return {
    k,
    spurious_minima: reports.reduce((sum, { found }) => sum + found, 0),
    analysed: spurious.length,
    norm_excess: largest(points, (point) => point.norms - point.k),
    minima_without_saddle: spurious.filter(({ splits }) => !splits.some(isSaddle)).length,
    indefinite: total(indefinite),
    indefinite_without_saddle: total(indefinite.filter((split) => !isSaddle(split))),
    worst_rise: largest(
      points.flatMap(({ splits }) => splits),
      ({ least, curvature }) => (least === null ? -Infinity : least - curvature),
    ),
    worst_gradient: largest(
      points.flatMap(({ splits }) => splits),
      (split) => split.gradientNorm,
    ),
    global_min_eigenvalue: smallest(whole, (point) => point.least),
    global_split_least: smallest(wholeSplits, ({ least }) => least ?? Infinity),
    global_split_nullity: smallest(wholeSplits, ({ nullity }) => nullity ?? Infinity),
  };
}

function isSaddle({ least, curvature }: NeuronSplit): boolean {
  return (least ?? curvature) < negative;
}

function total(splits: readonly NeuronSplit[]): number {
  return splits.reduce((sum, { neurons }) => sum + neurons, 0);
}

/** Null for none, as JSON has no infinity. */
function largest<T>(items: readonly T[], value: (item: T) => number): number | null {
  const most = items.reduce((best, item) => Math.max(best, value(item)), -Infinity);
  return Number.isFinite(most) ? most : null;
}

function smallest<T>(items: readonly T[], value: (item: T) => number): number | null {
  const most = largest(items, (item) => -value(item));
  return most === null ? null : -most;
}

/** The columns of results/sys21-near.csv. */
export const nearColumns = ['k', 'distance', 'min_eigenvalue', 'ratio'] as const;

/** A row for each distance from the split global minimum; the ratio of eigenvalue and distance is null at 0. */
export function nearRows(k: number, points: readonly NearPoint[]) {
  return points.map(({ distance, least }) => ({
    k,
    distance,
    min_eigenvalue: least,
    ratio: distance === 0 ? null : least / distance,
  }));
}
