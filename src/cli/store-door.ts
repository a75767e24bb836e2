/** The store of a project for a command that looks at it for long: opened anew where it was removed or made meanwhile. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../model/store.ts';
import { memoryStore } from '../../store/memory/store.ts';
import { openStore } from '../../store/open.ts';
import { databaseName } from '../../store/place.ts';
import { viewOf } from '../../store/view.ts';

export class StoreDoor {
  readonly #folder: string;
  #open: { readonly store: Store; readonly view: Store; readonly file: string } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** To read from. Empty where there is none. Throws Fault `store` where it cannot be opened. */
  store(): Store {
    return this.#now().store;
  }

  /** The same, with what is remembered or kept meanwhile staying in this process, from one plan to the next. */
  view(): Store {
    return this.#now().view;
  }

  #now(): { readonly store: Store; readonly view: Store } {
    const file = this.#file();
    if (this.#open?.file === file) return this.#open;
    // What is gone cannot be closed well, and a reader has nothing to lose with it.
    this.#open?.store.close().catch(() => undefined);
    const store = openStore(this.#folder, { absent: 'empty' });
    this.#open = { store, view: viewOf(store, memoryStore()), file };
    return this.#open;
  }

  /** Names the database that lies there now. */
  #file(): string {
    const stat = statSync(join(this.#folder, databaseName), { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? '' : `${stat.dev}:${stat.ino}`;
  }

  async close(): Promise<void> {
    await this.#open?.store.close();
  }
}
