/** Looks at the machine: Node, processors and memory, disk, and tools that are good to have. */
import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { byteSize, counted } from '../../base/text.ts';
import { networkFileSystem } from '../../../store/place.ts';
import { exits } from '../exit.ts';
import { version } from '../tool.ts';
import type { Check } from './check.ts';

/** Whatever the project. */
export function machineChecks(): Check[] {
  const { node, v8 } = process.versions;
  const what = `${process.platform} ${process.arch}, ${counted(availableParallelism(), 'processor')}, ${byteSize(totalmem())} of memory`;
  return [
    { name: 'colophon', status: 'fine', says: [version], exit: exits.ok },
    { name: 'node', status: 'fine', says: [`${node} (V8 ${v8})`], exit: exits.ok },
    { name: 'machine', status: 'fine', says: [what], exit: exits.ok },
    toolCheck('git', 'keeps the history of pipeline.yaml, stages and pipeline.lock'),
    toolCheck('bwrap', 'shuts commands off from what they do not declare'),
  ];
}

/** Tools without which everything works. */
function toolCheck(name: string, use: string): Check {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  const found = status === 0 ? stdout.trim().split('\n')[0] : undefined;
  return found === undefined
    ? { name, status: 'note', says: [`not found; optional: it ${use}`], exit: exits.ok }
    : { name, status: 'fine', says: [found], exit: exits.ok };
}

/** Bytes free below which a store soon cannot be written. */
const scarce = 1e9;
const tooLittle = 5e7;

/** The disk that holds a folder. */
export function diskChecks(folder: string): Check[] {
  const network = networkFileSystem(folder);
  const place: Check =
    network === undefined
      ? { name: 'file system', status: 'fine', says: ['local'], exit: exits.ok }
      : {
          name: 'file system',
          status: 'wrong',
          says: [`${network}, over a network, where the locks of the store do not hold`],
          hint: 'keep the project on a local disk',
          exit: exits.store,
        };
  const { bavail, bsize } = statfsSync(folder);
  return [place, spaceCheck(bavail * bsize)];
}

/** What so many free bytes mean. */
function spaceCheck(free: number): Check {
  const says = [`${byteSize(free)} free`];
  const hint = 'free some, or run `colophon gc`';
  if (free >= scarce) return { name: 'disk', status: 'fine', says, exit: exits.ok };
  return free >= tooLittle
    ? { name: 'disk', status: 'note', says, hint, exit: exits.ok }
    : { name: 'disk', status: 'wrong', says, hint, exit: exits.store };
}
