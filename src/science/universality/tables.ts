/** Tabulates the experiments on universality: minima, shares by experiment, and shares by what experiments have in common. */
import { rateInterval } from '../math/binomial.ts';
import { conforms, type FoundMinimum, type Report } from './report.ts';

/** What identifies an experiment in a table. */
const settingColumns = [
  ...(['input', 'activation', 'depth', 'd', 'target', 'extra', 'method'] as const),
] as const;

function settingCells({ setting, method }: Report) {
  const { input, activation, depth, d, target, extra } = setting;
  return { input, activation, depth, d, target, extra, method };
}

/** The columns of results/universality.csv. */
export const minimumColumns = [
  ...settingColumns,
  ...(['isotropy', 'target_isotropy', 'input_order', 'splits', 'conforms'] as const),
  ...(['loss', 'spurious', 'min_eigenvalue', 'gradient_norm', 'count'] as const),
] as const;

/** A row for each regular minimum of each experiment. */
export function minimumRows(report: Report) {
  return report.minima.map((minimum) => ({
    ...settingCells(report),
    isotropy: minimum.isotropy,
    target_isotropy: report.targetIsotropy,
    input_order: minimum.inputOrder,
    splits: minimum.splits,
    conforms: conforms(minimum),
    loss: minimum.loss,
    spurious: minimum.spurious,
    min_eigenvalue: minimum.least,
    gradient_norm: minimum.gradientNorm,
    count: minimum.count,
  }));
}

const countColumns = [
  ...(['runs', 'regular', 'degenerate', 'saddles', 'unreached', 'undecided'] as const),
  ...(['conforming', 'share', 'low', 'high', 'symmetric'] as const),
  ...(['spurious', 'spurious_conforming', 'spurious_share', 'spurious_low', 'spurious_high'] as const),
] as const;

/** The columns of results/universality-summary.csv and -shares.csv. */
export const summaryColumns = [...settingColumns, 'target_isotropy', ...countColumns] as const;
export const shareColumns = ['scope', 'experiments', 'minima', ...countColumns] as const;

/** A row for each experiment. */
export function summaryRow(report: Report) {
  return { ...settingCells(report), target_isotropy: report.targetIsotropy, ...countsOf([report]) };
}

/** Runs of several experiments; the shares are of runs at regular minima of known isotropy, with 95% intervals. */
function countsOf(reports: readonly Report[]) {
  const total = (of: (report: Report) => number) => reports.reduce((sum, report) => sum + of(report), 0);
  const minima = reports.flatMap((report) => report.minima);
  const regular = runsOf(minima);
  const spurious = minima.filter((minimum) => minimum.spurious);
  const all = shareOf(runsOf(minima.filter(conforms)), regular);
  const bad = shareOf(runsOf(spurious.filter(conforms)), runsOf(spurious));
  return {
    ...{ runs: total(({ runs }) => runs), regular },
    degenerate: total(({ degenerate }) => degenerate),
    saddles: total(({ saddles }) => saddles),
    unreached: total(({ unreached }) => unreached),
    undecided: total(({ undecided }) => undecided),
    ...{ conforming: all.hits, share: all.share, low: all.low, high: all.high },
    symmetric: runsOf(minima.filter(({ inputOrder }) => inputOrder !== '1')),
    ...{ spurious: runsOf(spurious), spurious_conforming: bad.hits, spurious_share: bad.share },
    ...{ spurious_low: bad.low, spurious_high: bad.high },
  };
}

function runsOf(minima: readonly FoundMinimum[]): number {
  return minima.reduce((sum, { count }) => sum + count, 0);
}

/** Wilson's interval; null without trials. */
function shareOf(hits: number, trials: number) {
  if (trials === 0) return { hits, share: null, low: null, high: null };
  return { hits, share: hits / trials, ...rateInterval({ hits, trials }, 1.96) };
}

/** A row for all experiments, and for those of each depth, input, activation and target, by their names. */
export function shareRows(reports: readonly Report[]) {
  const keys: ((report: Report) => string)[] = [
    () => 'all',
    ({ setting }) => `depth ${setting.depth}`,
    ({ setting }) => `input ${setting.input}`,
    ({ setting }) => `activation ${setting.activation}`,
    ({ setting }) => `target ${setting.target}`,
  ];
  return keys.flatMap((key) => {
    const scopes = [...new Set(reports.map(key))].sort();
    return scopes.map((scope) => {
      const these = reports.filter((report) => key(report) === scope);
      const minima = these.reduce((sum, report) => sum + report.minima.length, 0);
      return { scope, experiments: these.length, minima, ...countsOf(these) };
    });
  });
}

export type ShareRow = ReturnType<typeof shareRows>[number];
