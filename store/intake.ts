/** Takes content in: the digest is that of the very bytes that will be kept. */
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { digestOf } from '../src/base/digest.ts';
import { InvariantError } from '../src/base/invariant.ts';
import type { Content, FolderEntry, Out } from '../src/model/executor.ts';
import { Fault } from '../src/model/fault.ts';
import { type ManifestEntry, folderManifest } from '../src/model/folder.ts';
import type { ArtifactReference } from '../src/model/trace.ts';
import type { OutDraft } from '../src/model/store.ts';
import { asFault, codeOf } from './faults.ts';
import { hashFile, hashFileNow } from '../src/disk/hashing.ts';
import { type Incoming, inlineLimit } from './local.ts';

/** Where larger content is kept until it is committed; the memory store has no files and reads all into bytes. */
interface Landing {
  readonly write: (bytes: Uint8Array) => string;
  readonly copy: (path: string) => Promise<string>;
  readonly takeOver: (path: string) => string;
  readonly discard: (path: string) => void;
}

const attempts = 3;

/** Copies content in. Throws Fault `usage` where a file changes all the while or cannot be read. */
export async function copyIn(content: Content, landing: Landing | undefined): Promise<Incoming> {
  if (content.type === 'bytes') return takeBytes(content.bytes, landing);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const copy = await copyUnchanged(content.path, landing);
    if (copy !== undefined) return copy;
    await pause(10 * attempt);
  }
  throw new Fault('usage', `changing while read: ${content.path}`);
}

/** One try at copying a file; undefined where it changed meanwhile. */
async function copyUnchanged(path: string, landing: Landing | undefined): Promise<Incoming | undefined> {
  try {
    const before = signature(path);
    const copy = await copyOnce(path, before.size, landing);
    if (copy !== undefined && copy.size === before.size && signature(path).text === before.text) return copy;
    if (copy?.body.type === 'file') landing?.discard(copy.body.path);
    return undefined;
  } catch (error) {
    throw unreadable(error, path);
  }
}

async function copyOnce(path: string, size: number, landing?: Landing): Promise<Incoming | undefined> {
  if (landing === undefined || size <= inlineLimit) {
    const bytes = readFileSync(path);
    // Grown since: larger content belongs in a file.
    return landing !== undefined && bytes.length > inlineLimit ? undefined : takeBytes(bytes, landing);
  }
  const copy = await landing.copy(path);
  return { ...(await hashFile(copy)), body: { type: 'file', path: copy } };
}

function signature(path: string): { readonly size: number; readonly text: string } {
  const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return { size: Number(size), text: `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}` };
}

function unreadable(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new Fault('usage', `no such file: ${path}`);
  if (code === 'EISDIR') return new Fault('usage', `a folder, not a file: ${path}`);
  if (code === 'EACCES' || code === 'EPERM') return new Fault('usage', `not allowed to read: ${path}`);
  return asFault(error, path);
}

/** Keeps bytes: small ones as a copy, so that the caller may go on writing in its own. */
function takeBytes(bytes: Uint8Array, landing?: Landing): Incoming {
  const artifact = { digest: digestOf(bytes), size: bytes.length };
  if (landing === undefined || bytes.length <= inlineLimit)
    return { ...artifact, body: { type: 'bytes', bytes: Uint8Array.from(bytes) } };
  try {
    return { ...artifact, body: { type: 'file', path: landing.write(bytes) } };
  } catch (error) {
    const failure = asFault(error, 'the store') as Error;
    return { ...artifact, body: { type: 'bytes', bytes }, failure };
  }
}

/** Takes over a finished file, at once. Throws InvariantError where it is no regular file. */
function takeFile(path: string, landing?: Landing): Incoming {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new InvariantError(`an out must be a regular file: ${path}`);
  if (landing === undefined || found.size <= inlineLimit) return takeBytes(readFileSync(path), landing);
  try {
    const own = landing.takeOver(path);
    return { ...hashFileNow(own), body: { type: 'file', path: own } };
  } catch (error) {
    const failure = asFault(error, 'the store') as Error;
    return { ...hashFileNow(path), body: { type: 'file', path }, failure };
  }
}

function takeContent(content: Content, landing?: Landing): Incoming {
  return content.type === 'bytes' ? takeBytes(content.bytes, landing) : takeFile(content.path, landing);
}

/** A folder's files and its manifest, the manifest last. */
export function takeFolder(
  entries: readonly Omit<FolderEntry, 'digest' | 'content'>[],
  files: readonly Incoming[],
  landing?: Landing,
): Incoming[] {
  const listed: ManifestEntry[] = entries.map((entry, index) => ({
    path: entry.path,
    executable: entry.executable,
    digest: (files[index] as Incoming).digest,
  }));
  const manifest = new TextEncoder().encode(folderManifest(listed));
  const members = [...new Set(listed.map((entry) => entry.digest))];
  return [...files, { ...takeBytes(manifest, landing), members }];
}

interface TakenOuts {
  readonly references: Readonly<Record<string, ArtifactReference>>;
  readonly artifacts: readonly Incoming[];
}

/** Takes over the outs of an execution, at once. */
export function takeOuts(outs: Readonly<Record<string, OutDraft>>, landing?: Landing): TakenOuts {
  const references: Record<string, ArtifactReference> = {};
  const artifacts: Incoming[] = [];
  for (const [role, { out, kind }] of Object.entries(outs)) {
    const taken = takeOut(out, landing);
    const { digest, size } = taken.at(-1) as Incoming;
    artifacts.push(...taken);
    references[role] = { digest, size, kind: `${kind.name}/${kind.version}`, extension: kind.extension };
  }
  return { references, artifacts };
}

function takeOut(out: Out, landing?: Landing): readonly Incoming[] {
  if (out.type !== 'folder') return [takeContent(out, landing)];
  const files = out.entries.map((entry) => takeContent(entry.content, landing));
  return takeFolder(out.entries, files, landing);
}
