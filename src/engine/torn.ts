/** Tells whether inputs that were not copied into the store changed while their step executed. */
import { join } from 'node:path';
import type { Digest } from '../base/digest.ts';
import { hashFile } from '../disk/hashing.ts';
import { Fault } from '../model/fault.ts';
import { folderDigest } from '../model/folder.ts';
import type { Step, StepInput } from '../model/step.ts';
import type { ResolvedInput } from './decide.ts';
import { walkFolder } from './folder-walk.ts';
import { lookAt } from './stat.ts';

type Unpinned = Extract<StepInput, { type: 'source' }>;

/** Whether an unpinned source has other bytes now than its digest says. Reads it whole. */
export async function isTorn(
  root: string,
  step: Step,
  inputs: Readonly<Record<string, ResolvedInput>>,
): Promise<boolean> {
  for (const [role, declared] of Object.entries(step.inputs)) {
    const input = inputs[role];
    if (declared.type !== 'source' || declared.pin || input?.type !== 'one') continue;
    if ((await digestNow(root, declared, input.shape)) !== input.digest) return true;
  }
  return false;
}

/** Undefined where there is no such file or folder any more, or none that could be read. */
async function digestNow(root: string, { path, exclude }: Unpinned, shape: 'file' | 'folder') {
  const absolute = join(root, path);
  if (shape === 'file') return digestOfFile(absolute);
  try {
    const entries = [];
    for (const file of walkFolder(absolute, exclude)) {
      const digest = await digestOfFile(file.absolute);
      if (digest === undefined) return undefined;
      entries.push({ path: file.path, executable: file.executable, digest });
    }
    return folderDigest(entries);
  } catch (error) {
    if (error instanceof Fault || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function digestOfFile(path: string): Promise<Digest | undefined> {
  if (lookAt(path)?.isFile() !== true) return undefined;
  return (await hashFile(path)).digest;
}
