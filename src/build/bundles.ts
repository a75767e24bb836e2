/** Bundles the command line, the worker and the library into dist/, so that starting up reads few files. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const entries = {
  colophon: 'src/cli/launcher.ts',
  main: 'src/cli/main.ts',
  worker: 'src/executors/worker-entry.ts',
  runtime: 'src/model/stage-runtime.ts',
  index: 'src/index.ts',
  science: 'src/science/index.ts',
};

/** Writes dist/*.js. */
export async function buildBundles(): Promise<void> {
  const present = Object.entries(entries).filter(([, path]) => existsSync(join(root, path)));
  if (present.length === 0) return;
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(present),
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['better-sqlite3', 'esbuild'],
    chunkNames: 'chunks/[name]-[hash]',
    minifySyntax: true,
    sourcemap: 'linked',
    logLevel: 'warning',
  });
}
