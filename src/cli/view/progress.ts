/** What is known of a run while it goes on: events in, a state to draw out. Pure. */
import { caseOf, stageOf } from '../../model/case.ts';
import type { RunEvent } from '../../model/event.ts';
import { type Costs, type Estimate, type OpenStep, estimate } from './estimate.ts';

export interface StageProgress {
  readonly stage: string;
  total: number;
  hits: number;
  executed: number;
  failed: number;
  skipped: number;
  /** Running steps: the case and when it began (ms). */
  readonly running: Map<string, number>;
}

export interface Progress {
  readonly stages: Map<string, StageProgress>;
  /** Steps that have not ended. */
  readonly open: Set<string>;
  readonly began: number;
  isPlanned: boolean;
  readonly costs: {
    readonly expected: Map<string, number>;
    paid: Costs['paid'];
    readonly stages: Map<string, { sum: number; count: number }>;
  };
}

/** `stages` gives the order of the rows; others follow as they come. */
export function newProgress(now: number, stages: readonly string[] = []): Progress {
  const costs = { expected: new Map(), paid: { expected: 0, actual: 0 }, stages: new Map() };
  const rows = new Map(stages.map((stage) => [stage, newRow(stage)]));
  return { stages: rows, open: new Set(), began: now, isPlanned: false, costs };
}

const newRow = (stage: string): StageProgress => ({
  stage,
  total: 0,
  hits: 0,
  executed: 0,
  failed: 0,
  skipped: 0,
  running: new Map(),
});

function rowOf(progress: Progress, stage: string): StageProgress {
  const known = progress.stages.get(stage);
  if (known !== undefined) return known;
  const made = newRow(stage);
  progress.stages.set(stage, made);
  return made;
}

/** Adds steps that are to come, in plan order. */
export function announce(progress: Progress, steps: readonly string[]): void {
  for (const step of steps) {
    rowOf(progress, stageOf(step)).total += 1;
    progress.open.add(step);
  }
}

/** Takes one event into account. */
export function advance(progress: Progress, event: RunEvent, now: number): void {
  switch (event.type) {
    case 'planned':
      progress.isPlanned = true;
      announce(progress, event.order);
      for (const [step, price] of Object.entries(event.prices)) progress.costs.expected.set(step, price);
      return;
    case 'expanded':
      return announce(progress, event.steps);
    case 'started':
      rowOf(progress, stageOf(event.step)).running.set(caseOf(event.step), now);
      return;
    case 'executed':
      learn(progress, event.step, event.cost.wall);
      return end(progress, event.step, 'executed');
    case 'hit':
      return end(progress, event.step, 'hits');
    case 'failed':
      return end(progress, event.step, 'failed');
    case 'skipped':
      return end(progress, event.step, 'skipped');
    default:
  }
}

/** Notes what a step cost, for those that are still to come. */
function learn({ costs }: Progress, step: string, cost: number): void {
  const stage = costs.stages.get(stageOf(step)) ?? { sum: 0, count: 0 };
  costs.stages.set(stageOf(step), { sum: stage.sum + cost, count: stage.count + 1 });
  const expected = costs.expected.get(step);
  if (expected === undefined) return;
  costs.paid = { expected: costs.paid.expected + expected, actual: costs.paid.actual + cost };
}

function end(progress: Progress, step: string, how: 'hits' | 'executed' | 'failed' | 'skipped'): void {
  const row = rowOf(progress, stageOf(step));
  row[how] += 1;
  row.running.delete(caseOf(step));
  progress.open.delete(step);
  progress.costs.expected.delete(step);
}

interface Totals {
  readonly steps: number;
  readonly hits: number;
  readonly executed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Over all stages. */
export function totalsOf({ stages }: Progress): Totals {
  const sum = (pick: (row: StageProgress) => number) =>
    [...stages.values()].reduce((total, row) => total + pick(row), 0);
  return {
    steps: sum(({ total }) => total),
    hits: sum(({ hits }) => hits),
    executed: sum(({ executed }) => executed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
  };
}

/** How many steps of a stage have ended, one way or another. */
export const endedOf = ({ hits, executed, failed, skipped }: StageProgress): number =>
  hits + executed + failed + skipped;

/** The expected time until the end; undefined where nothing is known of what is open. */
export function remaining(progress: Progress, jobs: number, now: number): Estimate | undefined {
  const open = [...progress.open].map((step): OpenStep => {
    const stage = stageOf(step);
    const began = progress.stages.get(stage)?.running.get(caseOf(step));
    return { step, stage, running: began === undefined ? undefined : now - began };
  });
  return estimate(open, progress.costs, jobs);
}
