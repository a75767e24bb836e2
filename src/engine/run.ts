/** One run: plan, execute, publish; everything it does is said in events, kept in the store. */
import { dirname, join } from 'node:path';
import { listed } from '../base/text.ts';
import type { RunEvent } from '../model/event.ts';
import type { Executor } from '../model/executor.ts';
import { Fault } from '../model/fault.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { RunCounts, RunStart, RunStatus } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Recorded } from '../model/store.ts';
import { contentsOf } from './contents.ts';
import type { Context } from './context.ts';
import { type Outlook, type OutlookOptions, outlook } from './outlook.ts';
import { publish } from './publish.ts';
import { removeFolder, removeLeftovers } from './scratch.ts';
import { type Tally, schedule } from './schedule.ts';
import type { Site } from './site.ts';
import { workOf } from './work.ts';

export interface RunRequest extends OutlookOptions {
  readonly context: Context;
  readonly pipeline: Pipeline;
  readonly start: RunStart;
  readonly executor: Executor;
  readonly jobs: number;
  readonly keepGoing: boolean;
  /** Execute the named steps only: what they need must be up to date. */
  readonly single?: boolean | undefined;
  readonly restore: boolean;
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
  readonly listen: (event: RunEvent) => void;
  /** Milliseconds before retry number n. */
  readonly delay?: ((n: number) => number) | undefined;
}

export interface RunResult {
  readonly outlook: Outlook;
  readonly tally: Tally;
  /** Published paths left alone because a person edited them. */
  readonly edited: number;
  readonly conflicts: number;
}

/** Plans and runs. Rejects with Fault `usage` (problems of the pipeline) or `store`; else all is in the result. */
export async function run(request: RunRequest): Promise<RunResult> {
  const { context } = request;
  const emit = emitter(request);
  const seen = await outlook(context, request.pipeline, { ...request, pin: true });
  if (request.single === true) refuseUpstream(seen);
  emit(plannedEvent(seen.plan.steps));
  await holdHits(request, seen.plan.steps);
  const settlements: Promise<void>[] = [];
  let conflicts = 0;
  const settled = (step: Step, recorded: Promise<Recorded>) => {
    const told = recorded.then((answer) => {
      if (answer.type !== 'conflict') return;
      conflicts += 1;
      emit(conflictEvent(step, answer));
    });
    told.catch(() => undefined);
    settlements.push(told);
  };
  const site = siteOf(request, emit, settled);
  const tally = await inScratch(request, site, seen, () =>
    schedule(seen.plan.steps, workOf(request, seen, site)),
  );
  await Promise.all(settlements);
  await context.store.flush();
  const edited = await publishRun(request, seen, tally, emit);
  return { outlook: seen, tally, edited, conflicts };
}

/** Leaves no scratch folder behind, neither of this run nor of those that were killed before they could. */
async function inScratch<T>(
  { context }: RunRequest,
  { scratch }: Site,
  { plan }: Outlook,
  work: () => Promise<T>,
): Promise<T> {
  if (plan.steps.every(({ verdict }) => verdict.type === 'hit')) return work();
  removeLeftovers(dirname(scratch), context.store.runs);
  try {
    return await work();
  } finally {
    removeFolder(scratch);
  }
}

/** Throws Fault `usage` where a step that was not named would execute. */
function refuseUpstream({ plan, selection }: Outlook): void {
  const needed = plan.steps.filter(
    ({ step, verdict }) => !selection.named.has(step.id) && verdict.type !== 'hit',
  );
  if (needed.length === 0) return;
  const names = listed(
    needed.map(({ step }) => step.id),
    4,
  );
  throw new Fault(
    'usage',
    `--single-item executes the named steps only, but they need ${names}, not up to date; run without it`,
  );
}

function emitter(request: RunRequest): (event: RunEvent) => void {
  return (event) => {
    request.context.store.runs.append(request.start.id, [event]);
    request.listen(event);
  };
}

function plannedEvent(steps: readonly PlannedStep[]): RunEvent {
  const count = (type: string) => steps.filter(({ verdict }) => verdict.type === type).length;
  const open = steps.filter(({ verdict, price }) => verdict.type !== 'hit' && price !== undefined);
  return {
    type: 'planned',
    steps: steps.length,
    hits: count('hit'),
    misses: count('miss'),
    waits: count('waits'),
    order: open.length === 0 && count('hit') === steps.length ? [] : steps.map(({ step }) => step.id),
    prices: Object.fromEntries(open.map(({ step, price }) => [step.id, price as number])),
  };
}

/** Protects what the run builds on from garbage collection; a run that executes nothing needs no protection. */
async function holdHits(request: RunRequest, steps: readonly PlannedStep[]): Promise<void> {
  if (steps.every(({ verdict }) => verdict.type === 'hit')) return;
  const keys = steps.flatMap(({ verdict }) => (verdict.type === 'hit' ? [verdict.key] : []));
  await request.context.store.runs.hold(request.start.id, keys);
}

function conflictEvent(step: Step, conflict: Extract<Recorded, { type: 'conflict' }>): RunEvent {
  const { key } = conflict.current;
  const roles = conflict.roles.join(', ');
  const message = `${step.id} is not deterministic: with the same key, ${roles} came out differently; both are kept. See \`colophon why ${step.id}\`, choose with \`colophon resolve\``;
  return { type: 'conflict', step: step.id, key, message };
}

function siteOf(request: RunRequest, emit: (event: RunEvent) => void, settled: Site['settled']): Site {
  const { context, start } = request;
  const state = join(context.root, '.colophon');
  let attempts = 0;
  return {
    root: context.root,
    store: context.store,
    contents: contentsOf(context.store.artifacts),
    bundles: join(state, 'bundles'),
    laidOut: new Set(),
    scratch: join(state, 'scratch', start.id),
    logs: join(state, 'logs', start.id),
    executor: request.executor,
    run: start.id,
    nameAttempt: () => `${start.id}.${(++attempts).toString(36)}`,
    now: context.now,
    delay: request.delay ?? ((n) => Math.min(1000 * 2 ** (n - 1), 60_000)),
    emit,
    kill: request.kill,
    stop: request.stop,
    settled,
  };
}

async function publishRun(
  request: RunRequest,
  seen: Outlook,
  tally: Tally,
  emit: (event: RunEvent) => void,
): Promise<number> {
  const { context, pipeline, restore } = request;
  return publish({
    root: context.root,
    store: context.store,
    pipeline,
    steps: seen.allSteps(),
    waiting: new Set(seen.waiting().map(({ stage }) => stage)),
    done: (step) => tally.done.get(step)?.outs,
    restore,
    emit,
  });
}

/** How a finished run is called. */
export function statusOf(tally: Tally, stopped: boolean): RunStatus {
  if (stopped && tally.open > 0) return 'interrupted';
  return tally.failed > 0 ? 'failed' : 'complete';
}

export function countsOf(tally: Tally): RunCounts {
  return { hits: tally.hits, executed: tally.executed, failed: tally.failed, skipped: tally.skipped };
}
