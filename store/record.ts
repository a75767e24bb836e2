/** Writes a trace with its artifacts into one transaction, and judges what it means for its key. */
import type { Digest } from '../src/base/digest.ts';
import type { Recorded } from '../src/model/store.ts';
import type { RecordRules, Trace } from '../src/model/trace.ts';
import { bytesOf, isPresent, keepArtifact, nameArtifact } from './artifact-table.ts';
import { type Ruling, judge } from './judge.ts';
import type { Incoming } from './local.ts';
import { type Tables, raiseEpoch } from './tables.ts';
import { type Standing, type TraceRow, traceOf } from './trace-row.ts';
import { currentTrace, rivalsOf } from './trace-table.ts';

/** A trace ready to be written, as plain data. */
export interface RecordDraft {
  /** Its id is not known yet. */
  readonly row: TraceRow;
  readonly code: Digest;
  readonly inputs: readonly Digest[];
  readonly artifacts: readonly Incoming[];
  readonly rules: RecordRules;
  /** Whether the attempt may have its lease in the table. */
  readonly leased: boolean;
}

/** What became of a record; whoever drafted a trace that is current now knows it. */
export type Ruled = { readonly type: 'recorded' } | Exclude<Recorded, { type: 'recorded' }>;

interface Draft extends RecordDraft {
  readonly trace: Trace;
}

/** For use inside a write. */
export function recordTrace(tables: Tables, recorded: RecordDraft): Ruled {
  const { db } = tables;
  const { artifacts, rules, leased } = recorded;
  const trace = traceOf(recorded.row);
  // Before its artifacts come in: they may be the very bytes that were lost.
  const current = currentTrace(tables, trace.key);
  for (const artifact of artifacts) keepArtifact(tables, artifact);
  if (leased) db.run('DELETE FROM lease WHERE key = ? AND attempt = ?', trace.key, trace.attempt);
  const known = {
    current: current?.trace,
    isLost: current?.isLost ?? false,
    rivals: current === undefined ? [] : rivalsOf(db, trace.key),
  };
  const ruling = judge(trace, known, rules, (digest) => readPresent(tables, digest));
  return enact(tables, { ...recorded, trace }, ruling, current !== undefined);
}

function readPresent(tables: Tables, digest: Digest): Uint8Array | undefined {
  return isPresent(tables, digest) ? bytesOf(tables, digest) : undefined;
}

function enact(tables: Tables, draft: Draft, ruling: Ruling, isKnown: boolean): Ruled {
  const { trace } = draft;
  switch (ruling.type) {
    case 'torn':
      insertTrace(tables, draft, 'torn');
      return { type: 'recorded' };
    case 'same':
      tables.db.run('INSERT OR IGNORE INTO run_key VALUES (?, ?)', trace.key, trace.run);
      return { type: 'same', current: ruling.current };
    case 'current':
      if (isKnown && demote(tables, trace.key, 'past') > 0) raiseEpoch(tables.db);
      insertTrace(tables, draft, 'current');
      return { type: 'recorded' };
    case 'conflict':
      return keepRival(tables, draft, ruling);
  }
}

function keepRival(tables: Tables, draft: Draft, ruling: Ruling & { type: 'conflict' }): Ruled {
  const { current, known, roles, takesOver } = ruling;
  const other = known ?? draft.trace;
  if (known === undefined) insertTrace(tables, draft, 'rival');
  if (!takesOver) return { type: 'conflict', current, other, roles };
  demote(tables, current.key, 'rival');
  promote(tables, other);
  return { type: 'conflict', current: other, other: current, roles };
}

/** Takes the current place from the key's current trace; gives how many it had. */
export function demote({ db }: Tables, key: Digest, standing: Standing): number {
  return db.run("UPDATE trace SET standing = ? WHERE key = ? AND standing = 'current'", standing, key)
    .changes;
}

/** Makes a kept trace the current one of its key, whose place must be free. */
export function promote({ db }: Tables, trace: Trace): void {
  const sql = "UPDATE trace SET standing = 'current' WHERE key = ? AND attempt = ? AND standing <> 'torn'";
  db.run(sql, trace.key, trace.attempt);
  raiseEpoch(db);
}

const insertSql = `INSERT INTO trace
  (key, standing, step, stage, run, attempt, at, code, wall, cpu, memory, outs, detail)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function insertTrace(tables: Tables, { trace, row, code, inputs }: Draft, standing: Standing): void {
  const { db } = tables;
  const [, key, , step, stage, run, attempt, at, wall, cpu, memory, outs, detail] = row;
  const names = [key, standing, step, stage, run, attempt, at, nameArtifact(tables, code)];
  const { id } = db.run(insertSql, ...names, wall, cpu, memory, outs, detail);
  for (const digest of new Set(Object.values(trace.outs).map((out) => out.digest)))
    db.run('INSERT INTO trace_out VALUES (?, ?)', id, nameArtifact(tables, digest));
  for (const digest of inputs) nameInput(tables, id, digest);
}

/** Inputs are nearly always known artifacts: one statement finds and names them. */
function nameInput(tables: Tables, trace: number, digest: Digest): void {
  const { db } = tables;
  const sql = 'INSERT INTO trace_input SELECT ?, id FROM artifact WHERE digest = ?';
  if (db.run(sql, trace, digest).changes === 0)
    db.run('INSERT INTO trace_input VALUES (?, ?)', trace, nameArtifact(tables, digest));
}
