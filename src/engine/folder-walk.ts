/** Lists the regular files of a folder dep: links inside followed, links outside refused, names that clash refused. */
import { readdirSync, realpathSync } from 'node:fs';
import { join, matchesGlob, relative } from 'node:path';
import { byCodeUnit } from '../base/canonical.ts';
import { Fault } from '../model/fault.ts';
import { type Stat, lookAt, spellStat } from './stat.ts';

interface WalkedFile {
  /** POSIX path below the folder. */
  readonly path: string;
  readonly absolute: string;
  readonly executable: boolean;
  readonly stat: Stat;
}

const skipped = new Set(['.git', '.colophon']);

/**
 * The files below `folder` (absolute), sorted by path. Throws Fault `usage` for a link that leads outside, a thing
 * that is neither file nor folder, and two names equal after case folding or NFC.
 */
export function walkFolder(folder: string, exclude: readonly string[]): WalkedFile[] {
  const found: WalkedFile[] = [];
  const walk = (below: string, visited: readonly string[]): void => {
    const real = realpathSync(join(folder, below));
    if (visited.includes(real))
      throw new Fault('usage', `${join(folder, below)} is a link to a folder that holds it`);
    for (const name of readdirSync(real).sort(byCodeUnit)) {
      const path = below === '' ? name : `${below}/${name}`;
      if (skipped.has(name) || exclude.some((glob) => matchesGlob(path, glob))) continue;
      visit(path, [...visited, real]);
    }
  };
  const top = realpathSync(folder);
  const visit = (path: string, visited: readonly string[]): void => {
    const absolute = join(folder, path);
    const stat = lookAt(absolute);
    if (stat === undefined)
      throw new Fault('usage', `${absolute} is a link that leads nowhere; remove or exclude it`);
    refuseOutside(top, absolute);
    if (stat.isDirectory()) return walk(path, visited);
    if (!stat.isFile()) throw new Fault('usage', `${absolute} is neither a file nor a folder; exclude it`);
    found.push({ path, absolute, executable: (stat.mode & 0o100n) !== 0n, stat: spellStat(stat) });
  };
  walk('', []);
  refuseClashes(folder, found);
  return found.sort((a, b) => byCodeUnit(a.path, b.path));
}

function refuseOutside(top: string, absolute: string): void {
  const target = realpathSync(absolute);
  if (!relative(top, target).startsWith('..')) return;
  throw new Fault('usage', `${absolute} links to ${target}, outside the folder; copy it in, or exclude it`);
}

function refuseClashes(folder: string, files: readonly WalkedFile[]): void {
  const seen = new Map<string, string>();
  for (const { path } of files) {
    const folded = path.normalize('NFC').toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined)
      throw new Fault(
        'usage',
        `${folder}: "${other}" and "${path}" are one name on some file systems; rename one`,
      );
    seen.set(folded, path);
  }
}
