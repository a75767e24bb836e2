/** Lays out exact counts of equilibria as rows of published tables. */
import type { ExactCheck } from './exact-check.ts';
import type { Row } from './tables.ts';

export const exactColumns = [
  'case',
  'n',
  'lambda',
  'folds_below',
  'by_curves',
  'certified',
  'exact',
  'complex',
  'distinct',
  'agrees',
];

/** One λ. */
export function exactRow(name: string, check: ExactCheck): Row {
  const { n, lambda, foldsBelow, curves, certified, exact, complex, distinct } = check;
  return [name, n, lambda, foldsBelow, curves, certified, exact, complex, distinct, agrees(check)];
}

/** Both counts are the same, and no two equilibria fell together, which would hide one from the exact count. */
function agrees({ curves, exact, complex, distinct }: ExactCheck): boolean {
  return curves === exact && complex === distinct;
}

export const exactSummaryColumns = [
  'case',
  'n',
  'checks',
  'disagreeing',
  'complex',
  'most_real',
  'steps_by_two',
];

/** The totals of one c; `steps_by_two`: whether at every fold two equilibria come or go. */
export function exactSummaryRow(name: string, checks: readonly ExactCheck[]): Row {
  const steps = checks.slice(1).map((check, i) => ({ before: checks[i]!, check }));
  const acrossFold = steps.filter(({ before, check }) => check.foldsBelow === before.foldsBelow + 1);
  const byTwo = acrossFold.filter(({ before, check }) => Math.abs(check.exact - before.exact) === 2);
  return [
    name,
    checks[0]!.n,
    checks.length,
    checks.filter((check) => !agrees(check)).length,
    Math.max(...checks.map(({ complex }) => complex)),
    Math.max(...checks.map(({ exact }) => exact)),
    byTwo.length === acrossFold.length,
  ];
}
