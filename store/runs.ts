/** Runs, what they said, and the attempts in them that failed. */
import type { Digest } from '../src/base/digest.ts';
import type { StepId } from '../src/model/case.ts';
import type { RunEvent } from '../src/model/event.ts';
import type { Run, RunCounts, RunStart, RunStatus } from '../src/model/run.ts';
import type { FailedAttempt, RunShelf } from '../src/model/store.ts';
import type { Context } from './context.ts';
import { type EventBatch, mergeBatches, packEvents, unpackEvents } from './events.ts';
import { gather } from './gather.ts';

interface RunRow {
  readonly owner: number;
  readonly status: RunStatus;
  readonly finished: number | null;
  readonly counts: string;
  readonly start: string;
}

export const noCounts: RunCounts = { hits: 0, executed: 0, failed: 0, skipped: 0 };

/** Batches of events that a finished run keeps as they are. */
const fewBatches = 4;

export class Runs implements RunShelf {
  readonly #context: Context;
  constructor(context: Context) {
    this.#context = context;
  }
  async start(run: RunStart): Promise<void> {
    const { writer } = this.#context;
    await writer.add({ apply: () => this.#insert(run) }, true);
  }
  append(run: string, events: readonly RunEvent[]): void {
    gather(this.#context, this.#context.pending.events, run, {
      begin: (): RunEvent[] => [],
      put: (batch) => void batch.push(...events),
      write: (batch) => ({ type: 'events', run, batch: packEvents(batch) }),
    });
  }
  async finish(run: string, status: RunStatus, counts: RunCounts, at: number): Promise<void> {
    const { db, writer } = this.#context;
    await writer.drain();
    const merge = this.#merge(run);
    const apply = (): void => {
      merge();
      const sql = 'UPDATE run SET status = ?, counts = ?, finished = ? WHERE id = ?';
      db.run(sql, status, JSON.stringify(counts), at, run);
    };
    await writer.add({ durable: true, apply }, true);
  }
  list(most = -1): readonly Run[] {
    const sql = 'SELECT owner, status, finished, counts, start FROM run ORDER BY at DESC, rowid DESC LIMIT ?';
    const rows = this.#context.db.all<RunRow>(sql, most);
    const living = rows.some((row) => row.status === 'running') ? this.#context.owners.living() : new Set();
    return rows.map((row) => runOf(row, living.has(row.owner)));
  }
  events(run: string): readonly RunEvent[] {
    return [...this.#batches(run).flatMap(unpackEvents), ...this.#context.pending.events.all(run).flat()];
  }
  async hold(run: string, keys: readonly Digest[]): Promise<void> {
    const { db, writer } = this.#context;
    const sql = 'INSERT OR IGNORE INTO run_key SELECT value, ? FROM json_each(?)';
    await writer.add({ apply: () => db.run(sql, run, JSON.stringify(keys)) }, true);
  }
  async fail({ attempt, run, step, key, ending, message, at }: FailedAttempt): Promise<void> {
    const { db, writer } = this.#context;
    const sql =
      'INSERT INTO failure (attempt, run, step, key, ending, message, at) VALUES (?, ?, ?, ?, ?, ?, ?)';
    await writer.add({ apply: () => db.run(sql, attempt, run, step, key, ending, message, at) }, true);
  }
  failures(step: StepId): readonly FailedAttempt[] {
    const columns = 'attempt, run, step, key, ending, message, at';
    return this.#context.db.all(`SELECT ${columns} FROM failure WHERE step = ? ORDER BY id DESC`, step);
  }

  #insert(run: RunStart): void {
    const { db, owners } = this.#context;
    const sql = "INSERT INTO run (id, at, owner, status, counts, start) VALUES (?, ?, ?, 'running', ?, ?)";
    db.run(sql, run.id, run.at, owners.own, JSON.stringify(noCounts), JSON.stringify(run));
  }
  #batches(run: string): (EventBatch & { readonly batch: number })[] {
    return this.#context.db.all('SELECT batch, form, bytes FROM event WHERE run = ? ORDER BY batch', run);
  }
  /** Compresses the run's many batches into few, outside the transaction; gives what replaces them inside it. */
  #merge(run: string): () => void {
    const { db } = this.#context;
    const batches = this.#batches(run);
    if (batches.length <= fewBatches) return () => undefined;
    const merged = mergeBatches(batches);
    const last = batches.at(-1)?.batch ?? 0;
    return () => {
      db.run('DELETE FROM event WHERE run = ? AND batch <= ?', run, last);
      const sql = 'INSERT INTO event (run, batch, form, bytes) VALUES (?, ?, ?, ?)';
      merged.forEach(({ form, bytes }, index) => db.run(sql, run, index + 1, form, bytes));
    };
  }
}

function runOf({ status, finished, counts, start }: RunRow, lives: boolean): Run {
  return {
    ...(JSON.parse(start) as RunStart),
    status: status === 'running' && !lives ? 'lost' : status,
    ...(finished === null ? {} : { finishedAt: finished }),
    counts: JSON.parse(counts) as RunCounts,
  };
}
