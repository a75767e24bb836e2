/** Puts one artifact at its path in the project, and never over what a person has written there. */
import { chmodSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Digest } from '../base/digest.ts';
import { shortDigest } from '../base/text.ts';
import { hashFileNow } from '../disk/hashing.ts';
import { writeWhole } from '../disk/write.ts';
import type { RunEvent } from '../model/event.ts';
import { Fault } from '../model/fault.ts';
import type { PublishedPath, Store } from '../model/store.ts';
import { type Stat, lookAt, missing, statOf } from './stat.ts';

/** One file's bytes and the path they are to have. */
export interface Publication {
  readonly path: string;
  readonly step: string;
  readonly digest: Digest;
  /** Of a file in a folder; undefined for one whose identity has no executable bit. */
  readonly executable?: boolean | undefined;
}

export interface Place {
  readonly root: string;
  readonly store: Store;
  /** Replace what was edited by hand, keeping the edited bytes in the store. */
  readonly restore: boolean;
  readonly emit: (event: RunEvent) => void;
}

/**
 * The stat of the file as left, or that it was so already, or that a person has edited it. `last` is what was
 * published there last. Throws Fault `usage` where the path leads through a link or meets a folder.
 */
export async function putInPlace(
  place: Place,
  publication: Publication,
  last: PublishedPath | undefined,
): Promise<Stat | 'same' | 'edited'> {
  const { root, store, emit } = place;
  const { path, step, digest, executable } = publication;
  const absolute = join(root, path);
  const stat = statOf(absolute);
  if (last?.stat === stat && last.digest === digest && !otherMode(absolute, executable)) return 'same';
  refuseObstacles(root, path);
  const there = stat !== missing && last?.stat === stat ? last.digest : digestAt(absolute);
  if (there === digest) {
    const changed = otherMode(absolute, executable);
    if (changed) chmodSync(absolute, modeOf(executable));
    emit({ type: 'published', path, step, change: changed ? 'written' : 'same' });
    return statOf(absolute);
  }
  if (there !== undefined && there !== last?.digest && !isEarlierResult(store, there, step)) {
    if (!place.restore) {
      emit({ type: 'edited', path, message: editedText(path) });
      return 'edited';
    }
    const kept = shortDigest(await store.artifacts.put({ type: 'file', path: absolute }));
    emit({
      type: 'warning',
      message: `${path}: the edited bytes are kept as ${kept} (\`colophon show ${kept}\`)`,
    });
  }
  writeWhole(
    absolute,
    store.artifacts.read(digest),
    executable === undefined ? undefined : modeOf(executable),
  );
  emit({ type: 'published', path, step, change: 'written' });
  return statOf(absolute);
}

const editedText = (path: string) =>
  `${path} was edited by hand and is left alone; \`colophon run --restore\` replaces it and keeps the edited bytes`;

/** A run that was killed between writing and remembering, or a file put back to an older version: nothing is lost. */
function isEarlierResult(store: Store, digest: Digest, step: string): boolean {
  return store.artifacts.has(digest) && store.traces.producing(digest).some((trace) => trace.step === step);
}

/** The digest of the file there; undefined where there is none. */
export function digestAt(absolute: string): Digest | undefined {
  return lookAt(absolute)?.isFile() === true ? hashFileNow(absolute).digest : undefined;
}

const modeOf = (executable: boolean | undefined) => (executable === true ? 0o755 : 0o644);

function otherMode(absolute: string, executable: boolean | undefined): boolean {
  if (executable === undefined) return false;
  const found = lookAt(absolute);
  return found !== undefined && ((found.mode & 0o100n) !== 0n) !== executable;
}

/** A path through a link could lead anywhere; one that meets a folder, or a file on its way, leads nowhere. */
function refuseObstacles(root: string, path: string): void {
  const parts = path.split('/');
  const refuse = (why: string) => {
    throw new Fault('usage', `cannot publish ${path}: ${why}`);
  };
  for (let i = 1; i <= parts.length; i++) {
    const at = parts.slice(0, i).join('/');
    const found = lstatSync(join(root, at), { throwIfNoEntry: false });
    if (found === undefined) return;
    if (found.isSymbolicLink()) refuse(`${at} is a symbolic link`);
    if (i < parts.length && !found.isDirectory()) refuse(`${at} is no folder; move it away`);
    if (i === parts.length && found.isDirectory()) refuse('there is a folder in its place; move it away');
  }
  const real = relative(realpathSync(root), realpathSync(dirname(join(root, path))));
  if (real.split(sep)[0] === '..') refuse('it lies outside the project');
}
