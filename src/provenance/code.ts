/** Which files and functions a stage's bundle was made from. */
import { type MappedSource, mappedSources } from '../base/source-map.ts';

/** A function, class or constant at the top of a file, some of which is in the bundle. */
export interface Declaration {
  readonly name: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** Without comments and indentation, to be compared. */
  readonly text: string;
}

/** A source file of the project that gave something to the bundle. */
export interface CodeFile {
  readonly file: string;
  readonly declarations: readonly Declaration[];
}

/** The project's own files behind a bundle, from the text of its source map; those of packages are left out. */
export function codeOf(sourceMap: string): CodeFile[] {
  return ownSources(sourceMap).map(codeIn);
}

/** The same as they are written, with paths from the project's root. Throws SyntaxError where the text is no source map. */
export function ownSources(sourceMap: string): MappedSource[] {
  return mappedSources(sourceMap)
    .filter(({ file }) => isOwn(file))
    .map((source) => ({ ...source, file: source.file.replace(/^\.\//, '') }));
}

export function codeIn(source: MappedSource): CodeFile {
  return { file: source.file, declarations: declarationsOf(source) };
}

/** Files outside the project are packages or the tool itself; `<entry>` is generated. */
function isOwn(file: string): boolean {
  return !/^(?:\.\.\/|\/|<|%3C)|node_modules\//.test(file) && !file.endsWith('stage-runtime.ts');
}

const opening =
  /^(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\b\s*\*?|class\b|const\b|let\b|var\b)\s*([\w$]*)/;

/** What begins at the left edge and has a line in the bundle. A file without any, such as JSON, is one of its own. */
function declarationsOf({ text, lines }: MappedSource): Declaration[] {
  const found: Declaration[] = [];
  const rows = text.split('\n');
  const starts = rows.flatMap((row, i) => (/^[\w/@"'`({[]/.test(row) ? [i] : []));
  starts.forEach((start, i) => {
    const end = starts[i + 1] ?? rows.length;
    const name = opening.exec(rows[start] as string)?.[1];
    const isLive = rows.slice(start, end).some((_, offset) => lines.has(start + offset + 1));
    if (name !== undefined && isLive)
      found.push({ name: name || 'default', line: start + 1, text: bare(rows.slice(start, end)) });
  });
  return found.length > 0 ? found : [{ name: '', line: 1, text: bare(rows) }];
}

function bare(rows: readonly string[]): string {
  return rows
    .join('\n')
    .replace(/(?:^|\s)\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
