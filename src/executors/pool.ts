/** Shares a number of worker processes among steps: reuses a fitting one, replaces a dead or unfitting one. */
import type { Limits } from '../model/executor.ts';
import type { Logs } from './logs.ts';
import type { WorkerOrder, WorkerResult } from './protocol.ts';
import { type WorkerProcess, startWorker } from './worker-process.ts';
import type { ProcessKind } from './worker-setup.ts';

interface PoolOptions {
  readonly entry: string;
  /** How many processes at most. */
  readonly workers: number;
  /** How many bundles a process loads before it makes place for a new one: a module once loaded stays. */
  readonly bundles: number;
  /** How many steps a process executes; 1 gives every step a fresh one. */
  readonly steps: number;
  /** Starts a process; `startWorker` unless told. */
  readonly start?: typeof startWorker;
}

interface PoolStep {
  readonly kind: ProcessKind;
  readonly order: WorkerOrder;
  readonly limits: Limits;
  readonly logs: Logs;
}

interface Pool {
  /** Executes a step when a process is free; undefined where `signal` aborted before that. */
  readonly execute: (step: PoolStep, signal: AbortSignal) => Promise<WorkerResult | undefined>;
  readonly close: () => Promise<void>;
}

interface Slot {
  readonly kind: ProcessKind;
  readonly worker: WorkerProcess;
  readonly bundles: Set<string>;
  steps: number;
}

interface Waiting {
  readonly step: PoolStep;
  readonly start: (slot: Slot | undefined) => void;
}

/** A pool of processes that run `entry`; they are started as steps ask for them. */
export function workerPool(options: PoolOptions): Pool {
  return new WorkerPool(options);
}

class WorkerPool implements Pool {
  readonly #options: PoolOptions;
  readonly #idle = new Set<Slot>();
  readonly #busy = new Set<Slot>();
  readonly #queue = new Set<Waiting>();
  readonly #ends = new Set<Promise<void>>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async execute(step: PoolStep, signal: AbortSignal): Promise<WorkerResult | undefined> {
    const slot = signal.aborted ? undefined : await this.#acquire(step, signal);
    if (slot === undefined) return undefined;
    const result = await slot.worker.execute(step.order, step.limits, signal, step.logs);
    this.#release(slot, result.spoiled);
    return result;
  }

  async close(): Promise<void> {
    for (const waiting of this.#queue) waiting.start(undefined);
    for (const slot of [...this.#idle, ...this.#busy]) this.#retire(slot);
    await Promise.all(this.#ends);
  }

  #acquire(step: PoolStep, signal: AbortSignal): Promise<Slot | undefined> {
    return new Promise((resolve) => {
      const leave = () => waiting.start(undefined);
      const start = (slot: Slot | undefined): void => {
        signal.removeEventListener('abort', leave);
        this.#queue.delete(waiting);
        resolve(slot);
      };
      const waiting: Waiting = { step, start };
      signal.addEventListener('abort', leave);
      this.#queue.add(waiting);
      this.#serve();
    });
  }

  #release(slot: Slot, spoiled: boolean): void {
    this.#busy.delete(slot);
    if (!spoiled && slot.worker.isAlive() && slot.steps < this.#options.steps) this.#idle.add(slot);
    else this.#retire(slot);
    this.#serve();
  }

  /** First come, first served. */
  #serve(): void {
    for (const waiting of this.#queue) {
      const slot = this.#slotFor(waiting.step);
      if (slot === undefined) return;
      this.#busy.add(slot);
      slot.bundles.add(waiting.step.order.digest);
      slot.steps++;
      waiting.start(slot);
    }
  }

  /** An idle process that fits; else a new one, in the place of an idle one where there is no room. */
  #slotFor(step: PoolStep): Slot | undefined {
    const fitting = this.#fitting(step);
    if (fitting !== undefined) {
      this.#idle.delete(fitting);
      return fitting;
    }
    if (this.#idle.size + this.#busy.size >= this.#options.workers) {
      const [other] = this.#idle;
      if (other === undefined) return undefined;
      this.#retire(other);
    }
    const { entry, start = startWorker } = this.#options;
    const worker = start(entry, step.kind);
    return { kind: step.kind, worker, bundles: new Set(), steps: 0 };
  }

  /** One that has the bundle already, else one that has room for it. */
  #fitting(step: PoolStep): Slot | undefined {
    let second: Slot | undefined;
    for (const slot of this.#idle) {
      if (!slot.worker.isAlive()) this.#retire(slot);
      else if (slot.kind !== step.kind) continue;
      else if (slot.bundles.has(step.order.digest)) return slot;
      else if (slot.bundles.size < this.#options.bundles) second ??= slot;
    }
    return second;
  }

  #retire(slot: Slot): void {
    this.#idle.delete(slot);
    const end = slot.worker.end().then(() => void this.#ends.delete(end));
    this.#ends.add(end);
  }
}
