/** The thread that writes for a busy process, as that process sees it: sends groups of writings, and hears what became of them. */
import { Worker } from 'node:worker_threads';
import { Fault, type FaultKind } from '../src/model/fault.ts';
import { fault } from './faults.ts';
import type { Writing } from './writing.ts';

/** What the thread is started with. */
export interface ThreadSetup {
  /** The store's folder. */
  readonly folder: string;
}

/** A group that is one transaction. */
export interface GroupMessage {
  readonly writings: readonly Writing[];
  readonly durable: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An error as it goes from thread to thread. */
export interface PlainError {
  readonly message: string;
  /** Of a Fault. */
  readonly kind?: FaultKind | undefined;
}

/** In the order of the writings. */
export type GroupAnswer = readonly ({ readonly value: unknown } | { readonly error: PlainError })[];
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

export class WriterThread {
  readonly #worker: Worker;
  #isReady = false;
  #answer: PromiseWithResolvers<GroupAnswer> | undefined;
  #failure: Error | undefined;

  /** `program` is the module that the thread runs. */
  constructor(program: string | URL, folder: string) {
    const workerData: ThreadSetup = { folder };
    this.#worker = new Worker(program, { workerData, env: {}, stdin: false });
    this.#worker.unref();
    this.#worker.on('message', (message: 'ready' | GroupAnswer) => {
      if (message === 'ready') this.#isReady = true;
      else this.#answer?.resolve(message);
    });
    this.#worker.on('error', (error) => this.#fail(error.message));
    this.#worker.on('exit', () => this.#fail('it ended'));
  }
  /** Whether groups can be sent. One that failed goes on failing: what it was given may be lost. */
  get isReady(): boolean {
    return this.#isReady;
  }
  /** Writes a group as one transaction; the last one must have been answered. Rejects with Fault `store`. */
  async write(group: GroupMessage): Promise<Outcome[]> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#answer = Promise.withResolvers();
    this.#post(group);
    try {
      const answer = await this.#answer.promise;
      return answer.map((one) => ('error' in one ? { error: errorOf(one.error) } : one));
    } finally {
      this.#worker.unref();
    }
  }
  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.#worker.once('exit', resolve));
    if (this.#failure !== undefined) return;
    this.#post('end');
    await gone;
  }

  /** Until it is answered the process must not end. */
  #post(message: GroupMessage | 'end'): void {
    this.#worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(message);
  }
  #fail(why: string): void {
    this.#failure ??= fault(`the thread that writes the store failed: ${why}.`);
    this.#answer?.reject(this.#failure);
  }
}

export function plainError(error: unknown): PlainError {
  if (error instanceof Fault) return { message: error.message, kind: error.kind };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function errorOf({ message, kind }: PlainError): Error {
  return kind === undefined ? new Error(message) : new Fault(kind, message);
}
