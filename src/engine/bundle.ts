/**
 * Bundles what a stage's export can reach: the text whose digest is the identity of the code.
 *
 * Two passes. The first links and shakes the tree, with names and line breaks kept, so that what is left depends on
 * live code alone (minified names would depend on the letters of dead code too: measured). CommonJS wrappers carry
 * the path of their file, which is cut to the part below node_modules. The second pass drops white space and comments.
 */
import { type Metafile, build, version as esbuildVersion } from 'esbuild';
import { digestOfValue } from '../base/digest.ts';
import { isBuiltin } from 'node:module';
import { type Link, type Linked, type LinkRequest, fixed, linkAlone, mapName } from './link.ts';
import { allowsModule } from '../model/effect.ts';
import type { Problem } from '../model/fault.ts';

export type Bundled =
  | {
      readonly type: 'bundled';
      readonly code: string;
      /** Empty where none was wanted; the code is not compacted then. */
      readonly map: string;
      readonly inputs: Metafile['inputs'];
    }
  | { readonly type: 'refused'; readonly problems: readonly Problem[]; readonly inputs: readonly string[] };

/** Names the options and the bundler's version: a new one asks for new bundles. */
export const bundlerDigest = (): string =>
  digestOfValue(['bundle', 3, esbuildVersion, JSON.stringify(fixed)]);

/** Bundles one generated entry. Never throws for what the code is: refusals carry their places. */
export async function bundle(request: LinkRequest, link: Link = linkAlone): Promise<Bundled> {
  const first = await link(request).catch(failureOf);
  if ('problems' in first) return { type: 'refused', ...first };
  const { inputs } = first;
  const refused = refusals(inputs);
  if (refused.length > 0) return { type: 'refused', problems: refused, inputs: Object.keys(inputs) };
  const { code, map } = request.map ? await compact(first) : { code: withoutPaths(first.text), map: '' };
  const open = await openImports(code, request.effects);
  if (open.length > 0) return { type: 'refused', problems: open, inputs: Object.keys(inputs) };
  return { type: 'bundled', code, map, inputs };
}

/** `"../../node_modules/a/b.js"(exports) {` in a CommonJS wrapper becomes `"a/b.js"(exports) {`. */
function withoutPaths(text: string): string {
  return text.replace(
    /(__(?:commonJS|esm)\w*\(\{\n\s*(?:async )?)"((?:[^"\\]|\\.)*)"/g,
    (_, head: string, path: string) => {
      return `${head}"${path.slice(path.lastIndexOf('node_modules/') + 1).replace(/^ode_modules\//, '')}"`;
    },
  );
}

async function compact({ text, called }: Linked): Promise<{ code: string; map: string }> {
  const result = await build({
    bundle: false,
    write: false,
    format: 'esm',
    target: fixed.target,
    charset: 'utf8',
    legalComments: 'none',
    tsconfigRaw: '{}',
    minifyWhitespace: true,
    sourcemap: 'external',
    sourcesContent: true,
    logLevel: 'silent',
    stdin: { contents: withoutPaths(text), sourcefile: 'bundle.js', loader: 'js' },
    outfile: 'bundle.js',
  });
  const find = (end: string) => result.outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  const map = find('bundle.js.map').replace(`"${called}"`, `"${mapName}"`);
  return { code: find('bundle.js'), map };
}

/** Imports that only running would resolve: `import(`./plug-${x}.js`)`. */
function refusals(inputs: Metafile['inputs']): Problem[] {
  return Object.entries(inputs).flatMap(([file, input]) =>
    input.imports
      .filter((found) => found.path.includes('*') || (found.kind === 'dynamic-import' && found.external))
      .map((found) => ({
        message: `${file} imports ${JSON.stringify(found.path)}, which only running would resolve; import each module by its name`,
      })),
  );
}

/** What is left to import when all is bundled: values known only to running code, and modules no effect allows. */
async function openImports(code: string, effects: readonly string[]): Promise<Problem[]> {
  const { init, parse } = await import('es-module-lexer');
  await init();
  const [imports] = parse(code);
  return imports.flatMap((found): Problem[] => {
    const name = 'specifier' in found ? found.specifier : undefined;
    if (found.type === 'dynamic' && name === undefined) {
      const text = code.slice(found.importStart, Math.min(found.importEnd, found.importStart + 60));
      return [
        { message: `\`${text}\` imports what only running would resolve; import each module by its name` },
      ];
    }
    if (typeof name !== 'string' || !isBuiltin(name) || allowsModule(effects, name)) return [];
    return [{ message: `imports ${name}, which its declared effects (${effects.join(', ')}) do not allow` }];
  });
}

interface Refusal {
  readonly problems: Problem[];
  readonly inputs: string[];
}

function failureOf(error: unknown): Refusal {
  const { errors } = error as { errors?: readonly EsbuildMessage[] };
  if (errors === undefined) throw error;
  const problems = errors.map((message) => ({ place: placeOf(message), message: explain(message.text) }));
  return { problems, inputs: problems.flatMap((problem) => (problem.place ? [problem.place.file] : [])) };
}

interface EsbuildMessage {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | null;
}

function placeOf(message: EsbuildMessage): Problem['place'] {
  const at = message.location;
  return at === null ? undefined : { file: at.file, line: at.line, column: at.column + 1 };
}

const builtin =
  /Could not resolve "((?:node:)[^"]+|fs|path|os|crypto|child_process|http|https|net|process|worker_threads)"/;

function explain(text: string): string {
  const found = builtin.exec(text);
  if (found === null) return text.replace(/^Could not resolve/, 'cannot resolve');
  return `imports ${found[1]}, which a pure stage cannot use; pass what it needs as a dep or a param, or declare \`effects: [native]\``;
}
