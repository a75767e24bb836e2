/** Questions about traces, answered from the database and from what is queued. */
import type { Digest } from '../src/base/digest.ts';
import type { StepId } from '../src/model/case.ts';
import type { Conflict, Trace } from '../src/model/trace.ts';
import { isPresent } from './artifact-table.ts';
import { inlineLimit } from './local.ts';
import type { Tables } from './tables.ts';
import { type TraceRow, traceColumns, traceOf } from './trace-row.ts';

/** How many of a stage's newest traces its price is the mean of. */
const priced = 16;

/** How many outs of `t` have no bytes here. */
const missing = `(SELECT count(*) FROM trace_out AS o JOIN artifact AS a ON a.id = o.artifact
  WHERE o.trace = t.id AND a.size IS NULL)`;
const currentOf = `SELECT ${missing}, ${traceColumns} FROM trace AS t WHERE t.key = ? AND t.standing = 'current'`;
const currentOfAll = `SELECT ${missing}, ${traceColumns} FROM json_each(?) AS k
  JOIN trace AS t ON t.key = k.value AND t.standing = 'current'`;
const newestId = `SELECT n.id FROM trace AS n WHERE n.step = k.value AND n.standing <> 'torn' ORDER BY n.id DESC LIMIT 1`;
const newestOfAll = `SELECT ${traceColumns} FROM json_each(?) AS k JOIN trace AS t ON t.id = (${newestId})`;
const skipStages = `WITH RECURSIVE stages(stage) AS (SELECT min(stage) FROM trace
  UNION ALL SELECT (SELECT min(t.stage) FROM trace AS t WHERE t.stage > stages.stage) FROM stages WHERE stages.stage IS NOT NULL)
  SELECT stage FROM stages WHERE stage IS NOT NULL`;

type Found = [missing: number, ...row: TraceRow];

/** The current trace that may be served: not torn, all its artifacts present. */
export function findTrace(tables: Tables, key: Digest): Trace | undefined {
  const row = tables.db.rows<Found>(currentOf, key)[0];
  return (row && served(tables, row)) ?? tables.pending.servable(key);
}

export function findTraces(tables: Tables, keys: readonly Digest[]): Map<Digest, Trace> {
  const found = new Map<Digest, Trace>();
  for (const row of tables.db.rows<Found>(currentOfAll, JSON.stringify(keys))) {
    const trace = served(tables, row);
    if (trace !== undefined) found.set(trace.key, trace);
  }
  if (tables.pending.traces.size > 0) addQueued(tables, keys, found);
  return found;
}

function addQueued(tables: Tables, keys: readonly Digest[], found: Map<Digest, Trace>): void {
  for (const key of keys) {
    const queued = found.has(key) ? undefined : tables.pending.servable(key);
    if (queued !== undefined) found.set(key, queued);
  }
}

function served(tables: Tables, [gone, ...row]: Found): Trace | undefined {
  const trace = traceOf(row);
  return isComplete(tables, trace, gone) ? trace : undefined;
}

/** Whether all outs are present; `gone` counts those without bytes, so only files and folders are looked at again. */
function isComplete(tables: Tables, trace: Trace, gone: number): boolean {
  return Object.values(trace.outs).every((out) => {
    const settled = gone === 0 && out.size <= inlineLimit && !out.kind.startsWith('folder/');
    return settled || isPresent(tables, out.digest);
  });
}

/** The current trace of a key, whether or not its artifacts are there, and whether any is gone. */
export function currentTrace(tables: Tables, key: Digest): { trace: Trace; isLost: boolean } | undefined {
  const row = tables.db.rows<Found>(currentOf, key)[0];
  if (row === undefined) return undefined;
  const [gone, ...rest] = row;
  const trace = traceOf(rest);
  return { trace, isLost: !isComplete(tables, trace, gone) };
}

export function newestTrace({ db, pending }: Tables, step: StepId): Trace | undefined {
  const queued = pending.newest(step);
  if (queued !== undefined) return queued;
  return tracesBy(db, "t.step = ? AND t.standing <> 'torn'", step, 1)[0];
}

export function newestTraces({ db, pending }: Tables, steps: readonly StepId[]): Map<StepId, Trace> {
  const rows = db.rows<TraceRow>(newestOfAll, JSON.stringify(steps));
  const found = new Map(rows.map((row) => [row[3], traceOf(row)]));
  if (pending.traces.size === 0) return found;
  for (const step of steps) {
    const queued = pending.newest(step);
    if (queued !== undefined) found.set(step, queued);
  }
  return found;
}

/** Newest first. `condition` speaks of `t` and has one place for a value. */
export function tracesBy(db: Tables['db'], condition: string, value: string, most = -1): Trace[] {
  const sql = `SELECT ${traceColumns} FROM trace AS t WHERE ${condition} ORDER BY t.id DESC LIMIT ?`;
  return db.rows<TraceRow>(sql, value, most).map(traceOf);
}

/** The results of a key that disagree with its current one, oldest first. */
export function rivalsOf(db: Tables['db'], key: Digest): Trace[] {
  return tracesBy(db, "t.key = ? AND t.standing = 'rival'", key).reverse();
}

export function allConflicts({ db }: Tables): Conflict[] {
  const keys = db.values<Digest>("SELECT DISTINCT key FROM trace WHERE standing = 'rival' ORDER BY key");
  return keys.flatMap((key) => {
    const current = tracesBy(db, "t.key = ? AND t.standing = 'current'", key, 1)[0];
    return current === undefined ? [] : [{ key, step: current.step, current, others: rivalsOf(db, key) }];
  });
}

/** The mean wall cost of each stage's newest traces. */
export function meanPrices({ db, pending }: Tables): Map<string, number> {
  const queued = pending.tracesWhere((trace) => !trace.torn);
  const stages = new Set([...db.values<string>(skipStages), ...queued.map((trace) => trace.stage)]);
  const prices = new Map<string, number>();
  for (const stage of stages) {
    const recent = queued.filter((trace) => trace.stage === stage).map((trace) => trace.cost.wall);
    const stored = `SELECT wall FROM trace WHERE stage = ? AND standing <> 'torn' ORDER BY id DESC LIMIT ${priced}`;
    const price = meanOf([...recent, ...db.values<number>(stored, stage)]);
    if (price !== undefined) prices.set(stage, price);
  }
  return prices;
}

/** The mean of the first {@link priced} numbers. */
export function meanOf(walls: readonly number[]): number | undefined {
  const newest = walls.slice(0, priced);
  return newest.length === 0 ? undefined : newest.reduce((sum, wall) => sum + wall, 0) / newest.length;
}
