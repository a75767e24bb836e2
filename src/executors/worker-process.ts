/** One worker process as its owner sees it: sends a step, watches it, kills it, and says how it ended. */
import { type ChildProcess, fork } from 'node:child_process';
import { dirname } from 'node:path';
import type { Ending } from '../model/event.ts';
import type { Limits } from '../model/executor.ts';
import type { Cost } from '../model/trace.ts';
import { endAtExit } from './at-exit.ts';
import type { Logs } from './logs.ts';
import type { Failure, WorkerOrder, WorkerReply, WorkerResult } from './protocol.ts';
import { endedCpu, usageOf } from './usage.ts';
import { watch } from './watch.ts';
import type { ProcessKind } from './worker-setup.ts';

export interface WorkerProcess {
  readonly isAlive: () => boolean;
  /** Sends one step; the last one must have ended. Never rejects. The process may be dead afterwards. */
  readonly execute: (
    order: WorkerOrder,
    limits: Limits,
    signal: AbortSignal,
    logs: Logs,
  ) => Promise<WorkerResult>;
  /** Kills the process, and resolves when it is gone. */
  readonly end: () => Promise<void>;
}

interface Current {
  readonly started: number;
  readonly logs: Logs;
  readonly finish: (result: WorkerResult) => void;
}

/** No variable of ours reaches a stage; time zone and language are the same everywhere. */
const environment = { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
const lastWords = 4096;
const patience = 500;

/** Starts a worker of a kind with the program `entry`; steps wait until it is ready. */
export function startWorker(entry: string, kind: ProcessKind): WorkerProcess {
  const { flags, argument } = kind;
  const child = fork(entry, [argument], {
    cwd: dirname(entry),
    env: { ...environment, ...kind.environment },
    execArgv: [...flags],
    ...(kind.node === undefined ? {} : { execPath: kind.node }),
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return new Worker(child);
}

class Worker implements WorkerProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  readonly #gone: Promise<void>;
  #current: Current | undefined;
  #stderr = '';
  /** Set when we killed the process ourselves: why, and what the step had used. */
  #killed: Death | undefined;
  #alive = true;

  constructor(child: ChildProcess) {
    this.#child = child;
    const ready = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    [this.#ready, this.#gone] = [ready.promise, gone.promise];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#current?.logs.add('stdout', text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#keep(text));
    child.on('message', (reply: WorkerReply) =>
      reply.type === 'ready' ? ready.resolve() : this.#take(reply),
    );
    child.on('error', () => undefined);
    const callOff = endAtExit(() => child.kill('SIGKILL'));
    const died = () => {
      ready.resolve();
      gone.resolve();
      this.#died();
    };
    child.on('exit', () => {
      this.#alive = false;
      callOff();
      endedCpu();
      // What it left on stderr comes before `close`, unless a process of its own still holds the pipe.
      setTimeout(died, patience).unref();
    });
    child.on('close', died);
  }

  isAlive = (): boolean => this.#alive;

  execute = async (
    order: WorkerOrder,
    limits: Limits,
    signal: AbortSignal,
    logs: Logs,
  ): Promise<WorkerResult> => {
    await this.#ready;
    const { promise, resolve } = Promise.withResolvers<WorkerResult>();
    this.#current = { started: performance.now(), logs, finish: resolve };
    const unwatch = watch(limits, signal, () => usageOf(this.#child.pid ?? 0), this.#kill);
    if (this.#child.connected)
      this.#child.send(
        order,
        (error) => error && this.#kill('crash', `the order could not be sent: ${error.message}`),
      );
    else void this.#gone.then(() => this.#died());
    const result = await promise;
    const peak = unwatch();
    this.#current = undefined;
    return { ...result, cost: { ...result.cost, memory: Math.max(peak, result.cost.memory) } };
  };

  end = async (): Promise<void> => {
    this.#kill('interrupted', 'the executor was closed');
    await this.#gone;
  };

  #take(reply: Exclude<WorkerReply, { type: 'ready' }>): void {
    if (reply.type === 'log') this.#current?.logs.add(reply.stream, reply.text);
    else this.#current?.finish(reply);
  }

  #keep(text: string): void {
    this.#current?.logs.add('stderr', text);
    this.#stderr = (this.#stderr + text).slice(-lastWords);
  }

  #kill = (ending: Ending, message: string): void => {
    this.#killed ??= { ending, message, cost: { wall: this.#elapsed(), ...usageOf(this.#child.pid ?? 0) } };
    this.#alive = false;
    this.#child.kill('SIGKILL');
  };

  #elapsed = (): number => (this.#current === undefined ? 0 : performance.now() - this.#current.started);

  #died(): void {
    const { exitCode, signalCode } = this.#child;
    const death: Death = this.#killed ?? causeOfDeath(exitCode, signalCode, this.#stderr);
    const { ending, message, cost = { wall: this.#elapsed(), cpu: 0, memory: 0 } } = death;
    this.#current?.finish({ type: 'failed', failure: { ending, message, stack: '' }, cost, spoiled: true });
  }
}

type Death = Omit<Failure, 'stack'> & { readonly cost?: Cost };

/** What a process's end says of its step, from its last words on stderr. */
export function causeOfDeath(code: number | null, signal: NodeJS.Signals | null, stderr: string): Death {
  const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
  if (/heap out of memory|Fatal process out of memory|allocation failed - process out/i.test(stderr))
    return { ending: 'memory', message: `the heap of the worker process was full (it ${how})` };
  const hint = signal === 'SIGKILL' ? '; the system may have been out of memory' : '';
  const words = lastLines(stderr);
  return { ending: 'crash', message: `the worker process ${how}${hint}${words === '' ? '' : `\n${words}`}` };
}

/** The line that names an error, where there is one; else the last few. */
function lastLines(text: string): string {
  const lines = text.trim().split('\n');
  return lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.slice(-5).join('\n');
}
