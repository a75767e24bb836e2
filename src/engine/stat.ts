/** Stats of files as text: whether a file is the one that was read before, without reading it again. */
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { byCodeUnit } from '../base/canonical.ts';
import { digestOf } from '../base/digest.ts';

/** `dev:ino:size:mtimeNs:ctimeNs`, or `missing`. */
export type Stat = string;

export const missing: Stat = 'missing';

/** The stat of what a path leads to (links followed). */
export function statOf(path: string): Stat {
  const found = lookAt(path);
  return found === undefined ? missing : spellStat(found);
}

/** Spells a stat. A folder's size and link count say nothing of its names, so its times stand for them. */
export function spellStat(found: BigIntStats): Stat {
  return `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}`;
}

/**
 * Whether a stat taken at `now` (ms) can be trusted later: a file written less than two seconds before may be
 * written again within the same tick of the file system's clock and keep its stat.
 */
export function isSettled(found: BigIntStats, now: number): boolean {
  const newest = found.mtimeNs > found.ctimeNs ? found.mtimeNs : found.ctimeNs;
  return BigInt(Math.floor(now)) * 1_000_000n - newest > 2_000_000_000n;
}

/** The stat itself, links followed; undefined where there is nothing, or links lead in a circle. */
export function lookAt(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') return undefined;
    throw error;
  }
}

/** The names in a folder that module resolution could choose; what the tool itself makes there does not count. */
export function namesIn(folder: string): string {
  const names = readdirSync(folder).filter(
    (name) => /\.(?:[cm]?[jt]sx?|json|wasm)$/.test(name) || name === 'node_modules',
  );
  return digestOf(names.sort(byCodeUnit).join('\n'));
}
