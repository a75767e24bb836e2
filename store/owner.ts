/** Who holds a lease or runs a run: a process, told apart from a later one with the same number. */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process of one machine's life. What cannot be known on a platform is the empty string. */
export interface Owner {
  /** Unique to each opening of a store. */
  readonly token: string;
  /** The machine's name, for people. */
  readonly host: string;
  /** What the machine keeps when its name changes. */
  readonly machine: string;
  /** Changes whenever the machine starts. */
  readonly boot: string;
  /** The process numbers' namespace: a container has its own. */
  readonly space: string;
  readonly pid: number;
  /** When the process started, in the kernel's own count. */
  readonly start: string;
}

/** Whether an owner still lives; `seen` is its last sign of life (milliseconds since 1970). */
export type Liveness = (owner: Owner, seen: number, now: number) => boolean;

/** An owner that cannot be looked at (another machine or container) counts as living this long after its last sign. */
export const silence = 180_000;
/** How often an owner gives a sign of life. */
export const heartbeat = 30_000;

/** This process, as the owner of one opened store. */
export function thisProcess(): Owner {
  return {
    token: randomBytes(12).toString('hex'),
    host: hostname(),
    machine: readOr('/etc/machine-id', hostname()),
    boot: readOr('/proc/sys/kernel/random/boot_id', ''),
    space: linkOr('/proc/self/ns/pid', ''),
    pid: process.pid,
    start: readProcess('self')?.start ?? '',
  };
}

/** Judges by the process table where that can be seen, and by the last sign of life where it cannot. */
export function livenessFor(self: Owner): Liveness {
  return (owner, seen, now) => {
    const recent = now - seen < silence;
    if (isElsewhere(owner, self)) return recent;
    if (owner.boot !== self.boot) return false;
    if (owner.space !== self.space) return recent;
    return owner.start === '' ? exists(owner.pid) && recent : runs(owner);
  };
}

/** Whether the owner is on another machine (and not merely from before this one's restart). */
export function isElsewhere(owner: Owner, self: Owner): boolean {
  return owner.machine !== self.machine && (owner.boot !== self.boot || owner.boot === '');
}

/** `process 1234 on host`, for people. */
export function describeOwner(owner: Owner): string {
  return `process ${owner.pid} on ${owner.host}`;
}

function runs(owner: Owner): boolean {
  const found = readProcess(String(owner.pid));
  // /proc may hide the processes of other users; a signal that is refused still shows that one exists.
  if (found === undefined) return exists(owner.pid);
  return found.start === owner.start && !found.ended;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** The state and start time from /proc/<pid>/stat; the name in it may hold spaces and parentheses. */
function readProcess(pid: string): { readonly start: string; readonly ended: boolean } | undefined {
  const text = readOr(`/proc/${pid}/stat`, '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const start = fields[19];
  return start === undefined
    ? undefined
    : { start, ended: /^[ZXx]/.test(text.slice(text.lastIndexOf(')') + 2)) };
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8').trim() || otherwise;
  } catch {
    return otherwise;
  }
}

function linkOr(path: string, otherwise: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return otherwise;
  }
}
