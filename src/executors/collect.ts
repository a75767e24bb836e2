/** Takes a command's outs from its scratch folder: what is missing, linked or leads outside is a failure. */
import { constants, lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { copyFile, cp, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { byCodeUnit } from '../base/canonical.ts';
import type { Out, Work } from '../model/executor.ts';

/** Thrown where an out is not what was declared; the message names it. */
export class OutError extends Error {}

type OutsDeclared = Extract<Work, { type: 'command' }>['outs'];

/** The outs by role. Throws {@link OutError} at the first that is not as declared. */
export async function collectOuts(declared: OutsDeclared, scratch: string): Promise<Record<string, Out>> {
  const outs: Record<string, Out> = {};
  for (const [role, out] of Object.entries(declared)) {
    const at = join(scratch, out.path);
    const found = look(role, out.path, scratch);
    if (found.isDirectory() !== out.folder)
      throw new OutError(
        `out "${role}" (${out.path}) is a ${out.folder ? 'file, not a folder' : 'folder, not a file'}`,
      );
    outs[role] = out.folder ? await collectFolder(role, at) : { type: 'file', path: await alone(at, found) };
  }
  return outs;
}

function look(role: string, path: string, scratch: string): Stats {
  const named = `out "${role}" (${path})`;
  const found = lstatSync(join(scratch, path), { throwIfNoEntry: false });
  if (found === undefined) throw new OutError(`${named} is missing: the command did not write it`);
  if (found.isSymbolicLink()) throw new OutError(`${named} is a symbolic link; write the file itself`);
  if (realpathSync(dirname(join(scratch, path))) !== dirname(join(realpathSync(scratch), path)))
    throw new OutError(`${named} lies outside the scratch folder, through a symbolic link`);
  if (!found.isFile() && !found.isDirectory()) throw new OutError(`${named} is neither a file nor a folder`);
  return found;
}

/** A file that the store may take over by renaming: one with a second name elsewhere is copied first. */
async function alone(path: string, found: Stats): Promise<string> {
  if (found.nlink === 1) return path;
  await copyFile(path, `${path}.alone`, constants.COPYFILE_FICLONE);
  await rename(`${path}.alone`, path);
  return path;
}

type FolderOut = Extract<Out, { type: 'folder' }>;

async function collectFolder(role: string, folder: string): Promise<FolderOut> {
  const entries: FolderOut['entries'][number][] = [];
  await replaceLinks(role, folder);
  for (const path of filesBelow(folder)) {
    const at = join(folder, path);
    const found = lstatSync(at);
    if (!found.isFile())
      throw new OutError(`out "${role}" holds ${path}, which is neither a file nor a folder`);
    entries.push({
      path,
      executable: (found.mode & 0o100) !== 0,
      content: { type: 'file', path: await alone(at, found) },
    });
  }
  refuseClashes(role, entries);
  return { type: 'folder', entries };
}

/** A link inside a folder counts as what it points to, if that is inside too. */
async function replaceLinks(role: string, folder: string): Promise<void> {
  const top = realpathSync(folder);
  for (const path of filesBelow(folder)) {
    const at = join(folder, path);
    if (!lstatSync(at).isSymbolicLink()) continue;
    const target = targetOf(at);
    const below = target === undefined ? '..' : relative(top, target);
    if (target === undefined || below === '' || below.startsWith('..') || at.startsWith(`${target}/`))
      throw new OutError(
        `out "${role}" holds the symbolic link ${path}, which leads ${target === undefined ? 'nowhere' : 'outside it or to a folder around it'}`,
      );
    await rm(at);
    await cp(target, at, { recursive: true, dereference: true, preserveTimestamps: true });
  }
}

function targetOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function refuseClashes(role: string, entries: FolderOut['entries']): void {
  const seen = new Map<string, string>();
  for (const { path } of entries) {
    const folded = path.normalize('NFC').toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined)
      throw new OutError(
        `out "${role}" holds "${other}" and "${path}", one name on some file systems; rename one`,
      );
    seen.set(folded, path);
  }
}

/** Everything below `folder` but folders, as POSIX paths sorted by code unit; links are not followed. */
function filesBelow(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => !entry.isDirectory());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort(byCodeUnit);
}

/** Files in the scratch folder that are neither inputs nor declared outs. */
export function undeclared(scratch: string, inputs: ReadonlySet<string>, declared: OutsDeclared): string[] {
  const outs = Object.values(declared);
  const isOut = (path: string) =>
    outs.some((out) => path === out.path || (out.folder && path.startsWith(`${out.path}/`)));
  return filesBelow(scratch).filter((path) => !inputs.has(path) && !isOut(path));
}
