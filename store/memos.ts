/** Remembered conclusions: small texts by name and key. */
import type { MemoShelf } from '../src/model/store.ts';
import type { Context } from './context.ts';

export class Memos implements MemoShelf {
  readonly #context: Context;
  constructor(context: Context) {
    this.#context = context;
  }
  get(name: string, key: string): string | undefined {
    const { db, pending } = this.#context;
    const queued = pending.memos.get(name)?.get(key);
    return queued ?? db.value<string>('SELECT value FROM memo WHERE name = ? AND key = ?', name, key);
  }
  all(name: string): ReadonlyMap<string, string> {
    const { db, pending } = this.#context;
    const stored = db.rows<[string, string]>('SELECT key, value FROM memo WHERE name = ?', name);
    return new Map([...stored, ...(pending.memos.get(name) ?? [])]);
  }
  set(name: string, key: string, value: string): void {
    const { pending, writer } = this.#context;
    const queued = pending.memos.get(name);
    if (queued !== undefined) return void queued.set(key, value);
    const batch = new Map([[key, value]]);
    pending.memos.set(name, batch);
    // Later ones join this batch until the group is committed; `apply` takes what is there by then.
    const released = (): void => void pending.memos.delete(name);
    void writer.add({ apply: () => this.#write(name, batch), released });
  }

  #write(name: string, batch: ReadonlyMap<string, string>): void {
    for (const [key, value] of batch)
      this.#context.db.run('INSERT OR REPLACE INTO memo VALUES (?, ?, ?)', name, key, value);
  }
}
