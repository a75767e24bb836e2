/** Runs one program to its end within its limits, with its output in files, and nothing of it left running. */
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import type { Ending } from '../model/event.ts';
import type { Limits } from '../model/executor.ts';
import type { Cost } from '../model/trace.ts';
import { endAtExit } from './at-exit.ts';
import { endedCpu, usageOfTree } from './usage.ts';
import { watch } from './watch.ts';

interface Program {
  /** The program and its arguments; no shell reads them. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Paths of the files that take its output. */
  readonly stdout: string;
  readonly stderr: string;
  readonly limits: Limits;
  /** Milliseconds between asking it to end and ending it. */
  readonly grace: number;
}

type ProgramEnd =
  | { readonly type: 'done'; readonly cost: Cost }
  | { readonly type: 'failed'; readonly ending: Ending; readonly message: string; readonly cost: Cost };

/** How long a program has to end by itself. */
export const defaultGrace = 5000;

/** Never rejects for what the program does. */
export async function runProgram(program: Program, signal: AbortSignal): Promise<ProgramEnd> {
  const started = performance.now();
  const outputs = [program.stdout, program.stderr].map((path) => openSync(path, 'a'));
  try {
    const { how, cpu, peak } = await spawnAndWatch(program, outputs, signal);
    const cost = { wall: performance.now() - started, cpu, memory: peak };
    return how === undefined ? { type: 'done', cost } : { type: 'failed', ...how, cost };
  } finally {
    outputs.forEach((output) => closeSync(output));
  }
}

interface Death {
  readonly ending: Ending;
  readonly message: string;
}

/** How a process ended, or the system's word for why there is none. */
type ProcessEnd =
  | { readonly type: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly type: 'not started'; readonly code: string; readonly message: string };

async function spawnAndWatch(program: Program, outputs: readonly number[], signal: AbortSignal) {
  endedCpu();
  const { pid, ended } = start(program, outputs);
  const killer = groupKiller(pid, program.grace);
  const unwatch = watch(
    { ...program.limits, always: true },
    signal,
    () => usageOfTree(pid ?? 0),
    killer.kill,
  );
  const end = await ended;
  const cpu = endedCpu();
  const peak = unwatch();
  return { how: killer.finish() ?? deathOf(program, end), cpu, peak };
}

/**
 * Starts it as the head of a process group, so that what it starts can be ended with it. Nothing of our environment
 * reaches it, and its output goes to the files without passing through us.
 */
function start(
  program: Program,
  outputs: readonly number[],
): { pid: number | undefined; ended: Promise<ProcessEnd> } {
  const [file = '', ...rest] = program.argv;
  // The type knows small descriptors only; any that is open is handed on as it is.
  const [stdout, stderr] = outputs as readonly [3, 4];
  const child = execa(file, rest, {
    cwd: program.cwd,
    env: { ...program.env },
    extendEnv: false,
    stdin: 'ignore',
    stdout,
    stderr,
    buffer: false,
    detached: true,
    cleanup: false,
    reject: false,
  });
  return { pid: child.pid, ended: child.then(endOf) };
}

/** What of a finished child tells how it ended. */
interface Finished {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly code?: string | undefined;
  readonly originalMessage?: string | undefined;
}

function endOf({ exitCode, signal, code, originalMessage }: Finished): ProcessEnd {
  if (exitCode === undefined && signal === undefined)
    return { type: 'not started', code: code ?? '', message: originalMessage ?? '' };
  return { type: 'exited', code: exitCode ?? null, signal: (signal ?? null) as NodeJS.Signals | null };
}

/** Asks a process group to end, and ends it when it does not; `finish` ends what is left of it, and says why it was killed. */
function groupKiller(pid: number | undefined, grace: number) {
  let why: Death | undefined;
  let timer: NodeJS.Timeout | undefined;
  const end = () => signalGroup(pid, 'SIGKILL');
  const callOff = endAtExit(end);
  const kill = (ending: Ending, message: string): void => {
    if (why !== undefined) return;
    why = { ending, message };
    signalGroup(pid, ending === 'memory' ? 'SIGKILL' : 'SIGTERM');
    timer = setTimeout(end, grace);
  };
  const finish = (): Death | undefined => {
    callOff();
    clearTimeout(timer);
    end();
    return why;
  };
  return { kill, finish };
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

function deathOf(program: Program, end: ProcessEnd): Death | undefined {
  const name = program.argv[0] ?? '';
  if (end.type === 'not started')
    return { ending: 'error', message: whyNotStarted(program, name, end.code, end.message) };
  if (end.signal !== null)
    return { ending: 'crash', message: withLastLines(`${name} was ended by ${end.signal}`, program.stderr) };
  if (end.code === 0) return undefined;
  return {
    ending: 'exit',
    message: withLastLines(`${name} ended with exit code ${end.code}`, program.stderr),
  };
}

function whyNotStarted(program: Program, name: string, code: string, message: string): string {
  if (code === 'EACCES') return `${name} may not be executed; a script needs a first line such as #!/bin/sh`;
  if (code !== 'ENOENT') return `${name} cannot be started: ${message}`;
  const path = program.env['PATH'] ?? '';
  if (!name.includes('/'))
    return `the program "${name}" is not on PATH (${path}); install it, or give its path`;
  return existsSync(resolvePath(program.cwd, name))
    ? `the interpreter in the first line of ${name} is not there; install it`
    : `${name} is not there; declare it as a dep, or install it`;
}

const lastLines = 10;

function withLastLines(message: string, path: string): string {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const words = lines.slice(-lastLines).join('\n');
  return words === '' ? message : `${message}\n${words}`;
}
