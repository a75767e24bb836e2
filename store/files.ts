/** Artifacts that are files: `objects/ab/<digest>`, and `incoming/` beside them for what is not complete yet. */
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve, sep } from 'node:path';
import { type Digest, isDigest } from '../src/base/digest.ts';

export class ObjectFiles {
  readonly folder: string;
  readonly #token = randomBytes(6).toString('hex');
  readonly #incoming = new Set<string>();
  readonly #touched = new Set<string>();
  #count = 0;

  /** `folder` is the store's own folder; nothing is made in it until a file comes in. */
  constructor(folder: string) {
    this.folder = resolve(folder);
  }
  path(digest: Digest): string {
    return join(this.folder, 'objects', digest.slice(0, 2), digest);
  }
  /** Whether the artifact's file is there with the size it should have. */
  sound(digest: Digest, size: number): boolean {
    return statSync(this.path(digest), { throwIfNoEntry: false })?.size === size;
  }

  /** Writes bytes to a file of its own in `incoming/`. */
  write(bytes: Uint8Array): string {
    const path = this.#reserve();
    writeFileSync(path, bytes, { flag: 'wx' });
    return path;
  }
  /** Copies a file to `incoming/`, sharing its blocks where the file system can. */
  async copy(source: string): Promise<string> {
    const path = this.#reserve();
    await copyFile(source, path, constants.COPYFILE_FICLONE);
    chmodSync(path, 0o644);
    return path;
  }
  /** Moves a finished file to `incoming/`; copies it where others share it or it is on another file system. */
  takeOver(source: string): string {
    const path = this.#reserve();
    if (lstatSync(source).nlink > 1 || this.#isOurs(source) || !moved(source, path))
      copyFileSync(source, path, constants.COPYFILE_FICLONE);
    chmodSync(path, 0o644);
    return path;
  }
  /** Makes an incoming file outlive a power failure, and protects it from careless hands. */
  async seal(path: string): Promise<void> {
    const file = await open(path, 'r+');
    try {
      await file.sync();
      await file.chmod(0o444);
    } finally {
      await file.close();
    }
  }
  /**
   * Puts an incoming file at its place, replacing whatever lies there without a row. The incoming name stays, as a
   * link, until `close`: a reader in this process may have been given it before the commit.
   */
  place(path: string, digest: Digest): void {
    const target = this.path(digest);
    mkdirSync(dirname(target), { recursive: true });
    replace(this.#again(path), target);
    this.#touched.add(dirname(target));
  }
  /** Lets an incoming file that proved to be a copy share the blocks of the one that is in place. */
  share(path: string, digest: Digest): void {
    replace(this.#again(this.path(digest)), path);
  }
  discard(path: string): void {
    rmSync(path, { force: true });
    this.#incoming.delete(path);
  }
  remove(digest: Digest): void {
    rmSync(this.path(digest), { force: true });
  }
  /** A place in `quarantine/` for bytes that are not what they should be. */
  aside(digest: Digest): string {
    mkdirSync(join(this.folder, 'quarantine'), { recursive: true });
    return join(this.folder, 'quarantine', `${digest}-${Date.now().toString(36)}${this.#count++}`);
  }
  /** Moves an artifact's file away, if there is one. */
  moveAside(digest: Digest, target: string): void {
    if (existsSync(this.path(digest))) renameSync(this.path(digest), target);
  }

  /** Makes the directory entries of placed files outlive a power failure. */
  async syncFolders(): Promise<void> {
    const folders = [...this.#touched];
    this.#touched.clear();
    await Promise.all(folders.map(syncFolder));
  }
  /** Every artifact's file under `objects/`: its digest and the time (ms) when it came there. */
  *list(): Generator<{
    readonly name: string;
    readonly path: string;
    readonly at: number;
    readonly size: number;
  }> {
    const objects = join(this.folder, 'objects');
    for (const part of names(objects)) {
      for (const file of filesIn(join(objects, part))) if (isDigest(file.name)) yield file;
    }
  }
  /** What lies in `incoming/` and is not this process's own. */
  leftovers(): { readonly path: string; readonly at: number; readonly size: number }[] {
    return [...filesIn(join(this.folder, 'incoming'))].filter((file) => !this.#incoming.has(file.path));
  }
  close(): void {
    for (const path of this.#incoming) rmSync(path, { force: true });
    this.#incoming.clear();
  }

  /** A second name for the same bytes, in `incoming/`. */
  #again(path: string): string {
    const other = this.#reserve();
    this.#incoming.delete(other);
    linkOrCopy(path, other);
    return other;
  }
  #reserve(): string {
    const folder = join(this.folder, 'incoming');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${this.#token}-${(this.#count++).toString(36)}`);
    this.#incoming.add(path);
    return path;
  }
  #isOurs(source: string): boolean {
    return resolve(source).startsWith(join(this.folder, 'objects') + sep);
  }
}

/** Renames; where both are names of one file already, rename does nothing and the first is left over. */
function replace(source: string, target: string): void {
  renameSync(source, target);
  rmSync(source, { force: true });
}

/** exFAT and the like have no hard links: there the bytes are written, and synchronised, a second time. */
function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
    const file = openSync(target, 'r');
    fsyncSync(file);
    closeSync(file);
  }
}

function moved(source: string, target: string): boolean {
  try {
    renameSync(source, target);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EXDEV') throw error;
    return false;
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function* filesIn(folder: string): Generator<{ name: string; path: string; at: number; size: number }> {
  for (const name of names(folder)) {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile()) yield { name, path, at: found.ctimeMs, size: found.size };
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
