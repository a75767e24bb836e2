/**
 * Bundles what a stage's export can reach: the text whose digest is the identity of the code.
 *
 * Two passes. The first links and shakes the tree, with names and line breaks kept, so that what is left depends on
 * live code alone (minified names would depend on the letters of dead code too: measured). CommonJS wrappers carry
 * the path of their file, which is cut to the part below node_modules. The second pass drops white space and comments.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type BuildOptions, type Metafile, type Plugin, build, version as esbuildVersion } from 'esbuild';
import { digestOfValue } from '../base/digest.ts';
import { isBuiltin } from 'node:module';
import { relaxedSimd } from './relaxed-simd.ts';
import { allowsModule } from '../model/effect.ts';
import type { Problem } from '../model/fault.ts';

interface BundleRequest {
  /** Absolute path of the project. */
  readonly root: string;
  /** The generated entry module. */
  readonly entry: string;
  readonly external: readonly string[];
  /** Bare names that resolve to the tool's own files where the project has none. */
  readonly alias: Readonly<Record<string, string>>;
  /** Folders to look in after the project's own node_modules. */
  readonly nodePaths: readonly string[];
  /** Declared effects, which may allow some of Node's own modules. */
  readonly effects: readonly string[];
}

export type Bundled =
  | {
      readonly type: 'bundled';
      readonly code: string;
      readonly map: string;
      readonly inputs: Metafile['inputs'];
    }
  | { readonly type: 'refused'; readonly problems: readonly Problem[]; readonly inputs: readonly string[] };

const opensNode = (effects: readonly string[]) =>
  ['native', 'network', 'files'].some((effect) => effects.includes(effect));

/** Everything about bundling that can change the bytes; under the digest of options, so under every memo. */
const fixed = {
  bundle: true,
  write: false,
  format: 'esm',
  mainFields: ['module', 'main'],
  conditions: ['import', 'module'],
  target: 'es2023',
  // `**` and Math.pow differ in the last bit between engines; lowered, it becomes a call that purity can stop.
  supported: { 'exponent-operator': false },
  legalComments: 'none',
  tsconfigRaw: '{}',
  treeShaking: true,
  charset: 'utf8',
  loader: { '.wasm': 'binary', '.json': 'json' },
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** Names the options and the bundler's version: a new one asks for new bundles. */
export const bundlerDigest = (): string =>
  digestOfValue(['bundle', 2, esbuildVersion, JSON.stringify(fixed)]);

/** Bundles one generated entry. Never throws for what the code is: refusals carry their places. */
export async function bundle(request: BundleRequest): Promise<Bundled> {
  const first = await link(request).catch(failureOf);
  if ('problems' in first) return { type: 'refused', ...first };
  const refused = refusals(first.metafile);
  if (refused.length > 0)
    return { type: 'refused', problems: refused, inputs: Object.keys(first.metafile.inputs) };
  const { code, map } = await compact(withoutPaths(first.text));
  const open = await openImports(code, request.effects);
  if (open.length > 0) return { type: 'refused', problems: open, inputs: Object.keys(first.metafile.inputs) };
  return { type: 'bundled', code, map, inputs: first.metafile.inputs };
}

async function link(request: BundleRequest): Promise<{ text: string; metafile: Metafile }> {
  const result = await build({
    ...fixed,
    platform: opensNode(request.effects) ? 'node' : 'neutral',
    absWorkingDir: request.root,
    stdin: { contents: request.entry, resolveDir: request.root, sourcefile: '<entry>', loader: 'ts' },
    external: [...request.external],
    alias: { ...request.alias },
    nodePaths: [...request.nodePaths],
    plugins: refusersFor(request.effects),
    sourcemap: 'inline',
    sourcesContent: true,
    metafile: true,
    outfile: 'bundle.js',
  });
  const text = result.outputFiles[0]?.text ?? '';
  return { text, metafile: result.metafile };
}

const refusersFor = (effects: readonly string[]): Plugin[] => [
  ...(effects.includes('native') ? [] : [refuseAddons]),
  ...(effects.includes('native') || effects.includes('platform-math') ? [] : [refuseRelaxed]),
];

/** Relaxed SIMD gives what the processor gives; the file is refused with the instruction and where it stands. */
const refuseRelaxed: Plugin = {
  name: 'refuse-relaxed-simd',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /\.wasm$/ }, ({ path }) => {
      const found = relaxedSimd(readFileSync(path));
      if (found === undefined) return undefined;
      const what = `${basename(path)} holds ${found.name} at byte ${found.offset}: relaxed SIMD, whose results processors choose`;
      return { errors: [{ text: `${what}; build it without, or declare \`effects: [platform-math]\`` }] };
    });
  },
};

const refuseAddons: Plugin = {
  name: 'refuse-addons',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /\.node$/ }, () => ({
      errors: [{ text: 'a native add-on cannot run in a pure stage; declare `effects: [native]`' }],
    }));
  },
};

/** `"../../node_modules/a/b.js"(exports) {` in a CommonJS wrapper becomes `"a/b.js"(exports) {`. */
function withoutPaths(text: string): string {
  return text.replace(
    /(__(?:commonJS|esm)\w*\(\{\n\s*(?:async )?)"((?:[^"\\]|\\.)*)"/g,
    (_, head: string, path: string) => {
      return `${head}"${path.slice(path.lastIndexOf('node_modules/') + 1).replace(/^ode_modules\//, '')}"`;
    },
  );
}

async function compact(text: string): Promise<{ code: string; map: string }> {
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
    stdin: { contents: text, sourcefile: 'bundle.js', loader: 'js' },
    outfile: 'bundle.js',
  });
  const find = (end: string) => result.outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  return { code: find('bundle.js'), map: find('bundle.js.map') };
}

/** Imports that only running would resolve: `import(`./plug-${x}.js`)`. */
function refusals(metafile: Metafile): Problem[] {
  return Object.entries(metafile.inputs).flatMap(([file, input]) =>
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
