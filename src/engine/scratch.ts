/** Takes scratch folders away: an attempt's when it has ended, a run's with it, a killed run's when another comes. */
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunShelf } from '../model/store.ts';

/** Removes a folder and all in it, also where a step took away the right to write; what resists stays for the next run. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    makeWritable(folder);
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Something that the step left running still writes here.
    }
  }
}

/** Removes the folders of runs that are gone: a killed run cannot do so itself. */
export function removeLeftovers(scratch: string, runs: Pick<RunShelf, 'list'>): void {
  const names = namesIn(scratch);
  if (names.length === 0) return;
  // A run is recorded before it makes its folder, so one that is listed neither as running nor at all has ended.
  const live = new Set(runs.list().flatMap(({ id, status }) => (status === 'running' ? [id] : [])));
  for (const name of names) if (!live.has(name)) removeFolder(join(scratch, name));
}

function makeWritable(folder: string): void {
  try {
    chmodSync(folder, 0o700);
  } catch {
    return;
  }
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) makeWritable(join(folder, entry.name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
