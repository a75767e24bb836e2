/** Digests of source files and folders, remembered by stat; and their copies in the store. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Digest, digestOf } from '../base/digest.ts';
import type { FolderEntry } from '../model/executor.ts';
import { Fault } from '../model/fault.ts';
import { folderDigest } from '../model/folder.ts';
import type { Context } from './context.ts';
import { walkFolder } from './folder-walk.ts';
import { type Stat, isSettled, lookAt, spellStat } from './stat.ts';

export interface SourceDep {
  readonly path: string;
  readonly pin: boolean;
  readonly exclude: readonly string[];
}

export interface Source {
  readonly digest: Digest;
  readonly shape: 'file' | 'folder';
  /** The files of a folder that was not copied, where they lie. */
  readonly entries?: readonly FolderEntry[] | undefined;
}

/** Asked of each source once in a plan; the same answer holds for all steps of it. */
export interface Sources {
  /** Throws Fault `usage` where there is no such file or folder. */
  readonly source: (dep: SourceDep) => Promise<Source>;
}

/**
 * Sources as they are (`pin: false`, for a dry run, which only reads) or as they were copied into the store
 * (`pin: true`, for a run: the digest is that of the very bytes copied, and steps read those).
 */
export function sources(context: Context, pin: boolean): Sources {
  const known = new Map<string, Promise<Source>>();
  return {
    source: (dep) => {
      const name = JSON.stringify([dep.path, dep.exclude, dep.pin]);
      const answer = known.get(name) ?? look(context, dep, pin && dep.pin);
      known.set(name, answer);
      return answer;
    },
  };
}

async function look(context: Context, dep: SourceDep, pin: boolean): Promise<Source> {
  const absolute = join(context.root, dep.path);
  const stat = lookAt(absolute);
  if (stat === undefined) throw new Fault('usage', `there is no file or folder ${dep.path}`);
  if (stat.isDirectory()) return folderSource(context, absolute, dep, pin);
  return { digest: await fileDigest(context, absolute, pin), shape: 'file' };
}

async function folderSource(
  context: Context,
  absolute: string,
  dep: SourceDep,
  pin: boolean,
): Promise<Source> {
  // A file that comes or goes changes no stat of another: folders are walked anew each time.
  context.witness.doubt('a folder is a source');
  context.witness.look(absolute, 'folder');
  const files = walkFolder(absolute, dep.exclude);
  const digests = await Promise.all(files.map((file) => fileDigest(context, file.absolute, pin)));
  const entries = files.map(({ path, executable, absolute: place }, i): FolderEntry => {
    return { path, executable, digest: digests[i] as Digest, content: { type: 'file', path: place } };
  });
  const digest = folderDigest(entries);
  if (!pin) return { digest, shape: 'folder', entries };
  if (context.store.artifacts.has(digest)) return { digest, shape: 'folder' };
  // The files' content comes from the store, where it was just copied, not from the working tree a second time.
  const kept = entries.map(({ path, executable, digest: file }) => {
    return { path, executable, content: context.store.artifacts.content(file) };
  });
  return { digest: await context.store.artifacts.putFolder(kept), shape: 'folder' };
}

async function fileDigest(context: Context, absolute: string, pin: boolean): Promise<Digest> {
  const remembered = recall(context, absolute);
  if (remembered !== undefined && (!pin || context.store.artifacts.has(remembered.digest))) {
    context.witness.note(absolute, remembered.stat);
    return remembered.digest;
  }
  const before = lookAt(absolute);
  if (before === undefined) throw new Fault('usage', `${absolute} is gone`);
  context.witness.look(absolute, spellStat(before));
  const digest = pin
    ? await context.store.artifacts.put({ type: 'file', path: absolute })
    : digestOf(readFileSync(absolute));
  const after = lookAt(absolute);
  const same = after !== undefined && spellStat(after) === spellStat(before);
  if (same && isSettled(before, context.now())) remember(context, absolute, spellStat(before), digest);
  else context.witness.doubt('a source was written a moment ago');
  return digest;
}

const memoName = 'file';

function recall(
  context: Context,
  absolute: string,
): { readonly digest: Digest; readonly stat: Stat } | undefined {
  const text = context.store.memos.get(memoName, absolute);
  if (text === undefined) return undefined;
  const stat = lookAt(absolute);
  const [known, digest] = text.split(' ');
  return stat !== undefined && spellStat(stat) === known
    ? { digest: digest as Digest, stat: known }
    : undefined;
}

function remember(context: Context, absolute: string, stat: Stat, digest: Digest): void {
  context.store.memos.set(memoName, absolute, `${stat} ${digest}`);
  context.witness.note(absolute, stat);
}
