/** What the parts of an opened store share. */
import type { Committer } from './committer.ts';
import type { Connection } from './connection.ts';
import type { ObjectFiles } from './files.ts';
import type { Owners } from './owners.ts';
import type { Pending } from './pending.ts';

export interface Context {
  readonly db: Connection;
  readonly files: ObjectFiles;
  readonly pending: Pending;
  /** Records, memos, events and all else: in groups. */
  readonly writer: Committer;
  /** Leases: at once, and never behind a group. */
  readonly leases: Committer;
  readonly owners: Owners;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Tells every process that a trace or an artifact went away or another trace became current. Inside a write. */
export function raiseEpoch(db: Connection): void {
  db.run("UPDATE meta SET value = value + 1 WHERE name = 'epoch'");
}
