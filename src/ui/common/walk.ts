/** Walks a plan's steps both ways: all that lies above one, or below. */
import type { StepRow } from './api.ts';

/** For each step the indices of those that need it. */
export function dependents(steps: readonly StepRow[]): number[][] {
  const lists = steps.map((): number[] => []);
  steps.forEach(({ needs }, i) => {
    for (const need of needs) lists[need]?.push(i);
  });
  return lists;
}

/** All that can be reached from some indices, themselves included. */
export function reached(from: readonly number[], next: (index: number) => readonly number[]): Set<number> {
  const found = new Set(from);
  for (const index of found) for (const other of next(index)) found.add(other);
  return found;
}
