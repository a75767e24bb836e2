/** What a bundle's source map tells readers: the project's own files in it, and how the stage's file begins. */

interface SourceMapText {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
}

export interface BundleSource {
  /** Project-relative, the stage's own file first. */
  readonly files: readonly string[];
  /** The opening comment of the stage's file, as one paragraph. */
  readonly says: string;
}

/** Reads the JSON text of a source map. `stage` is the stage's file. */
export function bundleSource(text: string, stage: string): BundleSource {
  const { sources, sourcesContent = [] } = JSON.parse(text) as SourceMapText;
  const own = sources.filter(isOwn);
  const at = sources.indexOf(stage);
  return {
    files: [...own.filter((file) => file === stage), ...own.filter((file) => file !== stage)],
    says: openingComment(sourcesContent[at] ?? ''),
  };
}

/** Packages, the tool itself and the generated entry are not the project's. */
function isOwn(file: string): boolean {
  return !/node_modules\/|^\.\.\/|^<|^%3C|runtime\.js$|stage-runtime\.ts$|chunks\//.test(file);
}

/** The first sentence or two that stand in a comment before any code but imports. */
function openingComment(code: string): string {
  const body = /^(?:\s*import\b[^;]*;)*\s*\/\*\*([\s\S]*?)\*\//.exec(code)?.[1] ?? '';
  return body
    .replace(/\n\s*\* ?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
