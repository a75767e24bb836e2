/** What garbage collection must keep because somebody said so. */
import type { Context } from './context.ts';
import type { Pin, PinShelf } from './local.ts';

export class Pins implements PinShelf {
  readonly #context: Context;
  constructor(context: Context) {
    this.#context = context;
  }
  list(): readonly Pin[] {
    return this.#context.db.all<Pin>('SELECT type, name, note FROM pin ORDER BY type, name');
  }
  async pin({ type, name, note }: Pin): Promise<void> {
    const { db, writer } = this.#context;
    const apply = (): unknown => db.run('INSERT OR REPLACE INTO pin VALUES (?, ?, ?)', type, name, note);
    await writer.add({ durable: true, apply }, true);
  }
  async unpin(type: Pin['type'], name: string): Promise<void> {
    const { db, writer } = this.#context;
    const apply = (): unknown => db.run('DELETE FROM pin WHERE type = ? AND name = ?', type, name);
    await writer.add({ durable: true, apply }, true);
  }
}
