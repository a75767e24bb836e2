/** The right to execute a key, as rows that all processes see: granted to one attempt at a time, taken over from the dead. */
import type { Digest } from '../src/base/digest.ts';
import type { LeaseAnswer } from '../src/model/store.ts';
import type { Owners } from './owners.ts';
import type { Tables } from './tables.ts';
import { findTrace } from './trace-table.ts';

export interface LeaseDesk extends Tables {
  readonly owners: Owners;
}

interface LeaseRow {
  readonly attempt: string;
  readonly owner: number;
}

/** What is asked for, and by whom. */
export interface Wanted {
  readonly key: Digest;
  readonly attempt: string;
  /** Whether a trace of the key does not matter. */
  readonly forced: boolean;
}

/** For use inside a write, where no other process can record or lease between the look and the grant. */
export function grantLease(desk: LeaseDesk, { key, attempt, forced }: Wanted): LeaseAnswer {
  const trace = forced ? undefined : findTrace(desk, key);
  if (trace !== undefined) return { type: 'found', trace };
  const held = desk.db.get<LeaseRow>('SELECT attempt, owner FROM lease WHERE key = ?', key);
  if (held !== undefined && held.attempt !== attempt && desk.owners.isAlive(held.owner))
    return { type: 'held', owner: desk.owners.describe(held.owner) };
  listLease(desk, key, attempt);
  return { type: 'granted' };
}

/** For use inside a write. */
export function listLease({ db, owners, now }: LeaseDesk, key: Digest, attempt: string): void {
  db.run('INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?)', key, attempt, owners.own, now());
}

/** For use inside a write. */
export function dropLease({ db }: LeaseDesk, key: Digest, attempt: string): void {
  db.run('DELETE FROM lease WHERE key = ? AND attempt = ?', key, attempt);
}

/** Takes this process's leases off the table, and gives them: key → attempt. For use inside a write. */
export function takeLeasesBack({ db, owners }: LeaseDesk): Map<Digest, string> {
  const rows = db.rows<[Digest, string]>('SELECT key, attempt FROM lease WHERE owner = ?', owners.own);
  db.run('DELETE FROM lease WHERE owner = ?', owners.own);
  return new Map(rows);
}
