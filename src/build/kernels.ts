/**
 * Compiles the AssemblyScript files of src/science/wasm/assembly to modules beside that folder,
 * `<name>.generated.ts`, which export the WebAssembly bytes as base64: text that Node, vitest and esbuild
 * load alike, and that tree shaking drops where no kernel is used. A file that another one imports is a part of
 * its importers, and gets no module of its own.
 */
import { hash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const wasmFolder = join(import.meta.dirname, '../science/wasm');
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

/** File name to text. */
type Sources = ReadonlyMap<string, string>;

/** Compiles what changed since its generated module was written. Throws with the compiler's own words. */
export async function buildKernels(folder = wasmFolder): Promise<void> {
  const sources = readSources(join(folder, 'assembly'));
  const parts = new Set([...sources.values()].flatMap(importsOf));
  const entries = [...sources.keys()].filter((file) => !parts.has(file));
  removeLeftovers(folder, entries);
  for (const file of entries) await buildKernel(folder, file, sources);
}

/** Removes the modules of files that are gone or have become parts. */
function removeLeftovers(folder: string, entries: readonly string[]): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.generated.ts')))
    if (!entries.includes(file.replace('.generated', ''))) rmSync(join(folder, file));
}

function readSources(folder: string): Sources {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** The files of the same folder that a text imports or re-exports. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(/^[^/*\n]*\bfrom\s+["']\.\/([\w-]+)(?:\.ts)?["']/gm)].map(
    ([, name]) => `${name}.ts`,
  );
}

/** A file with all that it reaches by imports, in a stated order. Throws if one is not there. */
export function closureOf(file: string, sources: Sources): string[] {
  const reached = new Set([file]);
  for (const name of reached) {
    const source = sources.get(name);
    if (source === undefined) throw new Error(`assembly/${file} reaches ${name}, which is not there`);
    for (const imported of importsOf(source)) reached.add(imported);
  }
  return [...reached].sort();
}

async function buildKernel(folder: string, file: string, sources: Sources): Promise<void> {
  const closure = closureOf(file, sources).map((name) => [name, sources.get(name)]);
  const mark = `// ${hash('sha256', JSON.stringify([file, closure, options]), 'hex')}`;
  const target = join(folder, file.replace(/\.ts$/, '.generated.ts'));
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) return;
  const base64 = Buffer.from(await compile(file, sources)).toString('base64');
  const draft = `${target}.${process.pid}`;
  writeFileSync(
    draft,
    `${mark}\n/** The compiled kernels of assembly/${file}. */\nexport const wasm = '${base64}';\n`,
  );
  renameSync(draft, target);
}

async function compile(file: string, sources: Sources): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc');
  let output: Uint8Array | undefined;
  let messages = '';
  const { error } = await asc.main([file, '--outFile', 'out.wasm', ...options], {
    readFile: (name) => sources.get(name) ?? null,
    writeFile: (name, contents) => {
      if (name === 'out.wasm') output = contents as Uint8Array;
    },
    listFiles: () => [],
    stderr: {
      write: (text: string) => {
        messages += text;
      },
    },
  });
  if (error || output === undefined) throw new Error(`assembly/${file} does not compile:\n${messages}`);
  return output;
}
