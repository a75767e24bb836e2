/** Remembered conclusions: small texts by name and key. */
import type { MemoShelf } from '../src/model/store.ts';
import type { Context } from './context.ts';
import { gather } from './gather.ts';

export class Memos implements MemoShelf {
  readonly #context: Context;
  constructor(context: Context) {
    this.#context = context;
  }
  get(name: string, key: string): string | undefined {
    const { db, pending } = this.#context;
    const queued = pending.memos
      .all(name)
      .findLast((batch) => batch.has(key))
      ?.get(key);
    return queued ?? db.value<string>('SELECT value FROM memo WHERE name = ? AND key = ?', name, key);
  }
  all(name: string): ReadonlyMap<string, string> {
    const { db, pending } = this.#context;
    const stored = db.rows<[string, string]>('SELECT key, value FROM memo WHERE name = ?', name);
    return new Map([...stored, ...pending.memos.all(name).flatMap((batch) => [...batch])]);
  }
  set(name: string, key: string, value: string): void {
    gather(this.#context, this.#context.pending.memos, name, {
      begin: () => new Map<string, string>(),
      put: (entries) => void entries.set(key, value),
      write: (entries) => ({ type: 'memos', name, entries }),
    });
  }
}
