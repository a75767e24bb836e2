/** The table of owners: registers this process before its first write, and refuses a store that two hosts use. */
import { present } from '../src/base/invariant.ts';
import type { Connection } from './connection.ts';
import { fault } from './faults.ts';
import { type Liveness, type Owner, describeOwner, heartbeat, isElsewhere } from './owner.ts';

interface OwnerRow extends Owner {
  readonly id: number;
  readonly seen: number;
  readonly ended: number;
}

export class Owners {
  readonly #db: Connection;
  readonly #self: Owner;
  readonly #isAlive: Liveness;
  readonly #now: () => number;
  #id: number | undefined;

  constructor(db: Connection, self: Owner, isAlive: Liveness, now: () => number) {
    this.#db = db;
    this.#self = self;
    this.#isAlive = isAlive;
    this.#now = now;
  }
  /** Throws Fault `store` where a process on another machine is using the store. */
  refuseOtherHosts(): void {
    for (const row of this.#rows()) {
      if (!isElsewhere(row, this.#self) || !this.#lives(row)) continue;
      throw fault(
        `${this.#db.path} is in use by ${describeOwner(row)}: one host at a time can use a store. ` +
          'Wait for it to end, or share results with "colophon push" and "colophon pull".',
      );
    }
  }
  /** Makes this process's row where it is missing. Opens every write. */
  register(): void {
    if (this.#id !== undefined && this.#db.value('SELECT 1 FROM owner WHERE id = ?', this.#id) === 1) return;
    this.refuseOtherHosts();
    const { token, host, machine, boot, space, pid, start } = this.#self;
    const sql =
      'INSERT INTO owner (token, host, machine, boot, space, pid, start, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
    this.#id = this.#db.run(sql, token, host, machine, boot, space, pid, start, this.#now()).id;
  }
  /** The id of this process's row. For use inside a write. */
  get own(): number {
    return present(this.#id, "the store's owner");
  }
  isOwn(id: number): boolean {
    return id === this.#id;
  }
  get isRegistered(): boolean {
    return this.#id !== undefined;
  }
  isAlive(id: number): boolean {
    const row = this.#db.get<OwnerRow>('SELECT * FROM owner WHERE id = ?', id);
    return row !== undefined && this.#lives(row);
  }
  describe(id: number): string {
    const row = this.#db.get<OwnerRow>('SELECT * FROM owner WHERE id = ?', id);
    return row === undefined ? 'a process that is gone' : describeOwner(row);
  }
  /** Ids of the owners that live. */
  living(): ReadonlySet<number> {
    return new Set(
      this.#rows()
        .filter((row) => this.#lives(row))
        .map((row) => row.id),
    );
  }
  /** Says that this process still lives, to those who cannot look. For use inside a write. */
  giveSign(): void {
    this.#db.run('UPDATE owner SET seen = ? WHERE id = ?', this.#now(), this.#id ?? -1);
  }
  /** Gives back every lease and leaves. For use inside a write. */
  leave(): void {
    const id = this.#id ?? -1;
    this.#db.run('DELETE FROM lease WHERE owner = ?', id);
    this.#db.run("UPDATE meta SET value = 0 WHERE name = 'sole' AND value = ?", id);
    this.#db.run('UPDATE owner SET ended = 1 WHERE id = ?', id);
    this.#db.run('DELETE FROM owner WHERE id = ? AND id NOT IN (SELECT owner FROM run)', id);
  }
  /** Forgets the dead that neither a run nor a living lease names. For use inside a write. */
  bury(): void {
    for (const row of this.#rows()) {
      if (this.#lives(row)) continue;
      this.#db.run('DELETE FROM lease WHERE owner = ?', row.id);
      this.#db.run('DELETE FROM owner WHERE id = ? AND id NOT IN (SELECT owner FROM run)', row.id);
    }
  }

  #rows(): OwnerRow[] {
    return this.#db.all<OwnerRow>('SELECT * FROM owner WHERE ended = 0');
  }
  #lives(row: OwnerRow): boolean {
    if (row.token === this.#self.token) return true;
    return row.ended === 0 && this.#isAlive(row, row.seen, this.#now());
  }
}

/** Calls `beat` now and then without keeping the process alive; gives the way to stop it. */
export function startHeartbeat(beat: () => void, interval = heartbeat): () => void {
  const timer = setInterval(beat, interval);
  timer.unref();
  return () => clearInterval(timer);
}
