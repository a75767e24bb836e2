/** What a caller of one function carries along: the closures that decide what runs again after a change. */
import { join, resolve } from 'node:path';
import { type PluginBuild, build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../../src/science/math');

/** The files of which anything is left in a bundle of these names of a module, and its size. */
async function closure(
  module: string,
  ...names: readonly string[]
): Promise<{ files: string[]; bytes: number }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: `export { ${names.join(', ')} } from './${module}.ts';`, resolveDir: folder },
    bundle: true,
    format: 'esm',
    minify: true,
    metafile: true,
    write: false,
    absWorkingDir: folder,
  });
  const [inputs] = Object.values(metafile.outputs).map((output) => output.inputs);
  const files = Object.entries(inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { files: files.map(([path]) => path).sort(), bytes: outputFiles[0]?.contents.length ?? 0 };
}

/** Lets the bundler look for itself whether a file has side effects, whatever package.json says. */
const believeNothing = {
  name: 'believe nothing',
  setup(build: PluginBuild): void {
    build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path),
      sideEffects: true,
    }));
  },
};

describe('the closure', () => {
  it('of a construction is one file', async () => {
    expect((await closure('matrix', 'identity', 'transpose')).files).toEqual(['matrix/entries.ts']);
  });

  it('of an elementary function is its file and what that needs', async () => {
    expect((await closure('elementary', 'log')).files).toEqual([
      'elementary/bits.ts',
      'elementary/logarithm.ts',
    ]);
    expect((await closure('elementary', 'acos')).files).toEqual(['elementary/arccosine.ts']);
    expect((await closure('elementary', 'atan2')).files).toEqual(['elementary/arctangent.ts', 'exact.ts']);
  });

  it('of a product holds the kernel of products only', async () => {
    const { files, bytes } = await closure('matrix', 'multiply');
    expect(files).toEqual([
      '../wasm/instance.ts',
      '../wasm/product.generated.ts',
      'matrix/entries.ts',
      'matrix/product.ts',
    ]);
    expect(bytes).toBeLessThan(6000);
  });

  it('of a factorisation holds no other one', async () => {
    const { files } = await closure('linear', 'choleskyFactor');
    expect(files.filter((file) => file.includes('generated'))).toEqual(['../wasm/cholesky.generated.ts']);
    expect(files.some((file) => /eigen|\/lu/.test(file))).toBe(false);
  });

  it('of nothing is nothing: no module does anything when it is loaded', async () => {
    for (const module of ['matrix', 'linear', 'elementary', 'normal', 'sum', 'exact']) {
      const { outputFiles } = await build({
        stdin: { contents: `import './${module}.ts';`, resolveDir: folder },
        bundle: true,
        format: 'esm',
        write: false,
        plugins: [believeNothing],
      });
      expect(outputFiles[0]?.text.trim()).toBe('');
    }
  });
});
