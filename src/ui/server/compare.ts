/** Two runs side by side: what changed in steps, artifacts, evidence and claims. */
import type { Judgement } from '../../model/claim.ts';
import type { Run } from '../../model/run.ts';
import type { Store } from '../../model/store.ts';
import { spellChange } from '../../provenance/code-changes.ts';
import { type StepDiff, type ValueDiff, diffRuns } from '../../provenance/run-diff.ts';
import { viewRun } from '../../provenance/run-view.ts';
import type { ComparePage } from '../common/api.ts';
import { rowOf } from './runs.ts';

const mostSteps = 400;
const mostValues = 12;

export function comparePage(store: Store, before: Run, after: Run): ComparePage {
  const diff = diffRuns(store, viewRun(store, before), viewRun(store, after));
  return {
    before: rowOf(before),
    after: rowOf(after),
    same: diff.same,
    changed: diff.changed.slice(0, mostSteps).map(stepOf),
    more: Math.max(0, diff.changed.length - mostSteps),
    added: diff.added,
    removed: diff.removed,
    claims: diff.claims.map((each) => ({
      claim: each.claim,
      before: verdict(each.before),
      after: verdict(each.after),
      worse: each.after?.status !== 'holds' && each.before?.status === 'holds',
    })),
  };
}

function stepOf({ step, status, reasons, code, outs, evidence }: StepDiff): ComparePage['changed'][number] {
  const functions = code.map((change) => ({ type: 'code', detail: spellChange(change) }));
  return {
    step,
    before: status.before,
    after: status.after,
    reasons:
      functions.length === 0 ? reasons : [...functions, ...reasons.filter(({ type }) => type !== 'code')],
    outs: outs.map(({ role, before, after, cells }) => ({
      role,
      before,
      after,
      values: cells.slice(0, mostValues),
      more: Math.max(0, cells.length - mostValues),
    })),
    evidence: evidence as readonly ValueDiff[],
  };
}

const verdict = (judgement: Judgement | undefined): string => {
  if (judgement === undefined) return 'not judged';
  return judgement.found === undefined ? judgement.status : `${judgement.status} (${judgement.found})`;
};
