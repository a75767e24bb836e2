/** Mends what can be mended without inventing anything: what is lost is executed again. */
import { join, resolve } from 'node:path';
import type { Digest } from '../src/base/digest.ts';
import { Connection } from './connection.ts';
import { raiseEpoch } from './tables.ts';
import { ObjectFiles } from './files.ts';
import { checkFormat } from './migrate.ts';
import { databaseName } from './place.ts';
import { livenessFor, thisProcess } from './owner.ts';
import { Owners } from './owners.ts';
import { integrity, missingFiles } from './report.ts';

export interface Repairs {
  /** Artifacts whose bytes are gone or cut short: forgotten, so that the steps that made them run again. */
  readonly forgotten: readonly Digest[];
  /** Leases of processes that are gone. */
  readonly leases: number;
  /** Whether the indexes had to be made anew. */
  readonly reindexed: boolean;
  /** What is still wrong: not to be mended here. Moving the folder away and running again makes everything anew. */
  readonly problems: readonly string[];
}

/** Throws Fault `store` where the database cannot be read at all. */
export async function repairStore(folder: string): Promise<Repairs> {
  const db = new Connection(join(resolve(folder), databaseName));
  try {
    checkFormat(db);
    db.prepare();
    return await repair(db, new ObjectFiles(folder));
  } finally {
    db.close();
  }
}

async function repair(db: Connection, files: ObjectFiles): Promise<Repairs> {
  const reindexed = integrity(db).length > 0;
  if (reindexed) await db.write(true, () => db.script('REINDEX'));
  const self = thisProcess();
  const owners = new Owners(db, self, livenessFor(self), Date.now);
  const count = (): number => db.value<number>('SELECT count(*) FROM lease') as number;
  return db.write(true, () => {
    const forgotten = missingFiles(db, files);
    for (const { id, digest } of forgotten) forget(db, files, id, digest);
    if (forgotten.length > 0) raiseEpoch(db);
    const before = count();
    owners.bury();
    const problems = integrity(db);
    return {
      forgotten: forgotten.map(({ digest }) => digest),
      leases: before - count(),
      reindexed,
      problems,
    };
  });
}

/** Keeps what is left of the bytes aside; the name stays, for the traces that have it. */
function forget(db: Connection, files: ObjectFiles, id: number, digest: Digest): void {
  files.moveAside(digest, files.aside(digest));
  db.run('UPDATE artifact SET size = NULL WHERE id = ?', id);
}
