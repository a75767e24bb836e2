/** A queue of writes that commits them in groups, in order, each all or nothing. */
import type { Connection } from './connection.ts';
import { Fault } from '../src/model/fault.ts';
import { asFault } from './faults.ts';

interface Change<T> {
  /** Writes the rows, inside the group's transaction. Throwing undoes this change and no other. */
  readonly apply: () => T;
  /** What must be done before (files written and synchronised); where it rejects, so does the change. */
  readonly ready?: Promise<unknown> | undefined;
  /** Whether the commit must outlive a power failure. */
  readonly durable?: boolean | undefined;
  /** Called in the same breath as the commit or the failure: here the overlay lets go of what was queued. */
  readonly released?: (() => void) | undefined;
}

interface GroupLimits {
  /** How long a change waits for company (ms). */
  readonly delay: number;
  /** How many changes a transaction takes at most. */
  readonly most: number;
}

interface Entry {
  readonly change: Change<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

export class Committer {
  readonly #db: Connection;
  readonly #limits: GroupLimits;
  readonly #before: () => void;
  readonly #after: () => Promise<void>;
  #queue: Entry[] = [];
  #working: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #failure: unknown;

  /** `before` opens every transaction; `after` follows every commit, before anyone is told of it. */
  constructor(db: Connection, limits: GroupLimits, before: () => void, after: () => Promise<void>) {
    this.#db = db;
    this.#limits = limits;
    this.#before = before;
    this.#after = after;
  }
  /** Queues a change; `urgent` ones wait for no company. Resolves with what `apply` gave, once committed. */
  add<T>(change: Change<T>, urgent = false): Promise<T> {
    const promise = new Promise<T>((resolve, reject) => {
      this.#queue.push({ change, resolve: resolve as (value: unknown) => void, reject });
    });
    promise.catch(() => undefined); // told by flush as well: nobody need listen
    change.ready?.catch(() => undefined);
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
    if (this.#limits.delay === 0) return this.#wakeNow();
    this.#timer = setTimeout(() => this.#start(), this.#limits.delay);
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
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, this.#limits.most);
      const outcomes = await this.#commit(group);
      group.forEach((entry, index) => this.#tell(entry, outcomes[index] as Outcome));
    }
    // Not in a `finally` on the promise: what is added before that runs would find a worker and wake none.
    this.#working = undefined;
  }
  #tell(entry: Entry, outcome: Outcome): void {
    if ('value' in outcome) return entry.resolve(outcome.value);
    if (!(outcome.error instanceof Fault) || outcome.error.kind === 'store') this.#failure ??= outcome.error;
    entry.reject(outcome.error);
  }
  async #commit(group: readonly Entry[]): Promise<Outcome[]> {
    const ready = await Promise.allSettled(group.map(async (entry) => entry.change.ready));
    let outcomes: Outcome[];
    try {
      await this.#db.beginPatiently(group.some((entry) => entry.change.durable === true));
      outcomes = this.#transact(group, ready);
    } catch (error) {
      outcomes = group.map(() => ({ error }));
    }
    group.forEach((entry) => entry.change.released?.());
    return this.#after().then(
      () => outcomes,
      (error: unknown) => group.map(() => ({ error })),
    );
  }
  /** Everything between BEGIN and COMMIT, without a pause. */
  #transact(group: readonly Entry[], ready: readonly PromiseSettledResult<unknown>[]): Outcome[] {
    try {
      this.#before();
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
    // A change alone in its transaction is undone with it.
    if (isAlone) return { value: entry.change.apply() };
    try {
      return { value: this.#db.part(entry.change.apply) };
    } catch (error) {
      // A full disk makes SQLite undo the whole transaction: then nobody's change is in it.
      if (!this.#db.inTransaction) throw error;
      return { error };
    }
  }
}
