/** What was put where, so that an edited file is told from a published one. */
import type { PublishedPath, PublishedShelf } from '../src/model/store.ts';
import type { Context } from './context.ts';

export class Published implements PublishedShelf {
  readonly #context: Context;
  constructor(context: Context) {
    this.#context = context;
  }
  list(profile: string): readonly PublishedPath[] {
    const sql = 'SELECT path, digest, step, profile, stat FROM published WHERE profile = ? ORDER BY path';
    return this.#context.db.all(sql, profile);
  }
  async set(paths: readonly PublishedPath[]): Promise<void> {
    await this.#context.writer.add(
      { durable: true, apply: () => paths.forEach((path) => this.#insert(path)) },
      true,
    );
  }
  async remove(profile: string, path: string): Promise<void> {
    const { db, writer } = this.#context;
    const apply = (): unknown =>
      db.run('DELETE FROM published WHERE profile = ? AND path = ?', profile, path);
    await writer.add({ durable: true, apply }, true);
  }

  #insert({ profile, path, digest, step, stat }: PublishedPath): void {
    const sql = 'INSERT OR REPLACE INTO published (profile, path, digest, step, stat) VALUES (?, ?, ?, ?, ?)';
    this.#context.db.run(sql, profile, path, digest, step, stat);
  }
}
