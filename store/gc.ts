/** Removes what no root needs: in short transactions, rows together with their files. */
import { rmSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Digest } from '../src/base/digest.ts';
import type { GarbageReport, GarbageRoots } from '../src/model/store.ts';
import type { Context } from './context.ts';
import { raiseEpoch } from './tables.ts';
import * as sql from './gc-sql.ts';
import { type GarbageOptions, garbageAge, inlineLimit } from './local.ts';

/** How long a batch aims to hold the writers' lock (ms). */
const aim = 20;

interface Doomed {
  readonly rank: number;
  readonly id: number;
  readonly digest: Digest;
  readonly size: number;
}

/** Counts as it goes. */
interface Tally {
  traces: number;
  artifacts: number;
  files: number;
  bytes: number;
}

export async function collectStoreGarbage(
  context: Context,
  roots: GarbageRoots,
  options: GarbageOptions = {},
): Promise<GarbageReport> {
  await context.writer.drain();
  // A lease that is not on the table would keep nothing.
  await (options.dryRun === true ? context.sole.share() : context.sole.settle());
  const tally: Tally = { traces: 0, artifacts: 0, files: 0, bytes: 0 };
  const before = mark(context, roots);
  if (options.dryRun === true) return forecast(context, tally, before);
  await sweepTraces(context, tally);
  await sweepArtifacts(context, tally, before);
  await sweepFiles(context, tally, before);
  await tidy(context);
  return tally;
}

/** Fills the temporary tables; gives the time before which a thing must have been used last to go. */
function mark({ db, owners, now }: Context, roots: GarbageRoots): number {
  db.script(sql.temporary);
  const live = JSON.stringify([...owners.living()]);
  db.run(sql.markRuns, roots.runs, live);
  db.run(sql.markKnownRuns);
  db.run('INSERT INTO keep_key SELECT DISTINCT value FROM json_each(?)', JSON.stringify([...roots.keys]));
  db.run(
    'INSERT INTO keep_artifact SELECT DISTINCT value FROM json_each(?)',
    JSON.stringify([...roots.artifacts]),
  );
  db.run(sql.markTraces);
  const running =
    "SELECT min(at) FROM run WHERE status = 'running' AND owner IN (SELECT value FROM json_each(?))";
  const before = Math.min(now(), db.value<number | null>(running, live) ?? Infinity) - garbageAge;
  db.run(sql.markFolders, before);
  db.run(sql.markArtifacts, before);
  return before;
}

function forecast(context: Context, tally: Tally, before: number): GarbageReport {
  const { db } = context;
  tally.traces = db.value<number>('SELECT count(*) FROM doomed_trace') as number;
  for (const { size, digest } of db.all<Doomed>(sql.someArtifacts, 0, -1))
    countArtifact(context, tally, digest, size);
  for (const file of orphans(context, before)) countFile(tally, file.size);
  return tally;
}

function countArtifact({ files }: Context, tally: Tally, digest: Digest, size: number): void {
  if (size < 0) return; // only a name: its bytes were never here, or are in quarantine
  tally.artifacts += 1;
  tally.bytes += size;
  if (size > inlineLimit && files.sound(digest, size)) tally.files += 1;
}

function countFile(tally: Tally, size: number): void {
  tally.files += 1;
  tally.bytes += size;
}

/** Calls `remove` for each item inside short transactions, giving way to others between them. */
async function inBatches<T>(
  { db }: Context,
  next: (most: number) => readonly T[],
  remove: (item: T) => boolean,
): Promise<void> {
  let most = 64;
  for (let items = next(most); items.length > 0; items = next(most)) {
    const took = await db.write(false, () =>
      timed(() => {
        if (items.filter((item) => remove(item)).length > 0) raiseEpoch(db);
      }),
    );
    most = Math.max(8, Math.min(1024, Math.round((most * aim) / Math.max(took, 1))));
    await breathe();
  }
}

/** How long it took (ms), without the wait for the lock. */
function timed(body: () => void): number {
  const began = performance.now();
  body();
  return performance.now() - began;
}

async function sweepTraces(context: Context, tally: Tally): Promise<void> {
  const { db } = context;
  const remove = (id: number): boolean => {
    // Off the list either way: a trace that is needed again holds its artifacts when their turn comes.
    const gone = db.run(sql.deleteTrace, id).changes > 0;
    db.run('DELETE FROM doomed_trace WHERE id = ?', id);
    if (gone) tally.traces += 1;
    return gone;
  };
  await inBatches(context, (most) => db.values<number>(sql.someTraces, most), remove);
}

async function sweepArtifacts(context: Context, tally: Tally, before: number): Promise<void> {
  const { db, files } = context;
  let last = 0;
  const remove = ({ rank, id, digest, size }: Doomed): boolean => {
    last = rank;
    if (db.run(sql.deleteArtifact, id, before).changes === 0) {
      // Needed again: a folder that stays keeps its files, which come later.
      db.run('DELETE FROM doomed_artifact WHERE rank = ?', rank);
      return false;
    }
    countArtifact(context, tally, digest, size);
    if (size > inlineLimit) files.remove(digest);
    return true;
  };
  await inBatches(context, (most) => db.all<Doomed>(sql.someArtifacts, last, most), remove);
}

interface Orphan {
  readonly path: string;
  readonly size: number;
  /** The digest it is named by; undefined for what never was complete. */
  readonly digest: Digest | undefined;
}

/** Files older than `before` that no row names, and incomplete ones that no living process is writing. */
function orphans({ db, files }: Context, before: number): Orphan[] {
  const old = [...files.list()].filter((file) => file.at < before);
  const known = new Set(
    db.values<string>(
      'SELECT digest FROM json_each(?) JOIN artifact ON digest = value',
      JSON.stringify(old.map((file) => file.name)),
    ),
  );
  const nameless = old.filter((file) => !known.has(file.name));
  const left = files.leftovers().filter((file) => file.at < before);
  return [
    ...nameless.map(({ path, size, name }) => ({ path, size, digest: name as Digest })),
    ...left.map(({ path, size }) => ({ path, size, digest: undefined })),
  ];
}

async function sweepFiles(context: Context, tally: Tally, before: number): Promise<void> {
  const { db } = context;
  const rest = orphans(context, before);
  const remove = ({ path, size, digest }: Orphan): boolean => {
    if (digest !== undefined && db.value('SELECT 1 FROM artifact WHERE digest = ?', digest) !== undefined)
      return false;
    rmSync(path, { force: true });
    countFile(tally, size);
    return false;
  };
  await inBatches(context, (most) => rest.splice(0, most), remove);
}

/** Forgets what the kept runs do not need, and gives free pages back to the file system. */
async function tidy({ db, owners }: Context): Promise<void> {
  const forgotten = `DELETE FROM run_key WHERE run IN (SELECT id FROM known_run) AND run NOT IN (SELECT id FROM keep_run)`;
  await db.write(false, () => {
    db.run(forgotten);
    owners.bury();
  });
  for (let free = Infinity; free > 0;) {
    await db.write(false, () => db.script('PRAGMA incremental_vacuum(256)'));
    const left = db.pragma('freelist_count') as number;
    free = left < free ? left : 0;
    await breathe();
  }
}
