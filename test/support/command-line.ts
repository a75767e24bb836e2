/**
 * Runs the built command line. A test that has to do with processes starts one; others share one process that has
 * the program loaded already and does for each command what a new process does.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answered, Asked } from './host.ts';
import { root } from './imports.ts';

const node = join(root, 'node_modules/.bin/node');
const program = join(root, 'dist/colophon.js');

export type Env = Readonly<Record<string, string>>;

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command runs, and the variables that it has besides those of every command. */
export interface Setting {
  readonly cwd: string;
  readonly env?: Env;
}

/** The command line's environment: nothing of the test's own but where programs are. */
const plainEnv: Env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), NO_COLOR: '1' };

/** A command in a process of its own. */
export interface Started {
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
}

const started = new Set<ChildProcess>();

/** Ends what still runs, with the steps that it executes: a test that failed may have left it waiting. */
export function endCommands(): void {
  for (const child of started) for (const signal of ['SIGINT', 'SIGTERM'] as const) child.kill(signal);
}

export function startCommand(args: readonly string[], { cwd, env = {} }: Setting): Started {
  const child = spawn(node, [program, ...args], {
    cwd,
    env: { ...plainEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  child.on('exit', () => started.delete(child));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { process: child, stdout: () => stdout, stderr: () => stderr, ended };
}

let host: ChildProcess | undefined;
let isBusy = false;
let complaints = '';

/** Any command to its end: in the shared process where it is free and the environment is the plain one, else in its own. */
export async function runCommand(args: readonly string[], setting: Setting): Promise<Ended> {
  const isPlain = Object.keys(setting.env ?? {}).length === 0;
  if (isBusy || !isPlain) return startCommand(args, setting).ended;
  isBusy = true;
  try {
    return { ...(await ask({ args, cwd: setting.cwd })), signal: null };
  } finally {
    isBusy = false;
  }
}

async function ask(asked: Asked): Promise<Answered> {
  host ??= startHost();
  const child = host;
  return new Promise((resolve, reject) => {
    const settle = () => child.removeAllListeners('message').removeAllListeners('exit');
    child.once('message', (answered: Answered) => {
      settle();
      resolve(answered);
    });
    child.once('exit', (code, signal) => {
      settle();
      host = undefined;
      const what = `the process for commands ended by ${code ?? signal} at "${asked.args.join(' ')}"`;
      reject(new Error(`${what}\n${complaints}`));
    });
    child.send(asked);
  });
}

function startHost(): ChildProcess {
  if (!existsSync(program)) throw new Error('there is no dist/: run `npm run build` first');
  const child = fork(join(import.meta.dirname, 'host.ts'), [], {
    cwd: '/',
    env: { ...plainEnv },
    execPath: node,
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  child.unref();
  child.channel?.unref();
  return child;
}
