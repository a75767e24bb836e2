/** Artifacts in memory: the plainest thing that obeys the laws. */
import { type Digest, digestOf } from '../../src/base/digest.ts';
import type { Content, FolderEntry } from '../../src/model/executor.ts';
import { parseManifest } from '../../src/model/folder.ts';
import type { ArtifactShelf } from '../../src/model/store.ts';
import { fault } from '../faults.ts';
import { copyIn, takeFolder } from '../intake.ts';
import type { Incoming } from '../local.ts';

interface Kept {
  readonly bytes: Uint8Array;
  /** When it was last put or recorded. */
  used: number;
  /** A folder's files. */
  members: readonly Digest[];
}

export class MemoryArtifacts implements ArtifactShelf {
  readonly kept = new Map<Digest, Kept>();
  readonly #now: () => number;
  readonly #wentAway: () => void;

  constructor(now: () => number, wentAway: () => void) {
    this.#now = now;
    this.#wentAway = wentAway;
  }
  has(digest: Digest): boolean {
    if (!this.isPresent(digest)) return false;
    (this.kept.get(digest) as Kept).used = this.#now();
    return true;
  }
  /** `has`, leaving no mark. */
  isPresent(digest: Digest): boolean {
    return this.kept.get(digest)?.members.every((child) => this.isPresent(child)) === true;
  }
  size(digest: Digest): number | undefined {
    return this.kept.get(digest)?.bytes.length;
  }
  read(digest: Digest): Uint8Array {
    const found = this.kept.get(digest);
    if (found === undefined) throw fault(`artifact ${digest} is not in the store.`);
    return found.bytes;
  }
  content(digest: Digest): Content {
    return { type: 'bytes', bytes: this.read(digest) };
  }
  folder(digest: Digest): readonly FolderEntry[] {
    const entries = parseManifest(new TextDecoder().decode(this.read(digest)));
    return entries.map((entry) => ({ ...entry, content: this.content(entry.digest) }));
  }
  async put(content: Content): Promise<Digest> {
    return this.keep([await copyIn(content, undefined)]);
  }
  async putFolder(entries: readonly Omit<FolderEntry, 'digest'>[]): Promise<Digest> {
    const files: Incoming[] = [];
    for (const entry of entries) files.push(await copyIn(entry.content, undefined));
    return this.keep(takeFolder(entries, files));
  }
  async *verify(): AsyncGenerator<{ readonly digest: Digest; readonly status: 'sound' | 'damaged' }> {
    for (const digest of [...this.kept.keys()].sort()) {
      const found = this.kept.get(digest);
      if (found) yield { digest, status: digestOf(found.bytes) === digest ? 'sound' : 'damaged' };
    }
  }
  async quarantine(digest: Digest): Promise<void> {
    this.kept.delete(digest);
    this.#wentAway();
  }
  matching(prefix: string): readonly Digest[] {
    if (!/^[0-9a-f]+$/.test(prefix)) return [];
    return [...this.kept.keys()].filter((digest) => digest.startsWith(prefix)).sort();
  }

  /** Keeps what is not there yet; gives the digest of the last, which names the whole. */
  keep(artifacts: readonly Incoming[]): Digest {
    for (const artifact of artifacts) this.#keepOne(artifact);
    return (artifacts.at(-1) as Incoming).digest;
  }
  #keepOne({ digest, body, members }: Incoming): void {
    const bytes = body.type === 'bytes' ? body.bytes : new Uint8Array();
    const found = this.kept.get(digest) ?? { bytes, used: 0, members: [] };
    found.used = this.#now();
    if (members !== undefined) found.members = members;
    this.kept.set(digest, found);
  }
}
