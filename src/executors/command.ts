/** Executes command stages: each a program in a scratch folder of its own, with a built environment. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { invariant } from '../base/invariant.ts';
import { listed } from '../base/text.ts';
import type { CommandPart, Executor, Order, Outcome, Work } from '../model/executor.ts';
import type { Cost } from '../model/trace.ts';
import { collectOuts, OutError, undeclared } from './collect.ts';
import { buildEnvironment, defaultPath } from './environment.ts';
import { defaultGrace, runProgram } from './program.ts';
import { layOut, type Scratch, ScratchError, writtenTo } from './scratch.ts';
import { usageIsKnown } from './usage.ts';

interface CommandExecutorOptions {
  /** Where programs are looked for; the caller's PATH unless told. */
  readonly path?: string | undefined;
  /** Milliseconds between asking a program to end and ending it. */
  readonly grace?: number | undefined;
  /** Bytes up to which inputs are copied; larger ones are linked. 64 MiB unless told. */
  readonly largestCopy?: number | undefined;
}

type CommandWork = Extract<Work, { type: 'command' }>;
type Failed = Extract<Outcome, { type: 'failed' }>;

/** An executor of orders whose work is a command. Throws InvariantError for other work. */
export function commandExecutor(options: CommandExecutorOptions = {}): Executor {
  const running = new Set<Promise<Outcome>>();
  const closing = new AbortController();
  const execute = async (order: Order, signal: AbortSignal): Promise<Outcome> => {
    invariant(order.work.type === 'command', `${order.step} is no command stage`);
    const ended = executeCommand(options, order, order.work, AbortSignal.any([signal, closing.signal]));
    running.add(ended);
    return ended.finally(() => running.delete(ended));
  };
  const close = async (): Promise<void> => {
    closing.abort();
    await Promise.allSettled(running);
  };
  return { execute, close };
}

async function executeCommand(
  options: CommandExecutorOptions,
  order: Order,
  work: CommandWork,
  signal: AbortSignal,
): Promise<Outcome> {
  if (signal.aborted) return failed('interrupted', 'was interrupted before it started', nothing);
  const folder = join(order.folder, 'scratch');
  mkdirSync(folder, { recursive: true });
  try {
    const scratch = await layOut(work, order.inputs, folder, options.largestCopy);
    for (const out of Object.values(work.outs))
      await mkdir(dirname(join(folder, out.path)), { recursive: true });
    return await runInScratch(options, order, work, scratch, signal);
  } catch (error) {
    if (error instanceof ScratchError) return failed('error', error.message, nothing);
    throw error;
  }
}

async function runInScratch(
  options: CommandExecutorOptions,
  order: Order,
  work: CommandWork,
  scratch: Scratch,
  signal: AbortSignal,
): Promise<Outcome> {
  const path = options.path ?? defaultPath;
  const cwd = join(order.folder, 'scratch');
  const end = await runProgram(
    {
      argv: work.argv.map((parts) => parts.map((part) => spell(part, scratch, work)).join('')),
      cwd,
      env: buildEnvironment(order.folder, path, work.env),
      stdout: join(order.folder, 'stdout'),
      stderr: join(order.folder, 'stderr'),
      limits: order.limits,
      grace: options.grace ?? defaultGrace,
    },
    signal,
  );
  removeEmptyLogs(order.folder);
  const written = await writtenTo(scratch.linked);
  if (written.length > 0) {
    const roles = [...new Set(written.map(({ role }) => `"${role}"`))];
    const message = `the command wrote to its input ${listed(roles)}; write to a copy`;
    return { ...failed('outs', message, end.cost), damaged: written.map(({ digest }) => digest) };
  }
  if (end.type === 'failed') return failed(end.ending, end.message, end.cost);
  return collect(work, cwd, scratch, end.cost, {
    executor: 'command',
    PATH: path,
    platform: process.platform,
    arch: process.arch,
  });
}

function spell(part: CommandPart, scratch: Scratch, work: CommandWork): string {
  if (part.type === 'text') return part.text;
  const path = part.type === 'dep' ? scratch.paths[part.role] : work.outs[part.role]?.path;
  invariant(path !== undefined, `the command names ${part.type} "${part.role}", which it does not have`);
  return path;
}

async function collect(
  work: CommandWork,
  cwd: string,
  scratch: Scratch,
  cost: Cost,
  seen: Record<string, string>,
): Promise<Outcome> {
  try {
    const left = undeclared(cwd, scratch.files, work.outs);
    const outs = await collectOuts(work.outs, cwd);
    const warnings = left.length === 0 ? [] : [`left files that no out declares: ${listed(left)}`];
    return { type: 'done', outs, evidence: {}, cost, seen, warnings: [...warnings, ...unmeasured] };
  } catch (error) {
    if (error instanceof OutError) return failed('outs', error.message, cost);
    throw error;
  }
}

const unmeasured = usageIsKnown
  ? []
  : ['memory was not measured, nor limited: this system does not tell what a process holds'];

const nothing: Cost = { wall: 0, cpu: 0, memory: 0 };

function failed(ending: Failed['ending'], message: string, cost: Cost): Failed {
  return { type: 'failed', ending, message, cost, warnings: [] };
}

/** Logs are there where something was written to them. */
function removeEmptyLogs(folder: string): void {
  for (const stream of ['stdout', 'stderr']) {
    const path = join(folder, stream);
    if (statSync(path).size === 0) rmSync(path);
  }
}
