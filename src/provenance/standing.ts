/** Finds the execution that stands for a step now, its trust and its outs. */
import type { Outlook } from '../engine/outlook.ts';
import { stageOf } from '../model/case.ts';
import type { Store } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';
import type { FindOuts } from './claims.ts';
import { type FindTrust, trustIn } from './trust.ts';

export interface FoundTrace {
  readonly trace: Trace;
  /** Whether it is the plan's own. */
  readonly current: boolean;
}

/** Whether the pipeline has a step, or may have it once items are made: a step of another profile says nothing of this one. */
export function ownSteps(seen: Pick<Outlook, 'allSteps' | 'waiting'>): (step: string) => boolean {
  const steps = new Set(seen.allSteps().map(({ id }) => id));
  const waiting = new Set(seen.waiting().map(({ stage }) => stage));
  return (step) => steps.has(step) || waiting.has(stageOf(step));
}

/** A plan, and the store that it was made from. */
export interface PlanOnStore {
  readonly context: { readonly store: Store };
  readonly seen: Outlook;
}

/** The execution that stands for a step: the plan's own, or the newest one, which may be stale. */
export function traceFinder({ context, seen }: PlanOnStore): (step: string) => FoundTrace | undefined {
  const hits = new Map(
    seen.plan.steps.flatMap(({ step, verdict }) =>
      verdict.type === 'hit' ? [[step.id, verdict.trace]] : [],
    ),
  );
  const isOwn = ownSteps(seen);
  return (step) => {
    const hit = hits.get(step);
    if (hit !== undefined) return { trace: hit, current: true };
    if (!isOwn(step)) return undefined;
    const trace = context.store.traces.newest(step);
    return trace && { trace, current: false };
  };
}

/** The trust of each step's execution that stands for it. */
export function trustFinder(reading: PlanOnStore): FindTrust {
  const find = traceFinder(reading);
  const steps = reading.seen.allSteps();
  return trustIn({ store: reading.context.store, steps, find: (step) => find(step)?.trace });
}

/** The outs of a step, as claims ask for them. */
export function outsFinder(reading: PlanOnStore): FindOuts {
  const find = traceFinder(reading);
  return (step) => {
    const found = find(step);
    return found && { outs: found.trace.outs, current: found.current };
  };
}
