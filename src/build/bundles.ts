/** Bundles the command line, the worker and the library into dist/, so that starting up reads few files. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** Programs that Node runs. */
const programs = {
  colophon: 'src/cli/launcher.ts',
  main: 'src/cli/main.ts',
  worker: 'src/executors/worker-entry.ts',
  writer: 'store/writer-entry.ts',
};

/** What stages import: neutral, since it is bundled again into what workers execute. */
const libraries = {
  runtime: 'src/model/stage-runtime.ts',
  index: 'src/index.ts',
  science: 'src/science/index.ts',
};

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'node22',
  sourcemap: 'linked',
  logLevel: 'warning',
  metafile: true,
} as const satisfies BuildOptions;

/** Packages in CommonJS ask for Node's modules by `require`, which an ES module has not. */
const requireBanner =
  "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);";

/** Writes dist/*.js. */
export async function buildBundles(): Promise<void> {
  const program = await build({
    ...common,
    entryPoints: present(programs),
    platform: 'node',
    external: ['better-sqlite3', 'esbuild', './main.js'],
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: requireBanner },
  });
  const library = await build({
    ...common,
    entryPoints: present(libraries),
    platform: 'neutral',
    mainFields: ['module', 'main'],
    chunkNames: 'chunks/library-[hash]',
  });
  removeOldChunks(
    new Set([...Object.keys(program.metafile.outputs), ...Object.keys(library.metafile.outputs)]),
  );
}

/** Chunks of earlier builds go once no program started before this build can still load them. */
function removeOldChunks(made: ReadonlySet<string>): void {
  const folder = join(root, 'dist/chunks');
  const old = Date.now() - 600_000;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const path = join(folder, name);
    if (!made.has(`dist/chunks/${name}`) && statSync(path).mtimeMs < old) rmSync(path);
  }
}

function present(entries: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(join(root, path))));
}
