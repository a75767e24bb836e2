/** The source behind what ran: the project's own files, and which of their lines are in the bundle. */
import { mappedSources } from '../../base/source-map.ts';
import type { CodePage } from '../common/api.ts';

/** From the text of a source map. */
export function codePage(sourceMap: string): CodePage {
  const files = mappedSources(sourceMap).filter(({ file }) => isOwn(file));
  return {
    files: files.map(({ file, text, lines }) => ({
      file: file.replace(/^\.\//, ''),
      text,
      live: rangesOf(lines),
    })),
  };
}

/** Files outside the project are packages or the tool itself; `<entry>` is generated. */
function isOwn(file: string): boolean {
  return !/^(?:\.\.\/|\/|<|%3C)|node_modules\//.test(file) && !file.endsWith('stage-runtime.ts');
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
