/**
 * Links what a generated entry reaches into one text, with names and line breaks kept. Entries asked for in one turn of
 * the event loop are linked together: files that they share are then read and parsed once, not once for each.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type BuildOptions, type Metafile, type Plugin, build } from 'esbuild';
import { relaxedSimd } from './relaxed-simd.ts';

export interface LinkRequest {
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
  /** Whether a source map is wanted. */
  readonly map: boolean;
}

export interface Linked {
  /** Ends with its source map, inline, where one was wanted. */
  readonly text: string;
  /** How the entry is called in that map; {@link mapName} in those that are kept. */
  readonly called: string;
  /** Every file that the entry reaches, live or not. */
  readonly inputs: Metafile['inputs'];
}

/** Rejects with what the bundler says of the code: `errors`, with their places. */
export type Link = (request: LinkRequest) => Promise<Linked>;

/** Everything about linking that can change the bytes; under the digest of options, so under every memo. */
export const fixed = {
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

const entryName = '<entry>';
/** How an entry that is linked alone is called in its map. */
export const mapName = '%3Centry%3E';

/** Links one entry by itself. */
export const linkAlone: Link = async (request) => {
  const result = await build({
    ...optionsOf(request),
    stdin: { contents: request.entry, resolveDir: request.root, sourcefile: entryName, loader: 'ts' },
    outfile: 'bundle.js',
  });
  return { text: result.outputFiles[0]?.text ?? '', called: mapName, inputs: result.metafile.inputs };
};

interface Waiting {
  readonly request: LinkRequest;
  readonly resolve: (linked: Linked | Promise<Linked>) => void;
}

/** Links what is asked for in one turn together, `most` entries at a time: more would save little and need much memory. */
export function linker(most = 16): Link {
  let waiting: Waiting[] = [];
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (const alike of byOptions(all))
      for (let at = 0; at < alike.length; at += most) linkGroup(alike.slice(at, at + most));
  };
  return (request) =>
    new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ request, resolve });
    });
}

/** Those whose requests differ in nothing but the entry, together. */
function byOptions(all: readonly Waiting[]): Iterable<readonly Waiting[]> {
  return Map.groupBy(all, ({ request }) => JSON.stringify({ ...request, entry: '' })).values();
}

/** One wrong entry fails its group: then each is linked alone, to learn which it is. */
function linkGroup(group: readonly Waiting[]): void {
  const [first, ...others] = group;
  if (first !== undefined && others.length === 0) return first.resolve(linkAlone(first.request));
  const together = linkTogether(group.map(({ request }) => request));
  group.forEach(({ request, resolve }, i) =>
    resolve(
      together.then(
        (linked) => linked[i] as Linked,
        () => linkAlone(request),
      ),
    ),
  );
}

async function linkTogether(requests: readonly LinkRequest[]): Promise<Linked[]> {
  const options = optionsOf(requests[0] as LinkRequest);
  const { metafile, outputFiles } = await build({
    ...options,
    entryPoints: Object.fromEntries(requests.map((_, i) => [`bundle${i}`, `${scheme}:${i}`])),
    outdir: '.',
    plugins: [entriesFrom(requests), ...options.plugins],
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  return requests.map((_, i) => ({
    // A line of comment that says where the entry begins: the same in all, so that the text is, too.
    text: (texts.get(`bundle${i}.js`) ?? '').replace(`// ${scheme}:${i}\n`, `// ${entryName}\n`),
    called: `${scheme}:${i}`,
    inputs: reachedFrom(`${scheme}:${i}`, metafile.inputs),
  }));
}

const scheme = 'colophon-entry';

const entriesFrom = (requests: readonly LinkRequest[]): Plugin => ({
  name: 'entries',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: new RegExp(`^${scheme}:\\d+$`) }, ({ path }) => ({
      path: path.slice(scheme.length + 1),
      namespace: scheme,
    }));
    pluginBuild.onLoad({ filter: /^\d+$/, namespace: scheme }, ({ path }) => {
      const { entry, root } = requests[Number(path)] as LinkRequest;
      return { contents: entry, resolveDir: root, loader: 'ts' };
    });
  },
});

/** What one entry reaches of the files of several, the entry under its common name. */
function reachedFrom(entry: string, inputs: Metafile['inputs']): Metafile['inputs'] {
  const reached: Metafile['inputs'] = {};
  const open = [entry];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const input = inputs[name];
    const called = name === entry ? entryName : name;
    if (input === undefined || reached[called] !== undefined) continue;
    reached[called] = input;
    for (const { path, external } of input.imports) if (external !== true) open.push(path);
  }
  return reached;
}

const opensNode = (effects: readonly string[]) =>
  ['native', 'network', 'files'].some((effect) => effects.includes(effect));

function optionsOf({ root, external, alias, nodePaths, effects, map }: LinkRequest) {
  return {
    ...fixed,
    platform: opensNode(effects) ? 'node' : 'neutral',
    absWorkingDir: root,
    external: [...external],
    alias: { ...alias },
    nodePaths: [...nodePaths],
    plugins: refusersFor(effects),
    sourcemap: map ? 'inline' : false,
    sourcesContent: true,
    metafile: true,
  } as const satisfies BuildOptions;
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
