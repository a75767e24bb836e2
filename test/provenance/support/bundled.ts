/** Bundles files that are in memory, for tests of what is read from source maps. */
import { build } from 'esbuild';

/** The source map of a bundle of these files, whose first is the entry. */
export async function mapOf(files: Readonly<Record<string, string>>): Promise<string> {
  const [entry = ''] = Object.keys(files);
  const found = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    sourcemap: 'external',
    outfile: 'bundle.js',
    absWorkingDir: '/',
    plugins: [
      {
        name: 'files',
        setup(setup) {
          setup.onResolve({ filter: /./ }, ({ path }) => ({ path: `/${path.replace(/^[./]+/, '')}` }));
          setup.onLoad({ filter: /./ }, ({ path }) => ({
            contents: files[path.slice(1)] ?? '',
            loader: path.endsWith('.json') ? 'json' : 'ts',
          }));
        },
      },
    ],
  });
  return found.outputFiles.find(({ path }) => path.endsWith('.map'))?.text ?? '';
}
