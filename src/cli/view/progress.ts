/** What is known of a run while it goes on: events in, a state to draw out. Pure. */
import type { RunEvent } from '../../model/event.ts';

export interface StageProgress {
  readonly stage: string;
  total: number;
  done: number;
  failed: number;
  /** Running steps: the case and when it began (ms). */
  readonly running: Map<string, number>;
}

export interface Progress {
  readonly stages: Map<string, StageProgress>;
  steps: number;
  hits: number;
  executed: number;
  failed: number;
  skipped: number;
  /** Expected cost (ms) of each step that may execute and has not ended. */
  readonly open: Map<string, number>;
  readonly began: number;
}

export function newProgress(now: number): Progress {
  return {
    stages: new Map(),
    steps: 0,
    hits: 0,
    executed: 0,
    failed: 0,
    skipped: 0,
    open: new Map(),
    began: now,
  };
}

const stageOf = (step: string) => step.split('@', 1)[0] as string;
const caseOf = (step: string) => step.slice(stageOf(step).length + 1);

function rowOf(progress: Progress, stage: string): StageProgress {
  const known = progress.stages.get(stage);
  if (known !== undefined) return known;
  const made: StageProgress = { stage, total: 0, done: 0, failed: 0, running: new Map() };
  progress.stages.set(stage, made);
  return made;
}

/** Adds steps that are to come, in plan order. */
export function announce(progress: Progress, steps: readonly string[]): void {
  for (const step of steps) rowOf(progress, stageOf(step)).total += 1;
  progress.steps += steps.length;
}

/** Takes one event into account. */
export function advance(progress: Progress, event: RunEvent, now: number): void {
  switch (event.type) {
    case 'planned':
      announce(progress, event.order);
      for (const [step, price] of Object.entries(event.prices)) progress.open.set(step, price);
      return;
    case 'expanded':
      return announce(progress, event.steps);
    case 'hit':
      progress.hits += 1;
      return end(progress, event.step, 'done');
    case 'started':
      rowOf(progress, stageOf(event.step)).running.set(caseOf(event.step), now);
      return;
    case 'executed':
      progress.executed += 1;
      return end(progress, event.step, 'done');
    case 'failed':
      progress.failed += 1;
      return end(progress, event.step, 'failed');
    case 'skipped':
      progress.skipped += 1;
      return end(progress, event.step, 'failed');
    default:
  }
}

function end(progress: Progress, step: string, how: 'done' | 'failed'): void {
  const row = rowOf(progress, stageOf(step));
  row[how] += 1;
  row.running.delete(caseOf(step));
  progress.open.delete(step);
}

/**
 * The expected milliseconds until the end: what is open, less what running steps have had already, over the jobs;
 * undefined where too little has a recorded cost to say.
 */
export function remaining(progress: Progress, jobs: number, now: number): number | undefined {
  const open = progress.steps - progress.hits - progress.executed - progress.failed - progress.skipped;
  if (open === 0 || progress.open.size < open / 2) return undefined;
  let left = 0;
  let longest = 0;
  for (const [step, price] of progress.open) {
    const began = progress.stages.get(stageOf(step))?.running.get(caseOf(step));
    const rest = began === undefined ? price : Math.max(0, price - (now - began));
    left += rest;
    longest = Math.max(longest, rest);
  }
  const unknown = (left / progress.open.size) * (open - progress.open.size);
  return Math.max(longest, (left + unknown) / jobs);
}
