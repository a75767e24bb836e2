/** The right to execute a key: granted to one attempt at a time, taken over from the dead. */
import type { Digest } from '../src/base/digest.ts';
import type { LeaseAnswer } from '../src/model/store.ts';
import type { Context } from './context.ts';
import { findTrace } from './trace-table.ts';

interface LeaseRow {
  readonly attempt: string;
  readonly owner: number;
}

/** For use inside a write, where no other process can record or lease between the look and the grant. */
export function grantLease(context: Context, key: Digest, attempt: string, forced: boolean): LeaseAnswer {
  const trace = forced ? undefined : findTrace(context, key);
  if (trace !== undefined) return { type: 'found', trace };
  const held = context.db.get<LeaseRow>('SELECT attempt, owner FROM lease WHERE key = ?', key);
  if (held !== undefined && held.attempt !== attempt && context.owners.isAlive(held.owner))
    return { type: 'held', owner: context.owners.describe(held.owner) };
  const values = [key, attempt, context.owners.own, context.now()];
  context.db.run('INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?)', ...values);
  return { type: 'granted' };
}

/** For use inside a write. */
export function dropLease({ db }: Context, key: Digest, attempt: string): void {
  db.run('DELETE FROM lease WHERE key = ? AND attempt = ?', key, attempt);
}
