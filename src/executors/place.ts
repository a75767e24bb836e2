/** Says where in the stage's own source an error arose, from its stack and the bundle's source map. */
import { readFileSync } from 'node:fs';
import { type SourceMap, type SourcePlace, readSourceMap } from '../base/source-map.ts';

/** Bundles are loaded under this scheme and their digest, so that no stack and no `import.meta` shows a path. */
export const bundleScheme = 'colophon:';

/** A frame of the stack that lies in a bundle; `place` is undefined where no source map tells. */
interface Frame {
  readonly name: string;
  readonly place: SourcePlace | undefined;
}

const frameLine = /^\s+at (?:async )?(?:(.*) \()?colophon:[0-9a-z]+:(\d+):(\d+)\)?$/;

/** The frames of `stack` that lie in a bundle, innermost first. */
export function bundleFrames(stack: string, map: SourceMap | undefined): Frame[] {
  return stack.split('\n').flatMap((line) => {
    const match = frameLine.exec(line);
    return match === null
      ? []
      : [{ name: plainName(match[1]), place: map?.(Number(match[2]), Number(match[3])) }];
  });
}

/** `Object.run` and `Module.run` are `run`; what has no name has none. */
function plainName(name: string | undefined): string {
  return (name ?? '').replace(/^(?:Object|Module)\./, '').replace(/^<anonymous>$/, '');
}

/** ` at stages/polish.ts:12:7 in step`, or nothing where the stack never was in a mapped bundle. */
export function whereThrown(frames: readonly Frame[]): string {
  const frame = frames.find(({ place }) => place !== undefined);
  if (frame === undefined) return '';
  return ` at ${spell(frame)}${frame.name === '' ? '' : ` in ${frame.name}`}`;
}

/** The frames as lines of a stack in the source's own terms. */
export function formatFrames(frames: readonly Frame[]): string {
  const mapped = frames.filter(({ place }) => place !== undefined);
  return mapped.map((frame) => `    at ${frame.name || '<anonymous>'} (${spell(frame)})\n`).join('');
}

function spell({ place }: Frame): string {
  return `${place?.file}:${place?.line}:${place?.column}`;
}

/** Reads a source map given as its path or its JSON text; undefined where it cannot be read: places are a courtesy. */
export function openSourceMap(given: string | undefined): SourceMap | undefined {
  if (given === undefined) return undefined;
  try {
    return readSourceMap(given.startsWith('{') ? given : readFileSync(given, 'utf8'));
  } catch {
    return undefined;
  }
}
