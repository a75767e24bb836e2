/** One connection to the database: prepared statements, short waits, and transactions that never upgrade. */
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { asFault, codeOf, fault } from './faults.ts';

type Value = string | number | bigint | Uint8Array | null;

/** How long SQLite itself waits for a lock (ms); longer waits are ours, and let other work go on. */
const shortWait = 5;
/** How long a read waits while another process recovers or closes the journal (ms). */
const readPatience = 10_000;
/** Pages of 4 KB in the journal after which the committing process copies them back: 64 MB. */
const checkpointPages = 16_384;

/** KB of pages kept in memory: digests are spread over the whole file, so a small cache reads pages again and again. */
const cacheSize = 65_536;

export class Connection {
  readonly path: string;
  readonly #db: Database.Database;
  readonly #objects = new Map<string, Database.Statement>();
  readonly #lists = new Map<string, Database.Statement>();
  readonly #singles = new Map<string, Database.Statement>();
  #synchronous: 'FULL' | 'NORMAL' | undefined;

  /** Opens the file, which must exist. Throws Fault `store` where it is none of SQLite's. */
  constructor(path: string) {
    this.path = path;
    this.#db = this.#guard(() => new Database(path, { fileMustExist: true, timeout: shortWait }));
  }
  /** Settings that every connection to a checked database needs. */
  prepare(): void {
    this.#guard(() => {
      this.#db.pragma('foreign_keys = ON');
      this.#db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
      this.#db.pragma(`journal_size_limit = ${checkpointPages * 4096}`);
      this.#db.pragma('temp_store = MEMORY');
      this.#db.pragma(`cache_size = -${cacheSize}`);
    });
  }
  pragma(name: string): unknown {
    return this.#guard(() => this.#db.pragma(name, { simple: true }));
  }
  /** Runs several statements that need no values. */
  script(sql: string): void {
    this.#guard(() => this.#db.exec(sql));
  }

  /** The first row, as an object. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- SQL has no types: the caller names the shape
  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#guard(() => this.#object(sql).get(...values) as Row | undefined);
  }
  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#guard(() => this.#object(sql).all(...values) as Row[]);
  }
  /** Every row as a list of its columns: half the cost of objects. */
  rows<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#guard(() => this.#list(sql).all(...values) as Row[]);
  }
  /** The first column of the first row. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- SQL has no types: the caller names the shape
  value<T>(sql: string, ...values: Value[]): T | undefined {
    return this.#guard(() => this.#single(sql).get(...values) as T | undefined);
  }
  /** The first column of every row. */
  values<T>(sql: string, ...values: Value[]): T[] {
    return this.#guard(() => this.#single(sql).all(...values) as T[]);
  }
  /** Changes rows; gives how many, and the id of the row inserted last. */
  run(sql: string, ...values: Value[]): { readonly changes: number; readonly id: number } {
    const result = this.#guard(() => this.#object(sql).run(...values));
    return { changes: result.changes, id: Number(result.lastInsertRowid) };
  }

  /** Begins a write, or gives false where another process is writing. `durable` outlives a power failure. */
  begin(durable: boolean): boolean {
    this.#setSynchronous(durable ? 'FULL' : 'NORMAL');
    try {
      this.#object('BEGIN IMMEDIATE').run();
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw asFault(error, this.path);
    }
  }
  /** A whole transaction at once, blocking while others write: for opening only. */
  writeNow(body: () => void): void {
    while (!this.begin(true)) Atomics.wait(sleeper, 0, 0, shortWait);
    try {
      body();
      this.commit();
    } catch (error) {
      this.rollback();
      throw asFault(error, this.path);
    }
  }
  /** Begins a write, waiting without blocking for as long as others write. */
  async beginPatiently(durable: boolean): Promise<void> {
    for (let wait = 1; !this.begin(durable); wait = Math.min(2 * wait, 32))
      await pause(wait * (0.5 + Math.random()));
  }
  commit(): void {
    this.#guard(() => this.#object('COMMIT').run());
  }
  /** Undoes the transaction, if SQLite has not done so already. */
  rollback(): void {
    if (this.#db.inTransaction) this.#object('ROLLBACK').run();
  }
  /** A whole transaction: `body` is synchronous and either all done or not at all. */
  async write<T>(durable: boolean, body: () => T): Promise<T> {
    await this.beginPatiently(durable);
    try {
      const result = body();
      this.commit();
      return result;
    } catch (error) {
      this.rollback();
      throw asFault(error, this.path);
    }
  }
  /** Part of a transaction that can fail alone: on an error it is undone and thrown again. */
  part<T>(body: () => T): T {
    this.#object('SAVEPOINT part').run();
    try {
      const result = body();
      this.#object('RELEASE part').run();
      return result;
    } catch (error) {
      if (this.#db.inTransaction) this.#undoPart();
      throw asFault(error, this.path);
    }
  }
  get inTransaction(): boolean {
    return this.#db.inTransaction;
  }
  close(): void {
    this.#db.close();
  }

  #undoPart(): void {
    this.#object('ROLLBACK TO part').run();
    this.#object('RELEASE part').run();
  }
  #object(sql: string): Database.Statement {
    return prepared(this.#objects, sql, () => this.#db.prepare(sql));
  }
  #list(sql: string): Database.Statement {
    return prepared(this.#lists, sql, () => this.#db.prepare(sql).raw());
  }
  #single(sql: string): Database.Statement {
    return prepared(this.#singles, sql, () => this.#db.prepare(sql).pluck());
  }
  #setSynchronous(mode: 'FULL' | 'NORMAL'): void {
    if (this.#synchronous === mode) return;
    this.#db.pragma(`synchronous = ${mode}`);
    this.#synchronous = mode;
  }
  /** Reads meet a lock only while another process recovers or removes the journal: a moment, so waiting is right. */
  #guard<T>(body: () => T): T {
    for (const end = Date.now() + readPatience; ; Atomics.wait(sleeper, 0, 0, shortWait)) {
      try {
        return body();
      } catch (error) {
        if (!isBusy(error)) throw asFault(error, this.path);
        if (Date.now() > end) throw fault(`${this.path}: another process keeps the store locked.`);
      }
    }
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

function prepared(
  cache: Map<string, Database.Statement>,
  sql: string,
  make: () => Database.Statement,
): Database.Statement {
  let statement = cache.get(sql);
  if (statement === undefined) cache.set(sql, (statement = make()));
  return statement;
}

function isBusy(error: unknown): boolean {
  return codeOf(error)?.startsWith('SQLITE_BUSY') === true;
}
