/** Looks at a store without changing it: what is put or remembered meanwhile stays in this process. */
import type { Digest } from '../src/base/digest.ts';
import { invariant } from '../src/base/invariant.ts';
import type { ArtifactShelf, MemoShelf, Store } from '../src/model/store.ts';

/** `base` for reading, with `scratch` (a store in memory) taking what would be written. Closing closes both. */
export function viewOf(base: Store, scratch: Store): Store {
  return {
    artifacts: viewArtifacts(base.artifacts, scratch.artifacts),
    traces: { ...bound(base.traces), lease: refuse, release: refuse, record: refuse, resolve: refuse },
    runs: { ...bound(base.runs), start: refuse, append: refuse, finish: refuse, hold: refuse, fail: refuse },
    memos: viewMemos(base.memos, scratch.memos),
    published: { ...bound(base.published), set: refuse, remove: refuse },
    audits: { ...bound(base.audits), add: refuse, sign: refuse },
    epoch: () => base.epoch(),
    flush: () => scratch.flush(),
    close: async () => {
      await scratch.close();
      await base.close();
    },
  };
}

const refuse = (): never => invariant(false, 'a command that only reads asked the store to write') as never;

/** Methods as functions of their own, so that a copy of the shelf can carry them. */
function bound<T extends object>(shelf: T): T {
  const methods = new Map<string, unknown>();
  for (
    let at: object | null = shelf;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(at)) {
      const value: unknown = (shelf as Record<string, unknown>)[name];
      if (typeof value === 'function' && name !== 'constructor' && !methods.has(name))
        methods.set(name, value.bind(shelf));
    }
  }
  return Object.fromEntries(methods) as T;
}

function viewArtifacts(base: ArtifactShelf, scratch: ArtifactShelf): ArtifactShelf {
  const holder = (digest: Digest) => (scratch.has(digest) ? scratch : base);
  return {
    ...bound(base),
    has: (digest) => scratch.has(digest) || base.has(digest),
    size: (digest) => holder(digest).size(digest),
    read: (digest) => holder(digest).read(digest),
    content: (digest) => holder(digest).content(digest),
    folder: (digest) => holder(digest).folder(digest),
    put: (content) => scratch.put(content),
    putFolder: (entries) => scratch.putFolder(entries),
    quarantine: refuse,
  };
}

function viewMemos(base: MemoShelf, scratch: MemoShelf): MemoShelf {
  return {
    get: (name, key) => scratch.get(name, key) ?? base.get(name, key),
    all: (name) => new Map([...base.all(name), ...scratch.all(name)]),
    set: (name, key, value) => scratch.set(name, key, value),
  };
}
