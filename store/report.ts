/** What a store holds, and what is wrong with it: for `colophon doctor`. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Digest } from '../src/base/digest.ts';
import { Fault } from '../src/model/fault.ts';
import { Connection } from './connection.ts';
import { ObjectFiles } from './files.ts';
import { inlineLimit } from './local.ts';
import { readVersion } from './migrate.ts';
import { databaseName } from './place.ts';
import { livenessFor, thisProcess } from './owner.ts';
import { Owners } from './owners.ts';

export interface StoreReport {
  /** Undefined where there is no store, or it cannot be read. */
  readonly format: number | undefined;
  /** What the database finds wrong with itself; empty where it is sound. */
  readonly problems: readonly string[];
  readonly counts: Readonly<Record<CountName, number>>;
  readonly bytes: Readonly<
    Record<'database' | 'journal' | 'artifacts' | 'files' | 'incoming' | 'quarantine', number>
  >;
  /** Large artifacts whose file is gone or has another size. */
  readonly missing: readonly Digest[];
  /** Files among the objects that no row names: harmless, and removed by garbage collection once old. */
  readonly orphans: readonly string[];
}

const counted = {
  traces: 'trace',
  artifacts: 'artifact WHERE size IS NOT NULL',
  conflicts: "(SELECT DISTINCT key FROM trace WHERE standing = 'rival')",
  runs: 'run',
  memos: 'memo',
  pins: 'pin',
  published: 'published',
  leases: 'lease',
} as const;

export type CountName = keyof typeof counted | 'living';

/** Reads everything but the artifacts' bytes (`verify` does that) and changes nothing. */
export function storeReport(folder: string): StoreReport {
  const files = new ObjectFiles(folder);
  const path = join(resolve(folder), databaseName);
  if (!existsSync(path)) return { ...emptyReport, bytes: sizes(files, path, 0) };
  let db: Connection | undefined;
  try {
    db = new Connection(path);
    const format = readVersion(db);
    return inspect(db, files, format);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...emptyReport, problems: [error.message], bytes: sizes(files, path, 0) };
  } finally {
    db?.close();
  }
}

const noCounts = Object.fromEntries([...Object.keys(counted), 'living'].map((name) => [name, 0])) as Record<
  CountName,
  number
>;
const emptyReport = { format: undefined, problems: [], counts: noCounts, missing: [], orphans: [] };

function inspect(db: Connection, files: ObjectFiles, format: number): StoreReport {
  const problems = [...integrity(db), ...brokenReferences(db)];
  const artifacts = db.value<number>('SELECT total(size) FROM artifact') as number;
  return {
    format,
    problems,
    counts: { ...countAll(db), living: living(db) },
    bytes: sizes(files, db.path, artifacts),
    missing: missingFiles(db, files).map(({ digest }) => digest),
    orphans: orphanFiles(db, files),
  };
}

/** What SQLite finds wrong with the file: empty where it is sound. */
export function integrity(db: Connection): string[] {
  const said = db.values<string>('PRAGMA integrity_check(20)');
  return said.length === 1 && said[0] === 'ok' ? [] : said;
}

function brokenReferences(db: Connection): string[] {
  const broken = db.all<{ table: string; parent: string }>('PRAGMA foreign_key_check');
  return [
    ...new Set(broken.map(({ table, parent }) => `a row of ${table} names a row of ${parent} that is gone`)),
  ];
}

function countAll(db: Connection): Record<keyof typeof counted, number> {
  const entries = Object.entries(counted).map(([name, table]) => [
    name,
    db.value(`SELECT count(*) FROM ${table}`),
  ]);
  return Object.fromEntries(entries) as Record<keyof typeof counted, number>;
}

function living(db: Connection): number {
  const self = thisProcess();
  return new Owners(db, self, livenessFor(self), Date.now).living().size;
}

/** Rows of large artifacts whose file is gone or has another size. */
export function missingFiles(
  db: Connection,
  files: ObjectFiles,
): { readonly id: number; readonly digest: Digest }[] {
  const sql = 'SELECT id, digest, size FROM artifact WHERE size > ? ORDER BY digest';
  const large = db.all<{ id: number; digest: Digest; size: number }>(sql, inlineLimit);
  return large.filter(({ digest, size }) => !files.sound(digest, size));
}

function orphanFiles(db: Connection, files: ObjectFiles): string[] {
  const known = new Set(db.values<string>('SELECT digest FROM artifact WHERE size > ?', inlineLimit));
  return [...files.list()].filter((file) => !known.has(file.name)).map((file) => file.path);
}

function sizes(files: ObjectFiles, path: string, artifacts: number): StoreReport['bytes'] {
  return {
    database: sizeOf(path),
    journal: sizeOf(`${path}-wal`),
    artifacts,
    files: sum([...files.list()].map((file) => file.size)),
    incoming: sum(files.leftovers().map((file) => file.size)),
    quarantine: folderSize(join(files.folder, 'quarantine')),
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function folderSize(folder: string): number {
  return existsSync(folder) ? sum(readdirSync(folder).map((name) => sizeOf(join(folder, name)))) : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
