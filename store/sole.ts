/**
 * A process that is alone on a busy store has it to itself: its leases are in its memory, and a thread does the writing.
 * Whoever else comes is granted no lease before the leases are on the table again, some 20 ms later. For the leases of
 * tiny steps cost as much as the steps, and so do their records.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Digest } from '../src/base/digest.ts';
import type { LeaseAnswer } from '../src/model/store.ts';
import type { Committer } from './committer.ts';
import { type LeaseDesk, type Wanted, dropLease, grantLease, listLease, takeLeasesBack } from './leases.ts';
import { findTrace } from './trace-table.ts';
import type { WriterThread } from './writer-thread.ts';

interface SoleOptions {
  /** Leases a second from which a process takes a store that it is alone on to itself. */
  readonly busy: number;
  /** Starts the thread that writes; without one this thread goes on writing. */
  readonly thread?: (() => WriterThread) | undefined;
}

/** How often is looked whether somebody came (ms). */
const watchInterval = 20;
/** How long (ms) a process that neither holds nor takes a lease has the store to itself. */
const idle = 2000;
/** How long a process waits for one that has the store to itself before it says for whom (ms). */
const patience = 300;

export class Sole {
  readonly #desk: LeaseDesk;
  readonly #leases: Committer;
  readonly #drain: () => Promise<void>;
  readonly #options: SoleOptions;
  /** Key → attempt: the leases while the store is ours. */
  #held = new Map<Digest, string>();
  /** Keys of which there was no trace since the store is ours. */
  readonly #absent = new Set<Digest>();
  #isSole = false;
  #ending: Promise<void> | undefined;
  #thread: WriterThread | undefined;
  #watch: NodeJS.Timeout | undefined;
  /** When the last lease was granted from memory (ms). */
  #granted = 0;
  #second = { since: -Infinity, grants: 0 };

  /** `drain` waits until all that was queued for writing is committed. */
  constructor(desk: LeaseDesk, leases: Committer, drain: () => Promise<void>, options: SoleOptions) {
    this.#desk = desk;
    this.#leases = leases;
    this.#drain = drain;
    this.#options = options;
  }
  /** The thread that writes now, where there is one. */
  get thread(): WriterThread | undefined {
    return this.#isSole && this.#thread?.isReady === true ? this.#thread : undefined;
  }
  /** Whether leases of this process are on the table. */
  get areListed(): boolean {
    return !this.#isSole;
  }
  /** The key was looked up and has no trace, whole or not: nobody but this process can record one now. */
  noteAbsent(key: Digest): void {
    if (this.#isSole) this.#absent.add(key);
  }
  /** The key gets a trace. */
  noteRecord(key: Digest): void {
    this.#absent.delete(key);
  }
  async lease(key: Digest, attempt: string, forced: boolean): Promise<LeaseAnswer> {
    await this.#ending;
    const wanted = { key, attempt, forced };
    if (this.#isSole) return this.#grant(wanted);
    for (const end = performance.now() + patience; ; await pause(5)) {
      const answer = await this.#leases.add({ apply: () => this.#ask(wanted) }, true);
      if (answer.type !== 'reserved') return answer;
      if (performance.now() > end) return { type: 'held', owner: answer.owner };
    }
  }
  async release(key: Digest, attempt: string): Promise<void> {
    await this.#ending;
    this.forget(key, attempt);
    if (!this.#isSole) await this.#leases.add({ apply: () => dropLease(this.#desk, key, attempt) }, true);
  }
  /** The attempt is recorded: its lease is over. */
  forget(key: Digest, attempt: string): void {
    if (this.#held.get(key) === attempt) this.#held.delete(key);
  }
  /** Lets others in. Resolves when the leases are on the table. */
  share(): Promise<void> {
    if (!this.#isSole) return this.#ending ?? Promise.resolve();
    this.#stop();
    return (this.#ending = this.#handOver().finally(() => (this.#ending = undefined)));
  }
  /** Waits until the leases of every process are on the table; not for one that is suspended. */
  async settle(): Promise<void> {
    await this.share();
    // Writing makes this process known, to which the other one gives way.
    const isSettled = async () =>
      (await this.#leases.add({ apply: () => this.#other() }, true)) === undefined;
    for (const end = performance.now() + patience; performance.now() < end; await pause(5))
      if (this.#other() === undefined || (await isSettled())) return;
  }
  /** Ends the thread; what it was to write must be written. The leases go when their owner leaves. */
  async end(): Promise<void> {
    await this.#ending;
    this.#stop();
    await this.#thread?.end();
    this.#thread = undefined;
  }

  #stop(): void {
    this.#isSole = false;
    this.#absent.clear();
    clearInterval(this.#watch);
  }
  /** While the store is ours, nobody else records or leases. */
  #grant({ key, attempt, forced }: Wanted): LeaseAnswer {
    const { owners } = this.#desk;
    // What this process records is not absent any more.
    const isAbsent = this.#absent.delete(key);
    const trace = forced || isAbsent ? undefined : findTrace(this.#desk, key);
    if (trace !== undefined) return { type: 'found', trace };
    const held = this.#held.get(key);
    if (held !== undefined && held !== attempt) return { type: 'held', owner: owners.describe(owners.own) };
    this.#held.set(key, attempt);
    this.#granted = performance.now();
    return { type: 'granted' };
  }
  /** For use inside a write. */
  #ask(wanted: Wanted): LeaseAnswer | { readonly type: 'reserved'; readonly owner: string } {
    if (this.#isSole) return this.#grant(wanted);
    const other = this.#other();
    if (other !== undefined) return { type: 'reserved', owner: other };
    const answer = grantLease(this.#desk, wanted);
    if (answer.type === 'granted' && this.#isBusy() && this.#desk.owners.living().size === 1) this.#begin();
    return answer;
  }
  /** Who else has the store to itself; for sure only inside a write. */
  #other(): string | undefined {
    const { db, owners } = this.#desk;
    const sole = db.value<number>("SELECT value FROM meta WHERE name = 'sole'") ?? 0;
    return sole !== 0 && !owners.isOwn(sole) && owners.isAlive(sole) ? owners.describe(sole) : undefined;
  }
  /** Whether this grant is one of many, lately. Asks no more than once a second. */
  #isBusy(): boolean {
    const now = performance.now();
    if (now - this.#second.since > 1000) this.#second = { since: now, grants: 0 };
    return ++this.#second.grants === this.#options.busy;
  }
  /** For use inside a write. */
  #begin(): void {
    const { db, owners } = this.#desk;
    this.#held = takeLeasesBack(this.#desk);
    db.run("UPDATE meta SET value = ? WHERE name = 'sole'", owners.own);
    this.#isSole = true;
    this.#granted = performance.now();
    this.#thread ??= this.#options.thread?.();
    this.#watch = setInterval(() => this.#look(), watchInterval);
    this.#watch.unref();
  }
  #look(): void {
    const { db, owners } = this.#desk;
    const isIdle = this.#held.size === 0 && performance.now() - this.#granted > idle;
    try {
      if (!isIdle && db.value<number>('SELECT max(id) FROM owner') === owners.own) return;
    } catch {
      // The store went away: whoever works with it next is told.
    }
    this.share().catch(() => undefined);
  }
  async #handOver(): Promise<void> {
    // What the thread still has to write knows nothing of leases on the table.
    await this.#drain();
    const apply = (): void => {
      for (const [key, attempt] of this.#held) listLease(this.#desk, key, attempt);
      this.#desk.db.run("UPDATE meta SET value = 0 WHERE name = 'sole'");
    };
    await this.#leases.add({ apply }, true);
    this.#held.clear();
  }
}
