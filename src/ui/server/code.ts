/** The source behind what ran: the project's own files, and which of their lines are in the bundle. */
import { ownSources } from '../../provenance/code.ts';
import type { CodePage } from '../common/api.ts';

/** From the text of a source map. */
export function codePage(sourceMap: string): CodePage {
  const files = ownSources(sourceMap).map(({ file, text, lines }) => ({ file, text, live: rangesOf(lines) }));
  return { files };
}

function rangesOf(lines: ReadonlySet<number>): [number, number][] {
  const ranges: [number, number][] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    // A closing brace or a blank line between two that are mapped belongs to both.
    if (last !== undefined && line <= last[1] + 2) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}
