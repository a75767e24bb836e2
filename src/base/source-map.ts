/** Reads source maps (ECMA-426): from a position in a bundle back to the file it was written in. */

/** A position in a source file; line and column count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Finds the source of a bundle position; line and column count from 1. Undefined where nothing is mapped. */
export type SourceMap = (line: number, column: number) => SourcePlace | undefined;

/** One mapped position: generated column, index of the source, its line and column, all from 0. */
type Segment = readonly [column: number, source: number, line: number, sourceColumn: number];

interface SourceMapJson {
  readonly version: number;
  readonly sources: readonly (string | null)[];
  readonly sourcesContent?: readonly (string | null)[];
  readonly mappings: string;
}

/** A source file of a bundle, and which of its lines (from 1) something in the bundle comes from. */
export interface MappedSource {
  /** As the map names it: relative to the project, `../` where it lies outside. */
  readonly file: string;
  readonly text: string;
  readonly lines: ReadonlySet<number>;
}

/** Reads the JSON text of a source map. Throws SyntaxError where it is none. */
export function readSourceMap(text: string): SourceMap {
  const json = parseMap(text);
  const lines = decodeMappings(json.mappings);
  return (line, column) => {
    const segment = lastUpTo(lines[line - 1] ?? [], column - 1);
    const file = segment && json.sources[segment[1]];
    return file ? { file: projectPath(file), line: segment[2] + 1, column: segment[3] + 1 } : undefined;
  };
}

/**
 * The source files that a bundle was made from, in the order of the map; without those that gave it nothing or whose
 * text the map has not. Throws SyntaxError where the text is no source map.
 */
export function mappedSources(text: string): MappedSource[] {
  const json = parseMap(text);
  const lines = json.sources.map(() => new Set<number>());
  for (const segment of decodeMappings(json.mappings).flat()) lines[segment[1]]?.add(segment[2] + 1);
  return json.sources.flatMap((file, i) => {
    const content = json.sourcesContent?.[i];
    const own = lines[i];
    return file && content && own?.size ? [{ file, text: content, lines: own }] : [];
  });
}

function parseMap(text: string): SourceMapJson {
  const json = JSON.parse(text) as SourceMapJson;
  if (json.version !== 3 || typeof json.mappings !== 'string')
    throw new SyntaxError('not a source map of version 3');
  return json;
}

/** Maps written outside the project's folder climb up to it first: `../../stages/a.ts` is `stages/a.ts`. */
function projectPath(file: string): string {
  return file.replace(/^(?:\.\.?\/)+/, '');
}

function lastUpTo(segments: readonly Segment[], column: number): Segment | undefined {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle] as Segment)[0] <= column) low = middle + 1;
    else high = middle;
  }
  return segments[low - 1];
}

/** Source, line and column run on from segment to segment over the whole text; the generated column within a line. */
function decodeMappings(mappings: string): Segment[][] {
  const at = { source: 0, line: 0, column: 0 };
  return mappings.split(';').map((line) => {
    const segments: Segment[] = [];
    let generated = 0;
    for (const text of line === '' ? [] : line.split(',')) {
      const [column = 0, source, sourceLine, sourceColumn] = decodeNumbers(text);
      generated += column;
      if (source === undefined || sourceLine === undefined || sourceColumn === undefined) continue;
      at.source += source;
      at.line += sourceLine;
      at.column += sourceColumn;
      segments.push([generated, at.source, at.line, at.column]);
    }
    return segments;
  });
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base 64 VLQ: five bits a digit, least significant first, the sixth says that more follow; the lowest bit is the sign. */
function decodeNumbers(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) throw new SyntaxError(`not a digit of a source map: ${JSON.stringify(character)}`);
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
