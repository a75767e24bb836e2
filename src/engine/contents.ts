/** The contents of artifacts as steps ask for them, the latest small ones at hand: a fan reads one artifact for each step. */
import type { Digest } from '../base/digest.ts';
import type { Content, FolderEntry } from '../model/executor.ts';
import type { ArtifactShelf } from '../model/store.ts';

export interface Contents {
  /** Bytes for a small artifact, a path for a large one. Throws Fault `store` where it is absent or damaged. */
  readonly content: (digest: Digest) => Content;
  /** The files of a folder artifact, sorted by path. Throws like `content`. */
  readonly folder: (digest: Digest) => readonly FolderEntry[];
  /** Notes bytes that were just recorded, which are likely to be asked for next. Nobody may write in them. */
  readonly note: (digest: Digest, bytes: Uint8Array) => void;
}

/** Keeps up to `limit` bytes of small artifacts; the one noted or read first gives way first. */
export function contentsOf(
  shelf: Pick<ArtifactShelf, 'content' | 'folder'>,
  limit: number = 2 ** 24,
): Contents {
  const held = new Map<Digest, Content & { readonly type: 'bytes' }>();
  let size = 0;
  const isWanted = (digest: Digest, bytes: Uint8Array) => !held.has(digest) && bytes.length <= limit / 64;
  const hold = (digest: Digest, content: Content & { readonly type: 'bytes' }): void => {
    held.set(digest, content);
    size += content.bytes.length;
    for (const [first, { bytes }] of held) {
      if (size <= limit) return;
      held.delete(first);
      size -= bytes.length;
    }
  };
  const content = (digest: Digest): Content => {
    const known = held.get(digest);
    if (known !== undefined) return known;
    const read = shelf.content(digest);
    if (read.type === 'bytes' && isWanted(digest, read.bytes)) hold(digest, read);
    return read;
  };
  return {
    content,
    folder: (digest) => shelf.folder(digest),
    note: (digest, bytes) => {
      // A copy: the bytes may be a view into the whole message of a worker.
      if (isWanted(digest, bytes)) hold(digest, { type: 'bytes', bytes: Uint8Array.from(bytes) });
    },
  };
}
