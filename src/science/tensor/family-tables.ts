/** Lays out families of tensor decompositions as rows of published tables. */
import { type DescribedPoint, inertiaOf, leastOf } from './families.ts';
import type { FamilyReport, SpaceReport } from './family-report.ts';
import { tensorNorm } from './kernel.ts';
import { indexAgainstLoss, levels } from './levels.ts';
import type { Experiment } from './tables.ts';

type Row = readonly (string | number | boolean | null)[];

export const familyColumns = [
  'norm',
  'family',
  'isotropy',
  'order',
  'd',
  'loss',
  'gradient_norm',
  'min_eigenvalue',
  'irrep',
  'index',
  'nullity',
  'gain',
  'correction',
  'known',
];

/** One row for each d; index and nullity are null for other than integer d, and where rounding hides a sign. */
export function familyRows({ norm, name, points }: FamilyReport): Row[] {
  const { order } = tensorNorm(norm);
  return points.map((point) => {
    const { value, irrep } = leastOf(point);
    const { index, nullity } = inertiaOf(point);
    const { isotropy, d, loss, gradientNorm, gain, correction, known } = point;
    return [
      norm,
      name,
      isotropy,
      order,
      d,
      loss,
      gradientNorm,
      value,
      irrep,
      index,
      nullity,
      gain,
      correction,
      known,
    ];
  });
}

export const crossingColumns = ['norm', 'family', 'irrep', 'place', 'd', 'loss', 'kind', 'sign_above'];

/** Changes of sign, and where the family was lost on the way. */
export function crossingRows({ norm, name, crossings }: FamilyReport): Row[] {
  return crossings.map(({ irrep, place, d, loss, kind, signAbove }) => [
    norm,
    name,
    irrep,
    place,
    d,
    loss,
    kind,
    signAbove,
  ]);
}

export const limitColumns = [
  'norm',
  'family',
  'quantity',
  'exponent',
  'exponent_error',
  'fraction',
  'coefficient',
  'up_to',
];

/** The leading power of d in each quantity. */
export function limitRows({ norm, name, limits }: FamilyReport): Row[] {
  return limits.map(({ quantity, exponent, exponentError, fraction, coefficient, upTo }) => [
    norm,
    name,
    quantity,
    exponent,
    exponentError,
    fraction,
    coefficient,
    upTo,
  ]);
}

export const denseColumns = [
  'norm',
  'family',
  'd',
  'isotropy',
  'index',
  'nullity',
  'gradient_norm',
  'loss_error',
  'eigenvalue_error',
];

/** The dense checks. */
export function denseRows({ norm, name, dense }: FamilyReport): Row[] {
  return dense.map(({ d, isotropy, index, nullity, gradientNorm, lossError, eigenvalueError }) => [
    norm,
    name,
    d,
    isotropy,
    index,
    nullity,
    gradientNorm,
    lossError,
    eigenvalueError,
  ]);
}

export const metColumns = ['norm', 'd', 'method', 'loss', 'index', 'nullity', 'isotropy', 'count', 'family'];

/** Losses that are nearer than this, relative to those above 1, are one level. */
const sameLoss = 1e-8;

/** The levels that runs from random and symmetric starts converged to, each with the family of the same loss and inertia. */
export function metRows({ norm, d, points }: Experiment, reports: readonly FamilyReport[]): Row[] {
  const converged = points.filter(({ status }) => status === 'converged');
  return levels(converged).map(({ point, count }) => {
    const { method, loss, isotropy, inertia } = point;
    const family = familyOf(norm, d, loss, inertia, reports);
    return [norm, d, method, loss, inertia.index, inertia.nullity, isotropy, count, family];
  });
}

function familyOf(
  norm: string,
  d: number,
  loss: number,
  { index, nullity }: { readonly index: number; readonly nullity: number },
  reports: readonly FamilyReport[],
): string | null {
  const found = reports.find((report) => {
    const point = report.norm === norm ? at(report, d) : undefined;
    if (point === undefined || Math.abs(point.loss - loss) > sameLoss * Math.max(1, loss)) return false;
    const inertia = inertiaOf(point);
    return inertia.index === index && inertia.nullity === nullity;
  });
  return found === undefined ? null : found.name;
}

function at({ points }: FamilyReport, d: number): DescribedPoint | undefined {
  return points.find((point) => point.d === d);
}

export const summaryColumns = [
  'norm',
  'm',
  'starts',
  'families',
  'on_sets',
  'lost',
  'followed_to_last',
  'minima_at_last',
  'crossings',
  'worst_eigenvalue_error',
  'worst_loss_error',
];

/** The totals of one space. `minima_at_last`: families of positive eigenvalues, and loss above 0, at the last d where signs are known. */
export function spaceRow({ norm, m, starts, onSets, lost, families }: SpaceReport): Row {
  const checks = families.flatMap(({ dense }) => dense);
  const worst = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);
  const last = Math.max(0, ...families.flatMap(({ points }) => points.map(({ d }) => d)));
  const minima = families.filter(({ points }) => {
    const point = points.findLast(({ known }) => known);
    return point !== undefined && point.loss > 1e-9 && leastOf(point).value > 0;
  });
  return [
    norm,
    m,
    starts,
    families.length,
    onSets,
    lost,
    families.filter(({ points }) => points.at(-1)!.d === last).length,
    minima.length,
    families.reduce(
      (sum, { crossings }) => sum + crossings.filter(({ kind }) => kind === 'crossing').length,
      0,
    ),
    worst(checks.map(({ eigenvalueError }) => eigenvalueError)),
    worst(checks.map(({ lossError }) => lossError)),
  ];
}

export const indexColumns = ['norm', 'd', 'families', 'concordant', 'discordant', 'gamma'];

/** How index and loss go together over the regular points of all families of a norm at d. */
export function indexRow(norm: string, d: number, reports: readonly FamilyReport[]): Row {
  const points = reports.flatMap((report) => {
    const point = report.norm === norm ? at(report, d) : undefined;
    if (point === undefined) return [];
    const { index, nullity } = inertiaOf(point);
    if (index === null || nullity === null) return [];
    const inertia = { index, nullity, known: true, least: leastOf(point).value };
    return [{ status: 'converged' as const, loss: point.loss, inertia }];
  });
  const { levels: count, concordant, discordant, gamma } = indexAgainstLoss(points);
  return [norm, d, count, concordant, discordant, gamma];
}
