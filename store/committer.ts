/** A queue of writes that commits them in groups, in order, each all or nothing. */
import type { Connection } from './connection.ts';
import { Fault } from '../src/model/fault.ts';
import { asFault } from './faults.ts';
import type { Outcome, WriterThread } from './writer-thread.ts';
import type { Writing } from './writing.ts';

interface Timing {
  /** What must be done before (files written and synchronised); where it rejects, so does the change. */
  readonly ready?: Promise<unknown> | undefined;
  /** Whether the commit must outlive a power failure. */
  readonly durable?: boolean | undefined;
  /** Called in the same breath as the commit or the failure: here the overlay lets go of what was queued. */
  readonly released?: (() => void) | undefined;
}

/**
 * What is to be written: rows by a function, inside the group's transaction, or plain data, asked for then. Throwing
 * undoes this change and no other.
 */
type Change<T> = Timing & ({ readonly apply: () => T } | { readonly writing: () => Writing });

interface GroupLimits {
  /** How long a change waits for company (ms). */
  readonly delay: number;
  /** The same where a thread writes: larger groups touch fewer pages. */
  readonly threadDelay?: number;
  /** How many changes a transaction takes at most. */
  readonly most: number;
}

interface Hands {
  /** Opens every transaction. */
  readonly before: () => void;
  /** Follows every commit, before anyone is told of it. */
  readonly after: () => Promise<void>;
  /** Writes plain data, inside a transaction. */
  readonly write: (writing: Writing) => unknown;
  /** The thread that writes plain data instead, while there is one. */
  readonly thread?: () => WriterThread | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface Entry {
  readonly change: Change<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class Committer {
  readonly #db: Connection;
  readonly #limits: GroupLimits;
  readonly #hands: Hands;
  #queue: Entry[] = [];
  #working: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #failure: unknown;
  /** Whether something in the queue waits for no company. */
  #isUrgent = false;

  constructor(db: Connection, limits: GroupLimits, hands: Hands) {
    this.#db = db;
    this.#limits = limits;
    this.#hands = hands;
  }
  /** Queues a change; `urgent` ones wait for no company. Resolves with what `apply` gave, once committed. */
  add<T>(change: Change<T>, urgent = false): Promise<T> {
    const promise = new Promise<T>((resolve, reject) => {
      this.#queue.push({ change, resolve: resolve as (value: unknown) => void, reject });
    });
    promise.catch(() => undefined); // told by flush as well: nobody need listen
    change.ready?.catch(() => undefined);
    this.#isUrgent ||= urgent;
    if (urgent || this.#queue.length >= this.#limits.most) this.#wakeNow();
    else this.#wakeLater();
    return promise;
  }
  /** Waits until the queue is empty. */
  async drain(): Promise<void> {
    while (this.#queue.length > 0 || this.#working !== undefined) {
      this.#start();
      await this.#working;
    }
  }
  /** Waits until the queue is empty; rejects with the first failure of the store since the last call. */
  async flush(): Promise<void> {
    await this.drain();
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  #wakeLater(): void {
    if (this.#working || this.#timer || this.#soon) return;
    const { delay, threadDelay = delay } = this.#limits;
    if (delay === 0) return this.#wakeNow();
    this.#timer = setTimeout(() => this.#start(), this.#hands.thread?.() ? threadDelay : delay);
  }
  #wakeNow(): void {
    if (this.#working || this.#soon) return;
    this.#soon = setImmediate(() => this.#start());
  }
  #start(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    this.#timer = undefined;
    this.#soon = undefined;
    if (this.#queue.length > 0) this.#working ??= this.#work();
  }
  async #work(): Promise<void> {
    for (let goesOn = true; goesOn;) {
      const thread = this.#hands.thread?.();
      const group = this.#next(thread !== undefined);
      this.#isUrgent &&= this.#queue.length > 0;
      const outcomes = await this.#commit(group, isData(group[0]) ? thread : undefined);
      group.forEach((entry, index) => this.#tell(entry, outcomes[index] as Outcome));
      const mayWait = thread !== undefined && !this.#isUrgent && this.#queue.length < this.#limits.most;
      goesOn = this.#queue.length > 0 && !mayWait;
    }
    // Not in a `finally` on the promise: what is added before that runs would find a worker and wake none.
    this.#working = undefined;
    if (this.#queue.length > 0) this.#wakeLater();
  }
  /** The next group; where a thread writes plain data, it is all of that or none. */
  #next(isSorted: boolean): Entry[] {
    const { most } = this.#limits;
    const other = isSorted ? this.#queue.findIndex((entry) => isData(entry) !== isData(this.#queue[0])) : -1;
    return this.#queue.splice(0, other === -1 ? most : Math.min(other, most));
  }
  #tell(entry: Entry, outcome: Outcome): void {
    if ('value' in outcome) return entry.resolve(outcome.value);
    if (!(outcome.error instanceof Fault) || outcome.error.kind === 'store') this.#failure ??= outcome.error;
    entry.reject(outcome.error);
  }
  async #commit(group: readonly Entry[], thread: WriterThread | undefined): Promise<Outcome[]> {
    const ready = await Promise.allSettled(group.map(async (entry) => entry.change.ready));
    const durable = group.some((entry) => entry.change.durable === true);
    let outcomes: Outcome[];
    try {
      if (thread !== undefined) outcomes = await this.#send(thread, group, ready, durable);
      else {
        await this.#db.beginPatiently(durable);
        outcomes = this.#transact(group, ready);
      }
    } catch (error) {
      outcomes = group.map(() => ({ error }));
    }
    group.forEach((entry) => entry.change.released?.());
    return this.#hands.after().then(
      () => outcomes,
      (error: unknown) => group.map(() => ({ error })),
    );
  }
  /** Lets the thread write what is ready. */
  async #send(
    thread: WriterThread,
    group: readonly Entry[],
    ready: readonly PromiseSettledResult<unknown>[],
    durable: boolean,
  ): Promise<Outcome[]> {
    const writings = group.flatMap(({ change }, i) =>
      'writing' in change && ready[i]?.status === 'fulfilled' ? [change.writing()] : [],
    );
    const answers = (
      await thread.write({ writings, durable, now: (this.#hands.now ?? Date.now)() })
    ).values();
    return ready.map((one) =>
      one.status === 'rejected' ? { error: one.reason as unknown } : (answers.next().value as Outcome),
    );
  }
  /** Everything between BEGIN and COMMIT, without a pause. */
  #transact(group: readonly Entry[], ready: readonly PromiseSettledResult<unknown>[]): Outcome[] {
    try {
      this.#hands.before();
      const outcomes = group.map((entry, index) => this.#apply(entry, ready[index], group.length === 1));
      this.#db.commit();
      return outcomes;
    } catch (error) {
      this.#db.rollback();
      throw asFault(error, this.#db.path);
    }
  }
  #apply(entry: Entry, ready: PromiseSettledResult<unknown> | undefined, isAlone: boolean): Outcome {
    if (ready?.status === 'rejected') return { error: ready.reason };
    const { change } = entry;
    const apply = 'apply' in change ? change.apply : () => this.#hands.write(change.writing());
    // A change alone in its transaction is undone with it.
    if (isAlone) return { value: apply() };
    try {
      return { value: this.#db.part(apply) };
    } catch (error) {
      // A full disk makes SQLite undo the whole transaction: then nobody's change is in it.
      if (!this.#db.inTransaction) throw error;
      return { error };
    }
  }
}

function isData(entry: Entry | undefined): boolean {
  return entry !== undefined && 'writing' in entry.change;
}
