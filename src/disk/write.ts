/** Writes files whole or not at all: who reads the path meanwhile sees the old bytes or the new ones. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { digestOf } from '../base/digest.ts';

/** Makes the folders on the way; replaces what is there. Without `mode`, a new file's is as the process makes them. */
export function writeWhole(path: string, content: Uint8Array | string, mode?: number): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `.${process.pid}.${digestOf(resolve(path)).slice(0, 8)}.part`);
  writeFileSync(draft, content, mode === undefined ? {} : { mode });
  renameSync(draft, path);
}
