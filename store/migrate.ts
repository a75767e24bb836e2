/** Makes a new database, and brings one of an older format up to this one. */
import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Connection } from './connection.ts';
import { codeOf, fault } from './faults.ts';
import { applicationId, auditTables, formatVersion, schema } from './schema.ts';

/** One step from a format to the next, inside a transaction that also raises the version. */
export interface Migration {
  readonly from: number;
  readonly apply: (connection: Connection) => void;
}

/** Every step from version 1 on, in order. A new format adds one here and a sample to test/store/fixtures. */
export const migrations: readonly Migration[] = [
  { from: 1, apply: (db) => db.script(auditTables) },
  { from: 2, apply: (db) => db.script("INSERT INTO meta VALUES ('sole', 0)") },
];

/**
 * Makes the database at `path` unless another process just did: it is built aside, complete, and linked into place,
 * so that nobody ever meets half a schema.
 */
export function createDatabase(path: string): void {
  const aside = `${path}.new-${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(aside, '', { flag: 'wx' });
    build(aside);
    linkSync(aside, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(aside + suffix, { force: true });
  }
}

function build(path: string): void {
  const db = new Database(path);
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.exec(`BEGIN; ${schema}; COMMIT`);
  db.pragma(`application_id = ${applicationId}`);
  db.pragma(`user_version = ${formatVersion}`);
  db.close();
}

/**
 * Refuses what is no store or is newer than this tool (Fault `store`, naming both versions), and migrates what is
 * older. The database is changed by nothing before this check.
 */
export function checkFormat(
  connection: Connection,
  steps: readonly Migration[] = migrations,
  target = formatVersion,
): void {
  for (;;) {
    const version = readVersion(connection, target);
    if (version === target) return;
    const step = steps.find((one) => one.from === version);
    if (step === undefined) throw fault(`${connection.path}: format ${version} has no way to ${target}.`);
    connection.writeNow(() => migrateOnce(connection, step));
  }
}

/** The format of the database. Throws Fault `store` where it is not ours, or newer than `target`. */
export function readVersion(connection: Connection, target = formatVersion): number {
  if (connection.pragma('application_id') !== applicationId)
    throw fault(`${connection.path} is no Colophon store.`);
  const version = connection.pragma('user_version') as number;
  if (version > target)
    throw fault(
      `${connection.path} has format ${version}, and this Colophon knows formats up to ${target}: use a newer Colophon.`,
    );
  return version;
}

/** Another process may have done it while this one waited for the lock. */
function migrateOnce(connection: Connection, step: Migration): void {
  if (connection.pragma('user_version') !== step.from) return;
  step.apply(connection);
  connection.pragma(`user_version = ${step.from + 1}`);
}
