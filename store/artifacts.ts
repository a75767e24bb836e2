/** Artifacts by digest. */
import { writeFileSync } from 'node:fs';
import { type Digest, digestOf } from '../src/base/digest.ts';
import type { Content, FolderEntry } from '../src/model/executor.ts';
import { parseManifest } from '../src/model/folder.ts';
import type { ArtifactShelf } from '../src/model/store.ts';
import { bytesOf, contentOf, isFresh, isPresent, sizeOf } from './artifact-table.ts';
import type { Context } from './context.ts';
import { raiseEpoch } from './tables.ts';
import { asFault, codeOf } from './faults.ts';
import { gather } from './gather.ts';
import { hashFile } from '../src/disk/hashing.ts';
import { copyIn, takeFolder } from './intake.ts';
import { type Incoming, inlineLimit } from './local.ts';

type Verdict = 'sound' | 'damaged' | 'absent';

/** How many digests `verify` asks for at a time. */
const page = 256;

export class Artifacts implements ArtifactShelf {
  readonly #context: Context;
  constructor(context: Context) {
    this.#context = context;
  }
  has(digest: Digest): boolean {
    const present = isPresent(this.#context, digest);
    if (present) this.#touch(digest);
    return present;
  }
  size(digest: Digest): number | undefined {
    return sizeOf(this.#context, digest);
  }
  read(digest: Digest): Uint8Array {
    return bytesOf(this.#context, digest);
  }
  content(digest: Digest): Content {
    return contentOf(this.#context, digest);
  }
  folder(digest: Digest): readonly FolderEntry[] {
    const entries = parseManifest(new TextDecoder().decode(this.read(digest)));
    return entries.map((entry) => ({ ...entry, content: this.content(entry.digest) }));
  }
  async put(content: Content): Promise<Digest> {
    const artifact = await copyIn(content, this.#context.files);
    return this.#keep([artifact]);
  }
  async putFolder(entries: readonly Omit<FolderEntry, 'digest'>[]): Promise<Digest> {
    const files: Incoming[] = [];
    for (const entry of entries) files.push(await copyIn(entry.content, this.#context.files));
    return this.#keep(takeFolder(entries, files, this.#context.files));
  }
  async *verify(): AsyncGenerator<{ readonly digest: Digest; readonly status: Verdict }> {
    await this.#context.writer.drain();
    let last = '';
    for (;;) {
      const digests = this.#context.db.values<Digest>(
        `SELECT digest FROM artifact WHERE digest > ? AND size IS NOT NULL ORDER BY digest LIMIT ${page}`,
        last,
      );
      for (const digest of digests) yield { digest, status: await this.#inspect(digest) };
      if (digests.length === 0) return;
      last = digests.at(-1) as Digest;
    }
  }
  async quarantine(digest: Digest): Promise<void> {
    await this.#context.writer.drain();
    await this.#context.writer.add({ durable: true, apply: () => this.#setAside(digest) }, true);
  }
  matching(prefix: string): readonly Digest[] {
    const { db, pending } = this.#context;
    if (!/^[0-9a-f]+$/.test(prefix)) return [];
    // Every digest that starts so lies between the prefix and the prefix followed by the letter after f.
    const stored = db.values<Digest>(
      'SELECT digest FROM artifact WHERE digest >= ? AND digest < ? AND size IS NOT NULL',
      prefix,
      `${prefix}g`,
    );
    const queued = [...pending.digests].filter((digest) => digest.startsWith(prefix));
    return [...new Set([...stored, ...queued])].sort();
  }

  /**
   * A process that is at work and relies on an artifact without putting it again keeps it from being collected. Those
   * that only look leave no mark.
   */
  #touch(digest: Digest): void {
    const { owners, pending } = this.#context;
    if (!owners.isRegistered || pending.artifact(digest) || isFresh(this.#context, digest)) return;
    gather(this.#context, pending.touched, '', {
      begin: () => new Set<Digest>(),
      put: (digests) => void digests.add(digest),
      write: (digests) => ({ type: 'used', digests: [...digests] }),
    });
  }
  /** Queues what is not there yet. The last one names the whole. */
  #keep(artifacts: readonly Incoming[]): Digest {
    const { files, pending, writer } = this.#context;
    const failed = artifacts.find((artifact) => artifact.failure !== undefined);
    if (failed) throw failed.failure as Error;
    const whole = (artifacts.at(-1) as Incoming).digest;
    if (artifacts.every(({ digest }) => isFresh(this.#context, digest) && isPresent(this.#context, digest))) {
      for (const { body } of artifacts) if (body.type === 'file') files.discard(body.path);
      return whole;
    }
    pending.addArtifacts(artifacts);
    void writer.add({
      durable: true,
      ready: sealAll(this.#context, artifacts),
      writing: () => ({ type: 'artifacts', artifacts }),
      released: () => pending.removeArtifacts(artifacts),
    });
    return whole;
  }
  async #inspect(digest: Digest): Promise<Verdict> {
    const size = this.size(digest);
    if (size === undefined) return 'absent';
    try {
      const found =
        size > inlineLimit ? await hashFile(this.#context.files.path(digest)) : this.#inline(digest);
      return found.digest === digest && found.size === size ? 'sound' : 'damaged';
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return 'absent';
      throw error;
    }
  }
  #inline(digest: Digest): { readonly digest: Digest | undefined; readonly size: number } {
    const bytes = this.#blob(digest);
    return bytes === undefined
      ? { digest: undefined, size: -1 }
      : { digest: digestOf(bytes), size: bytes.length };
  }
  #blob(digest: Digest): Uint8Array | undefined {
    return this.#context.db.value('SELECT bytes FROM blob JOIN artifact USING (id) WHERE digest = ?', digest);
  }
  #setAside(digest: Digest): void {
    const { db, files } = this.#context;
    const aside = files.aside(digest);
    const bytes = this.#blob(digest);
    if (bytes !== undefined) writeFileSync(aside, bytes);
    else files.moveAside(digest, aside);
    db.run('DELETE FROM blob WHERE id = (SELECT id FROM artifact WHERE digest = ?)', digest);
    db.run('UPDATE artifact SET size = NULL WHERE digest = ?', digest);
    raiseEpoch(db);
  }
}

/** Synchronises the files among them. */
export async function sealAll({ files }: Context, artifacts: readonly Incoming[]): Promise<void> {
  for (const { body, failure } of artifacts) {
    if (failure !== undefined) throw failure;
    if (body.type === 'file')
      await files.seal(body.path).catch((error) => Promise.reject(asFault(error, body.path)));
  }
}
