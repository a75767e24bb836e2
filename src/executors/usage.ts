/** Reads from /proc what processes use; elsewhere nothing is known, and nothing measured. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** Bytes held now, and milliseconds of processor time so far. */
export interface Usage {
  readonly memory: number;
  readonly cpu: number;
}

const nothing: Usage = { memory: 0, cpu: 0 };

/** Whether this system tells, and so memory limits can be kept. */
export const usageIsKnown: boolean = existsSync('/proc/self/status');

/** What one process uses; nothing where it has ended. */
export function usageOf(pid: number): Usage {
  const status = readProc(`${pid}/status`);
  const stat = statFields(readProc(`${pid}/stat`));
  if (status === '' || stat === undefined) return nothing;
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? '0';
  return { memory: 1024 * Number(resident), cpu: ticks(stat, userTime) + ticks(stat, userTime + 1) };
}

/** What a process and all below it use together. */
export function usageOfTree(pid: number): Usage {
  const all = [pid, ...descendants(pid)].map(usageOf);
  return all.reduce((sum, one) => ({ memory: sum.memory + one.memory, cpu: sum.cpu + one.cpu }), nothing);
}

function descendants(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => readProc(`${pid}/task/${thread}/children`).split(' '));
  return children
    .filter((text) => text !== '')
    .flatMap((child) => [Number(child), ...descendants(Number(child))]);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/**
 * Milliseconds of processor time of the ended children since this was last asked. Asked at the end of every child,
 * it is that child's, but for children that end in the very same moment: the kernel adds them up.
 */
export function endedCpu(): number {
  const stat = statFields(readProc('self/stat'));
  const total = stat === undefined ? 0 : ticks(stat, childrenTime) + ticks(stat, childrenTime + 1);
  const since = total - counted;
  counted = total;
  return since;
}

let counted = 0;

/** Fields 14 and 16 of proc(5), counted after the name, which may hold spaces. */
const userTime = 11;
const childrenTime = 13;

function statFields(text: string): string[] | undefined {
  return text === '' ? undefined : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** Linux counts in hundredths of a second for every program. */
function ticks(fields: readonly string[], field: number): number {
  return 10 * Number(fields[field] ?? 0);
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return '';
  }
}
