/** Tells which of some files have changed since they were read, once nothing more changes for a moment. */
import { type FSWatcher, existsSync, readdirSync, statSync, watch } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Stat, statOf } from '../../engine/stat.ts';

/** Absolute path to its stat when it was read; a folder stands for everything in it. */
export type Looked = ReadonlyMap<string, Stat | 'folder'>;

export interface FileWatch {
  /** From now on these are what is watched. What happened to them meanwhile is not forgotten. */
  readonly follow: (looked: Looked) => void;
  /** The paths that changed, when all has been quiet for a moment; undefined where `stop` was aborted before. */
  readonly next: (stop: AbortSignal) => Promise<readonly string[] | undefined>;
  readonly close: () => void;
}

interface WatchTimes {
  /** Milliseconds without a change after which a change counts as complete. */
  readonly quiet: number;
  /** Milliseconds after which stats are looked at though nothing was told: not every file system tells. */
  readonly patience: number;
}

export function watchFiles(times: WatchTimes = { quiet: 200, patience: 2000 }): FileWatch {
  return new Watch(times);
}

/** Folders that are nobody's source, and may be large. */
const left = new Set(['.git', '.colophon', 'node_modules']);

class Watch implements FileWatch {
  readonly #times: WatchTimes;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #touched = new Set<string>();
  #looked: Looked = new Map();
  #folders: readonly string[] = [];
  #wake: () => void = () => undefined;

  constructor(times: WatchTimes) {
    this.#times = times;
  }

  follow = (looked: Looked): void => {
    this.#looked = looked;
    this.#folders = [...looked].flatMap(([path, stat]) => (stat === 'folder' ? [path] : []));
    const wanted = new Set([
      ...[...looked.keys()].map((path) => existing(dirname(path))),
      ...this.#folders.flatMap(foldersIn),
    ]);
    for (const [folder, watcher] of this.#watchers)
      if (!wanted.has(folder)) {
        watcher.close();
        this.#watchers.delete(folder);
      }
    for (const folder of wanted) if (!folder.includes(`${sep}node_modules`)) this.#watch(folder);
    for (const path of this.#touched) if (!this.#concerns(path)) this.#touched.delete(path);
  };

  next = async (stop: AbortSignal): Promise<readonly string[] | undefined> => {
    while (!stop.aborted) {
      this.#lookAround();
      if (this.#touched.size > 0) return this.#whenQuiet(stop);
      await this.#wait(this.#times.patience, stop);
    }
    return undefined;
  };

  close = (): void => {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  };

  async #whenQuiet(stop: AbortSignal): Promise<readonly string[] | undefined> {
    for (let count = -1; count !== this.#touched.size && !stop.aborted;) {
      count = this.#touched.size;
      while (await this.#wait(this.#times.quiet, stop)) if (stop.aborted) break;
    }
    this.#lookAround();
    const changed = [...this.#touched].sort();
    this.#touched.clear();
    // What is told now is not told again where no new stat is learned: of a file that cannot be read, say.
    const renewed = changed.flatMap((path) =>
      this.#looked.has(path)
        ? [[path, this.#looked.get(path) === 'folder' ? 'folder' : statOf(path)] as const]
        : [],
    );
    this.#looked = new Map([...this.#looked, ...renewed]);
    return stop.aborted ? undefined : changed;
  }

  /** True where something was told before the time was up. */
  async #wait(time: number, stop: AbortSignal): Promise<boolean> {
    const told = Promise.withResolvers<boolean>();
    this.#wake = () => told.resolve(true);
    const over = new AbortController();
    const signal = AbortSignal.any([stop, over.signal]);
    const timer = sleep(time, false, { signal }).catch(() => false);
    const first = await Promise.race([told.promise, timer]);
    over.abort();
    return first;
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_, name) => {
        const path = name === null ? folder : join(folder, name);
        if (!this.#concerns(path)) return;
        this.#touched.add(path);
        this.#wake();
      });
      watcher.on('error', () => undefined);
      this.#watchers.set(folder, watcher);
    } catch {
      // It is gone, or the system watches no more folders: stats tell.
    }
  }

  #concerns(path: string): boolean {
    if (this.#looked.has(path)) return true;
    const inside = this.#folders.some((folder) => path.startsWith(folder + sep));
    return inside && !path.split(sep).some((name) => left.has(name));
  }

  #lookAround(): void {
    for (const [path, stat] of this.#looked)
      if (stat !== 'folder' && statOf(path) !== stat) this.#touched.add(path);
  }
}

/** The nearest folder above that is there: what is missing may come to be. */
function existing(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : existing(dirname(folder));
}

/** The folder and those below it. */
function foldersIn(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const names = readdirSync(folder, { withFileTypes: true });
  const below = names.flatMap((entry) =>
    entry.isDirectory() && !left.has(entry.name) ? foldersIn(join(folder, entry.name)) : [],
  );
  return [folder, ...below];
}
