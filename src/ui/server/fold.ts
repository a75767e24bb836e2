/** How far a run is, from what it has said: events in, counts out. */
import { stageOf } from '../../model/case.ts';
import type { RunEvent } from '../../model/event.ts';
import type { ClaimStatus } from '../../model/claim.ts';
import type { RunProgress, StageProgress, StepStatus } from '../common/api.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What is known of a run after some of its events. */
export interface Folded {
  readonly steps: Map<string, StepStatus>;
  readonly stages: Map<string, Mutable<StageProgress>>;
  /** When each running step was first seen running. */
  readonly since: Map<string, number>;
  readonly notes: RunProgress['notes'][number][];
  readonly claims: Partial<Record<ClaimStatus, number>>;
  readonly changes: (readonly [step: string, status: StepStatus])[];
  /** Expected milliseconds of steps that have not ended. */
  readonly prices: Map<string, number>;
  repeats: string | undefined;
  taken: number;
}

export function newFold(): Folded {
  return {
    steps: new Map(),
    stages: new Map(),
    since: new Map(),
    notes: [],
    claims: {},
    changes: [],
    prices: new Map(),
    repeats: undefined,
    taken: 0,
  };
}

/** Takes the events that it has not taken yet. */
export function foldOn(fold: Folded, events: readonly RunEvent[], now: number): void {
  for (const event of events.slice(fold.taken)) take(fold, event, now);
  fold.taken = events.length;
}

function rowOf({ stages }: Folded, stage: string): Mutable<StageProgress> {
  const known = stages.get(stage);
  if (known !== undefined) return known;
  const made = { stage, total: 0, hits: 0, executed: 0, failed: 0, skipped: 0, running: 0 };
  stages.set(stage, made);
  return made;
}

const counters = {
  hit: 'hits',
  executed: 'executed',
  failed: 'failed',
  skipped: 'skipped',
  running: 'running',
} as const;

function move(fold: Folded, step: string, status: StepStatus): void {
  const row = rowOf(fold, stageOf(step));
  const before = fold.steps.get(step);
  if (before === undefined) row.total += 1;
  else if (before !== 'open') row[counters[before]] -= 1;
  if (status !== 'open') row[counters[status]] += 1;
  fold.steps.set(step, status);
  fold.changes.push([step, status]);
}

function end(fold: Folded, step: string, status: StepStatus): void {
  fold.since.delete(step);
  fold.prices.delete(step);
  move(fold, step, status);
}

function take(fold: Folded, event: RunEvent, now: number): void {
  switch (event.type) {
    case 'planned':
      for (const step of event.order) move(fold, step, 'open');
      for (const [step, price] of Object.entries(event.prices)) fold.prices.set(step, price);
      return;
    case 'expanded':
      for (const step of event.steps) move(fold, step, 'open');
      return;
    case 'started':
      fold.since.set(event.step, now);
      return move(fold, event.step, 'running');
    case 'hit':
    case 'executed':
    case 'skipped':
      return end(fold, event.step, event.type);
    case 'failed':
      fold.notes.push({ step: event.step, text: `${event.ending}: ${event.message}`, bad: true });
      return end(fold, event.step, 'failed');
    default:
      tell(fold, event);
  }
}

/** Events that change no step's status. */
function tell(fold: Folded, event: RunEvent): void {
  const { notes, claims } = fold;
  switch (event.type) {
    case 'retried':
      notes.push({
        step: event.step,
        text: `tried again after ${event.ending}: ${event.message}`,
        bad: false,
      });
      return;
    case 'conflict':
      notes.push({ step: event.step, text: event.message, bad: true });
      return;
    case 'warning':
      notes.push({ step: event.step, text: event.message, bad: false });
      return;
    case 'edited':
      notes.push({ text: `${event.path}: ${event.message}`, bad: false });
      return;
    case 'lock':
      if (event.status === 'irreproducible') notes.push({ step: event.step, text: event.message, bad: true });
      return;
    case 'judged':
      claims[event.judgement.status] = (claims[event.judgement.status] ?? 0) + 1;
      return;
    case 'repeated':
      fold.repeats = event.run;
      return;
    default:
  }
}
