/** Executes TypeScript stages in warm worker processes, one step at a time each. */
import process from 'node:process';
import { invariant } from '../base/invariant.ts';
import type { Executor, Order, Out, Outcome } from '../model/executor.ts';
import { collectLogs, type Logs } from './logs.ts';
import { bundleFrames, formatFrames, openSourceMap, whereThrown } from './place.ts';
import { workerPool } from './pool.ts';
import type { Failure, WorkerOrder, WorkerResult } from './protocol.ts';
import { usageIsKnown } from './usage.ts';
import { type WorkerPlaces, processKinds } from './worker-setup.ts';

interface WorkerExecutorOptions extends WorkerPlaces {
  /** How many processes at most. */
  readonly workers: number;
  /** How many bundles a process may hold before it is replaced; 64 unless told. */
  readonly bundles?: number | undefined;
  /** How many steps a process executes; no limit unless told. An audit says 1: a fresh process for every step. */
  readonly steps?: number | undefined;
}

/** What a step executed here depends on, though its key does not hold it. */
const seen = {
  executor: 'worker',
  node: process.versions.node,
  v8: process.versions.v8,
  platform: process.platform,
  arch: process.arch,
};

/** An executor of orders whose work is a bundle. Throws InvariantError for other work. */
export function workerExecutor(options: WorkerExecutorOptions): Executor {
  const { entry, workers, bundles = 64, steps = Infinity } = options;
  const pool = workerPool({ entry, workers, bundles, steps });
  const kindOf = processKinds(options);
  const execute = async (order: Order, signal: AbortSignal): Promise<Outcome> => {
    const logs = collectLogs();
    const result = await pool.execute(
      { kind: kindOf(order), order: workerOrder(order), limits: order.limits, logs },
      signal,
    );
    const outcome = result === undefined ? neverStarted : outcomeOf(order, result, logs);
    logs.write(order.folder);
    return outcome;
  };
  return { execute, close: () => pool.close() };
}

function workerOrder(order: Order): WorkerOrder {
  const { work, params, case: binding, inputs, stream } = order;
  invariant(work.type === 'bundle', `${order.step} is no TypeScript stage`);
  return { digest: work.digest, path: work.path, params, case: binding, inputs, stream };
}

const neverStarted: Outcome = {
  type: 'failed',
  ending: 'interrupted',
  message: 'was interrupted before it started',
  cost: { wall: 0, cpu: 0, memory: 0 },
  warnings: [],
};

function outcomeOf(order: Order, result: WorkerResult, logs: Logs): Outcome {
  const warnings = warningsFor(order);
  if (result.type === 'failed') {
    const message = explain(order, result.failure, logs);
    return { type: 'failed', ending: result.failure.ending, message, cost: result.cost, warnings };
  }
  const outs = Object.entries(result.outs).map(([role, bytes]): [string, Out] => [
    role,
    { type: 'bytes', bytes },
  ]);
  return {
    type: 'done',
    outs: Object.fromEntries(outs),
    evidence: result.evidence,
    cost: result.cost,
    seen,
    warnings,
  };
}

/** The message with its place in the source; the whole stack goes to the log. */
function explain(order: Order, failure: Failure, logs: Logs): string {
  const { ending, message, stack } = failure;
  if (stack === '' || order.work.type !== 'bundle') return message;
  const frames = bundleFrames(stack, openSourceMap(order.work.sourceMap));
  logs.add('stderr', `${message}\n${formatFrames(frames)}`);
  if (ending === 'outs') return message;
  return ending === 'impure'
    ? `impure: ${message}${whereThrown(frames)}`
    : `${message}${whereThrown(frames)}`;
}

function warningsFor(order: Order): string[] {
  if (order.limits.memory === undefined || usageIsKnown) return [];
  return ['the memory limit is not kept: this system does not tell what a process holds'];
}
