/** How much of the page may still be filled: a report stays small whatever the pipeline made. */

import type { Html } from './html.ts';

interface Budget {
  /** Takes so many bytes where they are left; false, and nothing taken, where they are not. */
  readonly take: (bytes: number) => boolean;
}

export function budgetOf(bytes: number): Budget {
  let left = bytes;
  return {
    take: (wanted) => {
      if (wanted > left) return false;
      left -= wanted;
      return true;
    },
  };
}

/** A part of the page, drawn into so many bytes beside what it always holds. */
export type Drawn = (room: number) => Html;

/** The whole page, with style and script, in bytes. */
export const pageLimit = 2_900_000;

/**
 * Shares room out so that the small get all they want and the large get alike: the most that any of `wanted` may
 * take, so that together they take at most `room`. Infinity where all fit.
 */
export function fairShare(wanted: readonly number[], room: number): number {
  let left = Math.max(0, room);
  const sorted = [...wanted].sort((a, b) => a - b);
  for (const [i, size] of sorted.entries()) {
    const share = left / (sorted.length - i);
    if (size > share) return Math.floor(share);
    left -= size;
  }
  return Infinity;
}

/** Which of these fit into the room as they are: the smallest first, so that one large one keeps out no other. */
export function fitting(sizes: readonly number[], room: number): ReadonlySet<number> {
  const budget = budgetOf(room);
  const order = sizes.map((_, i) => i).sort((a, b) => (sizes[a] as number) - (sizes[b] as number));
  return new Set(order.filter((i) => budget.take(sizes[i] as number)));
}
