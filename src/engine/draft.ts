/** Writes down an execution as the store takes it: the trace, its outs, and how they are compared. */
import { Fault } from '../model/fault.ts';
import type { Outcome } from '../model/executor.ts';
import type { Step } from '../model/step.ts';
import type { OutDraft, TraceDraft } from '../model/store.ts';
import type { RecordRules } from '../model/trace.ts';
import type { Missing, Site } from './site.ts';

export function draftOf(
  site: Site,
  missing: Missing,
  attempt: string,
  outcome: Extract<Outcome, { type: 'done' }>,
  torn: boolean,
): TraceDraft {
  const { step, key, parts, sourceMap } = missing;
  const seen = sourceMap === undefined ? outcome.seen : { ...outcome.seen, sourceMap };
  return {
    key,
    parts,
    step: step.id,
    stage: step.stage.name,
    case: step.case,
    evidence: outcome.evidence,
    cost: outcome.cost,
    run: site.run,
    attempt,
    seen,
    at: site.now(),
    torn,
  };
}

export function outDrafts(step: Step, outcome: Extract<Outcome, { type: 'done' }>): Record<string, OutDraft> {
  return Object.fromEntries(
    Object.entries(step.signature.outs).map(([role, kind]) => {
      const out = outcome.outs[role];
      if (out === undefined) throw new Fault('usage', `the executor gave no out "${role}"`);
      return [role, { out, kind }];
    }),
  );
}

export function rulesOf(step: Step): RecordRules {
  const compare = Object.fromEntries(
    Object.entries(step.stage.outs).map(([role, out]) => [role, out.compare]),
  );
  return { compare, stochastic: step.stage.stochastic };
}
