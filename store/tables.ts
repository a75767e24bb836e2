/** What writing to the tables needs, in whichever thread it is done. */
import type { Connection } from './connection.ts';
import type { ObjectFiles } from './files.ts';
import type { Pending } from './pending.ts';

export interface Tables {
  readonly db: Connection;
  readonly files: ObjectFiles;
  /** What is queued in this thread. */
  readonly pending: Pending;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Tells every process that a trace or an artifact went away or another trace became current. Inside a write. */
export function raiseEpoch(db: Connection): void {
  db.run("UPDATE meta SET value = value + 1 WHERE name = 'epoch'");
}
