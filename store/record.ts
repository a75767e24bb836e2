/** Writes a trace with its artifacts into one transaction, and judges what it means for its key. */
import type { Digest } from '../src/base/digest.ts';
import type { Recorded } from '../src/model/store.ts';
import type { RecordRules, Trace } from '../src/model/trace.ts';
import { bytesOf, isPresent, keepArtifact, nameArtifact } from './artifact-table.ts';
import { type Context, raiseEpoch } from './context.ts';
import { type Ruling, judge } from './judge.ts';
import type { Incoming } from './local.ts';
import { type Standing, type TraceTexts, inputDigests } from './trace-row.ts';
import { currentTrace, rivalsOf } from './trace-table.ts';

/** A trace ready to be written. */
interface Draft {
  readonly trace: Trace;
  readonly texts: TraceTexts;
  readonly artifacts: readonly Incoming[];
  readonly rules: RecordRules;
}

/** For use inside a write. */
export function recordTrace(context: Context, draft: Draft): Recorded {
  const { db } = context;
  const { trace, artifacts, rules } = draft;
  // Before its artifacts come in: they may be the very bytes that were lost.
  const current = currentTrace(context, trace.key);
  for (const artifact of artifacts) keepArtifact(context, artifact);
  db.run('DELETE FROM lease WHERE key = ? AND attempt = ?', trace.key, trace.attempt);
  const known = {
    current: current?.trace,
    isLost: current?.isLost ?? false,
    rivals: current === undefined ? [] : rivalsOf(db, trace.key),
  };
  const ruling = judge(trace, known, rules, (digest) => readPresent(context, digest));
  return enact(context, draft, ruling);
}

function readPresent(context: Context, digest: Digest): Uint8Array | undefined {
  return isPresent(context, digest) ? bytesOf(context, digest) : undefined;
}

function enact(context: Context, draft: Draft, ruling: Ruling): Recorded {
  const { trace } = draft;
  switch (ruling.type) {
    case 'torn':
      insertTrace(context, draft, 'torn');
      return { type: 'recorded', current: trace };
    case 'same':
      context.db.run('INSERT OR IGNORE INTO run_key VALUES (?, ?)', trace.key, trace.run);
      return { type: 'same', current: ruling.current };
    case 'current':
      if (demote(context, trace.key, 'past') > 0) raiseEpoch(context.db);
      insertTrace(context, draft, 'current');
      return { type: 'recorded', current: trace };
    case 'conflict':
      return keepRival(context, draft, ruling);
  }
}

function keepRival(context: Context, draft: Draft, ruling: Ruling & { type: 'conflict' }): Recorded {
  const { current, known, roles, takesOver } = ruling;
  const other = known ?? draft.trace;
  if (known === undefined) insertTrace(context, draft, 'rival');
  if (!takesOver) return { type: 'conflict', current, other, roles };
  demote(context, current.key, 'rival');
  promote(context, other);
  return { type: 'conflict', current: other, other: current, roles };
}

/** Takes the current place from the key's current trace; gives how many it had. */
export function demote({ db }: Context, key: Digest, standing: Standing): number {
  return db.run("UPDATE trace SET standing = ? WHERE key = ? AND standing = 'current'", standing, key)
    .changes;
}

/** Makes a kept trace the current one of its key, whose place must be free. */
export function promote({ db }: Context, trace: Trace): void {
  const sql = "UPDATE trace SET standing = 'current' WHERE key = ? AND attempt = ? AND standing <> 'torn'";
  db.run(sql, trace.key, trace.attempt);
  raiseEpoch(db);
}

const insertSql = `INSERT INTO trace
  (key, standing, step, stage, run, attempt, at, code, wall, cpu, memory, outs, detail)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function insertTrace(context: Context, { trace, texts }: Draft, standing: Standing): void {
  const { db } = context;
  const { key, step, stage, run, attempt, at, cost, parts, outs } = trace;
  const names = [key, standing, step, stage, run, attempt, at, nameArtifact(context, parts.code)];
  const values = [cost.wall, cost.cpu, cost.memory, texts.outs, texts.detail];
  const { id } = db.run(insertSql, ...names, ...values);
  for (const digest of new Set(Object.values(outs).map((out) => out.digest)))
    db.run('INSERT INTO trace_out VALUES (?, ?)', id, nameArtifact(context, digest));
  for (const digest of inputDigests(parts.inputs)) nameInput(context, id, digest);
}

/** Inputs are nearly always known artifacts: one statement finds and names them. */
function nameInput(context: Context, trace: number, digest: Digest): void {
  const { db } = context;
  const sql = 'INSERT INTO trace_input SELECT ?, id FROM artifact WHERE digest = ?';
  if (db.run(sql, trace, digest).changes === 0)
    db.run('INSERT INTO trace_input VALUES (?, ?)', trace, nameArtifact(context, digest));
}
