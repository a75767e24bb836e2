/** `colophon run`: brings targets up to date. */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { countsOf, run, statusOf } from '../../engine/run.ts';
import type { RunStart } from '../../model/run.ts';
import { commandExecutor } from '../../executors/command.ts';
import { dispatch } from '../../executors/dispatch.ts';
import { probe } from '../../executors/probe.ts';
import { workerExecutor } from '../../executors/worker.ts';
import { openProject } from '../project.ts';
import { distFile, machineVersions, version } from '../tool.ts';

export interface RunOptions {
  readonly profile?: string;
  readonly set?: readonly string[];
  readonly file?: string;
  readonly jobs?: string;
  readonly dryRun?: boolean;
  readonly keepGoing?: boolean;
  readonly force?: boolean;
  readonly locked?: boolean;
  readonly restore?: boolean;
  readonly json?: boolean;
}

/** Runs and reports; the exit code says how it went. */
export async function runCommand(targets: readonly string[], options: RunOptions): Promise<void> {
  const { context, pipeline } = await openProject({ ...options, overrides: options.set ?? [] });
  const jobs = Number(options.jobs ?? availableParallelism());
  const executor = dispatch({
    bundle: workerExecutor({
      workers: jobs,
      entry: distFile('worker.js'),
      folder: join(context.root, '.colophon'),
    }),
    command: commandExecutor({}),
  });
  const start: RunStart = {
    id: `${new Date().toISOString().replace(/[-:]|\.\d+Z/g, '')}-${randomBytes(3).toString('hex')}`,
    at: Date.now(),
    pipeline: pipeline.name,
    profile: pipeline.profile,
    command: process.argv.slice(2),
    targets,
    machine: { ...machineVersions(), colophon: version },
  };
  const stop = new AbortController();
  const kill = new AbortController();
  await context.store.runs.start(start);
  try {
    const result = await run({
      context,
      pipeline,
      start,
      executor,
      jobs,
      targets,
      force: options.force ?? false,
      keepGoing: options.keepGoing ?? false,
      restore: options.restore ?? false,
      probe,
      versions: machineVersions(),
      stop: stop.signal,
      kill: kill.signal,
      listen: (event) => process.stderr.write(`${JSON.stringify(event)}\n`),
    });
    await context.store.runs.finish(
      start.id,
      statusOf(result.tally, stop.signal.aborted),
      countsOf(result.tally),
      Date.now(),
    );
  } finally {
    await executor.close();
    await context.store.close();
  }
}
