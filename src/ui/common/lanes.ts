/** Puts spans of time into lanes, so that none overlaps another in its lane: as many lanes as ran at once. */
import type { Span } from './api.ts';

interface Placed extends Span {
  readonly lane: number;
}

/** In the order of their beginnings, each in the first lane that is free. */
export function inLanes(
  spans: readonly Span[],
  tolerance = 0,
): { readonly spans: Placed[]; readonly lanes: number } {
  const ends: number[] = [];
  const placed = [...spans]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map((span) => {
      const free = ends.findIndex((end) => end <= span.from + tolerance);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = span.to;
      return { ...span, lane };
    });
  return { spans: placed, lanes: ends.length };
}
