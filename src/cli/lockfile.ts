/** Reads and writes pipeline.lock beside pipeline.yaml. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../disk/write.ts';
import {
  type Lock,
  type LockDifference,
  type LockedProfile,
  compareLocked,
  emptyLock,
  formatLock,
  parseLock,
} from '../engine/lock.ts';
import { needsOf, ordered } from '../engine/graph.ts';
import type { Step } from '../model/step.ts';
import type { Tally } from '../engine/schedule.ts';

const name = 'pipeline.lock';

/** The lock of a project; empty where there is none. Throws Fault `usage` where the file is no lock. */
export function readLock(root: string): Lock {
  const path = join(root, name);
  return existsSync(path) ? parseLock(readFileSync(path, 'utf8'), name) : emptyLock;
}

export function writeLock(root: string, lock: Lock): void {
  writeWhole(join(root, name), formatLock(lock));
}

/** Steps whose keys hold versions of the machine, and all below them, cannot be the same everywhere: not locked. */
export function lockable(steps: readonly Step[]): Step[] {
  const tainted = new Set<string>();
  // In an order in which each step comes after those it needs: they are told by name otherwise.
  return ordered(steps).filter((step) => {
    const { effects, stochastic, environment } = step.stage;
    const free =
      effects.length === 0 &&
      !stochastic &&
      Object.keys(environment).length === 0 &&
      !needsOf(step).some((need) => tainted.has(need));
    if (!free) tainted.add(step.id);
    return free;
  });
}

/** Differences of what a run did from what is locked for its profile; `steps` in order. */
export function lockDifferences(
  locked: LockedProfile | undefined,
  steps: readonly Step[],
  done: Tally['done'],
): LockDifference[] {
  return lockable(steps).flatMap((step) => {
    const result = done.get(step.id);
    if (result === undefined) return [];
    const difference = compareLocked(step.id, result.key, result.outs, locked?.[step.id]);
    return difference === undefined ? [] : [difference];
  });
}
