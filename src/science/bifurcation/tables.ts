/** Lays out branches and forced symmetry breaking as rows of published tables. */
import type { CurveReport, Place, Window } from './forced.ts';
import { census } from './forced.ts';
import type { VerifiedBranch } from './verify.ts';

export type Row = readonly (string | number | boolean | null)[];

export const branchColumns = [
  'model',
  'n',
  'p',
  'isotropy',
  'copies',
  'lambda',
  'beta',
  't',
  'local',
  'positive',
  'negative',
  'agrees',
  'unstable',
  'eig_t',
  'eig_s1',
  'eig_s2',
  'position_error',
  'eigenvalue_error',
];

/** One branch; an eigenvalue that has multiplicity 0 is null. */
export function branchRow({ branch, ...found }: VerifiedBranch): Row {
  const { n, p, copies, lambda, beta, t, levels } = branch;
  const { local, positive, negative, agrees, positionError, eigenvalueError } = found;
  return [
    beta === 0 ? 'quadratic' : 'cubic',
    n,
    p,
    `S_${n - p}×S_${p}`,
    copies,
    lambda,
    beta,
    t,
    local,
    positive,
    negative,
    agrees,
    positive > 0,
    ...levels.map(({ value, multiplicity }) => (multiplicity > 0 ? value : null)),
    positionError,
    eigenvalueError,
  ];
}

export const summaryColumns = [
  'model',
  'n',
  'branches',
  'equilibria_below',
  'equilibria_above',
  'disagreeing',
  'stable',
  'worst_error',
];

/** The totals of one n over local branches: equilibria other than 0 for λ < 0 and λ > 0, those without instability. */
export function summaryRow(all: readonly VerifiedBranch[]): Row {
  const local = all.filter((one) => one.local);
  const equilibria = (side: number) =>
    local.reduce((sum, { branch }) => sum + (Math.sign(branch.lambda) === side ? branch.copies : 0), 0);
  const { n, beta } = all[0]!.branch;
  return [
    beta === 0 ? 'quadratic' : 'cubic',
    n,
    local.length,
    equilibria(-1),
    equilibria(1),
    all.filter(({ agrees, status }) => !agrees || status !== 'converged').length,
    local.filter(({ positive }) => positive === 0).length,
    all.reduce((worst, one) => Math.max(worst, one.positionError, one.eigenvalueError), 0),
  ];
}

export const forcedColumns = [
  'case',
  'n',
  'beta',
  'c',
  'signs',
  'shape',
  'point',
  'lambda',
  's',
  'norm',
  'positive',
  'negative',
  'certified',
];

/** The folds and the equilibria at both ends of the window, curve by curve. */
export function forcedRows(name: string, c: readonly number[], reports: readonly CurveReport[]): Row[] {
  return reports.flatMap(({ curve, shape, certified, folds, below, above }) => {
    const signs = curve.signs.map((sign, i) => (i === curve.place ? '0' : sign > 0 ? '+' : '-')).join('');
    const row = (point: string, { lambda, s, x, positive, negative }: Place): Row => [
      name,
      curve.n,
      curve.beta,
      c.join(' '),
      signs,
      shape,
      point,
      lambda,
      s,
      Math.sqrt(x.reduce((sum, entry) => sum + entry * entry, 0)),
      positive,
      negative,
      certified,
    ];
    return [
      ...below.map((place) => row('below', place)),
      ...folds.map((place) => row('fold', place)),
      ...above.map((place) => row('above', place)),
    ];
  });
}

export const censusColumns = [
  'case',
  'n',
  'beta',
  'c',
  'window_lambda',
  'window_radius',
  'curves',
  'crossing',
  'folds_below',
  'folds_above',
  'equilibria_below',
  'equilibria_above',
  'sinks_below',
  'sinks_above',
  'minimal',
  'certified',
];

/** The totals of one c; a window without a bound on |x| has null. */
export function censusRow(
  name: string,
  c: readonly number[],
  window: Window,
  reports: readonly CurveReport[],
): Row {
  const total = census(reports);
  const { n, beta } = reports[0]!.curve;
  const { curves, crossing, foldsBelow, foldsAbove, solutionsBelow, solutionsAbove } = total;
  return [
    name,
    n,
    beta,
    c.join(' '),
    window.lambda,
    Number.isFinite(window.radius) ? window.radius : null,
    curves,
    crossing,
    foldsBelow,
    foldsAbove,
    solutionsBelow,
    solutionsAbove,
    total.sinksBelow,
    total.sinksAbove,
    total.minimal,
    total.certified,
  ];
}
