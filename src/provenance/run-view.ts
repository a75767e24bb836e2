/** What a run gave, step by step, read from its events. */
import type { Judgement } from '../model/claim.ts';
import type { RunEvent } from '../model/event.ts';
import type { Run } from '../model/run.ts';
import type { Store } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';

export interface StepResult {
  readonly step: string;
  readonly status: 'done' | 'failed' | 'skipped';
  /** Undefined where the step did not end well, or its record is gone. */
  readonly trace?: Trace | undefined;
}

export interface RunView {
  readonly run: Run;
  /** The run whose results these are: itself, or the one that it found nothing to change in. */
  readonly of: string;
  readonly steps: ReadonlyMap<string, StepResult>;
  readonly judgements: readonly Judgement[];
}

/** The run's results; empty where its events are gone. */
export function viewRun(store: Store, run: Run): RunView {
  const own = store.runs.events(run.id);
  const repeated = own.find((event) => event.type === 'repeated');
  const events = repeated === undefined ? own : store.runs.events(repeated.run);
  const steps = new Map<string, StepResult>();
  for (const event of events) {
    const result = resultOf(store, event);
    if (result !== undefined) steps.set(result.step, result);
  }
  const judgements = events.flatMap((event) => (event.type === 'judged' ? [event.judgement] : []));
  return { run, of: repeated?.run ?? run.id, steps, judgements };
}

function resultOf(store: Store, event: RunEvent): StepResult | undefined {
  switch (event.type) {
    case 'hit':
    case 'executed':
      return { step: event.step, status: 'done', trace: traceOf(store, event) };
    case 'failed':
      return { step: event.step, status: 'failed' };
    case 'skipped':
      return { step: event.step, status: 'skipped' };
    default:
      return undefined;
  }
}

/** The record with this very key and these outs; of two executions with both alike, the last. */
function traceOf(store: Store, event: Extract<RunEvent, { type: 'hit' | 'executed' }>): Trace | undefined {
  const same = store.traces.ofStep(event.step).filter(({ key }) => key === event.key);
  const isGiven = (trace: Trace) =>
    Object.entries(event.outs).every(([role, { digest }]) => trace.outs[role]?.digest === digest);
  return same.find(isGiven) ?? same[0] ?? store.traces.find(event.key);
}
