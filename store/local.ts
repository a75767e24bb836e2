/** What a store on this machine offers beside what the engine asks of it: pins, and the removal of garbage. */
import type { Digest } from '../src/base/digest.ts';
import type { GarbageReport, GarbageRoots, Store } from '../src/model/store.ts';

/** Artifacts up to this many bytes live inside the database; larger ones are files. Part of the format. */
export const inlineLimit = 16_384;

export interface LocalStore extends Store {
  readonly pins: PinShelf;
  /** Removes what no root needs. Traces keep their code, inputs and outs; folders keep their files. */
  readonly collectGarbage: (roots: GarbageRoots, options?: GarbageOptions) => Promise<GarbageReport>;
}

/** A trace's key, an artifact's digest or a run's id that garbage collection must keep. */
export interface Pin {
  readonly type: 'trace' | 'artifact' | 'run';
  readonly name: string;
  /** Why, in the words of who pinned it. */
  readonly note: string;
}

export interface PinShelf {
  /** Sorted by type, then name. */
  readonly list: () => readonly Pin[];
  /** Pins, or gives a pin another note. */
  readonly pin: (pin: Pin) => Promise<void>;
  readonly unpin: (type: Pin['type'], name: string) => Promise<void>;
}

export interface GarbageOptions {
  /** Counts what would go, and removes nothing. */
  readonly dryRun?: boolean;
}

/** Unreferenced artifacts and files are garbage only when unused for this long before the oldest live run (ms). */
export const garbageAge = 3_600_000;

/** An artifact on its way in: complete, hashed from the very bytes that will be kept. */
export interface Incoming {
  readonly digest: Digest;
  readonly size: number;
  readonly body:
    | { readonly type: 'bytes'; readonly bytes: Uint8Array }
    | { readonly type: 'file'; readonly path: string };
  /** For a folder's manifest: the digests of its files. */
  readonly members?: readonly Digest[] | undefined;
  /** Why its bytes could not be kept (out of space): the change that needs it fails with this. */
  readonly failure?: Error | undefined;
}
