/** A run as the command line leads it: signals, the view, the store's record of it. */
import { type RunRequest, type RunResult, countsOf, run, statusOf } from '../engine/run.ts';
import type { RunEvent } from '../model/event.ts';
import type { Executor } from '../model/executor.ts';
import type { RunStart, RunStatus } from '../model/run.ts';
import { probe } from '../executors/probe.ts';
import { type Interrupts, onInterrupts } from './interrupts.ts';
import type { Project } from './project.ts';
import { newRun } from './new-run.ts';
import { machineVersions } from './tool.ts';

interface SessionOptions {
  readonly targets: readonly string[];
  readonly jobs: number;
  readonly force: boolean;
  readonly keepGoing: boolean;
  readonly restore: boolean;
  readonly single: boolean;
}

export interface Session {
  readonly start: RunStart;
  readonly result: RunResult;
  readonly status: RunStatus;
  /** The signal that stopped the run, if one did. */
  readonly signal: 'SIGINT' | 'SIGTERM' | undefined;
}

/** Leads one run from its record in the store to its end. `judge` runs while the run still counts as running. */
export async function leadRun(
  project: Project,
  executor: Executor,
  options: SessionOptions,
  listen: (event: RunEvent) => void,
  onStop: (times: number) => void,
  judge: (result: RunResult, emit: (event: RunEvent) => void) => Promise<void>,
): Promise<Session> {
  const { context, pipeline } = project;
  const start = newRun(pipeline, options.targets, context.now());
  const interrupts: Interrupts = onInterrupts(onStop);
  await context.store.runs.start(start);
  listen({ type: 'run-started', run: start });
  let status: RunStatus = 'failed';
  let counts = { hits: 0, executed: 0, failed: 0, skipped: 0 };
  try {
    const { stop, kill } = interrupts;
    const request: RunRequest = {
      ...options,
      context,
      pipeline,
      start,
      executor,
      listen,
      probe,
      versions: machineVersions(),
      stop,
      kill,
    };
    const result = await run(request);
    status = statusOf(result.tally, stop.aborted);
    counts = countsOf(result.tally);
    await judge(result, (event) => {
      context.store.runs.append(start.id, [event]);
      listen(event);
    });
    return { start, result, status, signal: interrupts.signal() };
  } finally {
    interrupts.release();
    const at = context.now();
    listen({ type: 'run-finished', status, counts, wall: at - start.at });
    await context.store.runs.finish(start.id, status, counts, at);
  }
}
