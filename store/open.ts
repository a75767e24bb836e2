/** Opens the store of a project: `.colophon/`, beside its pipeline.yaml. */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GarbageReport, GarbageRoots } from '../src/model/store.ts';
import { Artifacts } from './artifacts.ts';
import { Audits } from './audits.ts';
import { Committer } from './committer.ts';
import { Connection } from './connection.ts';
import type { Context } from './context.ts';
import { asFault, fault } from './faults.ts';
import { ObjectFiles } from './files.ts';
import { collectStoreGarbage } from './gc.ts';
import type { GarbageOptions, LocalStore } from './local.ts';
import { memoryStore } from './memory/store.ts';
import { Memos } from './memos.ts';
import { checkFormat, createDatabase } from './migrate.ts';
import { type Liveness, type Owner, livenessFor, thisProcess } from './owner.ts';
import { Owners, startHeartbeat } from './owners.ts';
import { Pending } from './pending.ts';
import { Pins } from './pins.ts';
import { databaseName, type NetworkProbe, refuseNetwork } from './place.ts';
import { Published } from './published.ts';
import { Runs } from './runs.ts';
import { Sole } from './sole.ts';
import { Traces } from './traces.ts';
import { WriterThread } from './writer-thread.ts';
import { type Writing, write } from './writing.ts';

export interface StoreOptions {
  /** What to do where there is no store yet: make one (the default), or give an empty one that leaves nothing behind. */
  readonly absent?: 'create' | 'empty';
  /** Who leases and runs; this process unless a test says otherwise. */
  readonly owner?: Owner;
  readonly isAlive?: Liveness;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Names the network file system that holds a folder. */
  readonly network?: NetworkProbe;
  /** The module of the thread that writes while this process is alone and busy; without one there is none. */
  readonly writer?: string | URL;
  /** Leases a second that are busy. */
  readonly busy?: number;
}

/** Groups of records: at most 20 ms (50 where a thread writes them) or 500 of them. */
const groups = { delay: 20, threadDelay: 50, most: 500 };
/** Leases are wanted at once; those asked for in one breath still share a transaction. */
const atOnce = { delay: 0, most: 500 };
/** Leases a second from which a process takes a store that it is alone on to itself. */
const busy = 200;

/**
 * Opens, or makes, the store in `folder` (the project's `.colophon`). Throws Fault `store` where it is damaged, newer
 * than this code, on a network file system, or in use by another host.
 */
export function openStore(folder: string, options: StoreOptions = {}): LocalStore {
  const path = join(resolve(folder), databaseName);
  if (!existsSync(path) && options.absent === 'empty') return memoryStore(options);
  makeReady(folder, path, options.network);
  const db = new Connection(path);
  try {
    checkFormat(db);
    db.prepare();
    return new DiskStore(assemble(folder, db, options));
  } catch (error) {
    db.close();
    throw error;
  }
}

function makeReady(folder: string, path: string, probe?: NetworkProbe): void {
  makeFolder(folder);
  try {
    refuseNetwork(resolve(folder), probe);
    if (!existsSync(path)) createDatabase(path);
  } catch (error) {
    throw asFault(error, folder);
  }
}

/** Node says ENOENT where a recursive mkdir meets a read-only disk: any failure here means the same. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw fault(`${folder}: the store cannot be opened or written (${(error as Error).message}).`);
  }
}

function assemble(folder: string, db: Connection, options: StoreOptions): Context {
  const self = options.owner ?? thisProcess();
  const now = options.now ?? Date.now;
  const owners = new Owners(db, self, options.isAlive ?? livenessFor(self), now);
  owners.refuseOtherHosts();
  const files = new ObjectFiles(folder);
  const tables = { db, files, pending: new Pending(), now };
  const before = (): void => owners.register();
  const hands = { before, write: (writing: Writing) => write(tables, writing), now };
  const leases = new Committer(db, atOnce, { ...hands, after: () => Promise.resolve() });
  const thread = () => sole.thread;
  const writer = new Committer(db, groups, { ...hands, after: () => files.syncFolders(), thread });
  const program = options.writer;
  const sole: Sole = new Sole({ ...tables, owners }, leases, () => writer.drain(), {
    busy: options.busy ?? busy,
    thread: program === undefined ? undefined : () => new WriterThread(program, folder),
  });
  return { ...tables, writer, leases, owners, sole };
}

class DiskStore implements LocalStore {
  readonly artifacts: Artifacts;
  readonly traces: Traces;
  readonly runs: Runs;
  readonly memos: Memos;
  readonly published: Published;
  readonly audits: Audits;
  readonly pins: Pins;
  readonly #context: Context;
  readonly #stopHeartbeat: () => void;
  #isClosed = false;

  constructor(context: Context) {
    this.#context = context;
    this.artifacts = new Artifacts(context);
    this.traces = new Traces(context);
    this.runs = new Runs(context);
    this.memos = new Memos(context);
    this.published = new Published(context);
    this.audits = new Audits(context);
    this.pins = new Pins(context);
    this.#stopHeartbeat = startHeartbeat(() => this.#beat());
  }
  epoch(): number {
    return this.#context.db.value<number>("SELECT value FROM meta WHERE name = 'epoch'") as number;
  }
  async flush(): Promise<void> {
    await Promise.all([this.#context.writer.flush(), this.#context.leases.flush()]);
  }
  collectGarbage(roots: GarbageRoots, options?: GarbageOptions): Promise<GarbageReport> {
    return collectStoreGarbage(this.#context, roots, options);
  }
  /** Closing again is no mistake. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopHeartbeat();
    try {
      await this.flush().finally(() => this.#context.sole.end());
      await this.#leave();
    } finally {
      this.#context.db.close();
      this.#context.files.close();
    }
  }

  async #leave(): Promise<void> {
    const { db, owners } = this.#context;
    if (owners.isRegistered) await db.write(false, () => owners.leave());
  }
  #beat(): void {
    const { leases, owners } = this.#context;
    if (owners.isRegistered) void leases.add({ apply: () => owners.giveSign() });
  }
}
