/**
 * Compiles each AssemblyScript file of src/science/wasm/assembly to a module beside it,
 * `<name>.generated.ts`, which exports the WebAssembly bytes as base64: text that Node, vitest and esbuild
 * load alike, and that tree shaking drops where no kernel is used.
 */
import { hash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const wasmFolder = join(import.meta.dirname, '../science/wasm');
const sourceFolder = join(wasmFolder, 'assembly');
const options = [
  '-O3',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--noAssert',
  '--disable',
  'mutable-globals',
];

/** Compiles what changed since its generated module was written. Throws with the compiler's own words. */
export async function buildKernels(): Promise<void> {
  for (const file of readdirSync(sourceFolder).filter((name) => name.endsWith('.ts')))
    await buildKernel(file);
}

async function buildKernel(file: string): Promise<void> {
  const source = readFileSync(join(sourceFolder, file), 'utf8');
  const mark = `// ${hash('sha256', JSON.stringify([source, options]), 'hex')}`;
  const target = join(wasmFolder, file.replace(/\.ts$/, '.generated.ts'));
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) return;
  const base64 = Buffer.from(await compile(file, source)).toString('base64');
  writeFileSync(
    target,
    `${mark}\n/** The compiled kernels of assembly/${file}. */\nexport const wasm = '${base64}';\n`,
  );
}

async function compile(file: string, source: string): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc');
  let output: Uint8Array | undefined;
  const { error, stderr } = await asc.main([file, '--outFile', 'out.wasm', ...options], {
    readFile: (name) => (name === file ? source : null),
    writeFile: (name, contents) => {
      if (name === 'out.wasm') output = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || output === undefined)
    throw new Error(`assembly/${file} does not compile:\n${stderr.toString()}`);
  return output;
}
