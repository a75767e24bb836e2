/** The build of WebAssembly modules: what is compiled, and when again. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildKernels, closureOf, importsOf } from '../../src/build/kernels.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  mkdirSync(join(folder, 'assembly'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, 'assembly', name), text);
const generated = (name: string) => readFileSync(join(folder, `${name}.generated.ts`), 'utf8');

/** What the exported `f` of a generated module gives for 5. */
function run(name: string): unknown {
  const base64 = /wasm = '(.*)'/.exec(generated(name))?.[1] as string;
  const { WebAssembly: engine } = globalThis as unknown as {
    WebAssembly: {
      Module: new (bytes: Uint8Array) => object;
      Instance: new (module: object) => { exports: { f: (x: number) => number } };
    };
  };
  return new engine.Instance(new engine.Module(Buffer.from(base64, 'base64'))).exports.f(5);
}

describe('importsOf', () => {
  it('reads imports and re-exports of the same folder, over lines too', () => {
    const text = `import { a } from './one';\nimport {\n  b,\n  c,\n} from "./two.ts";\nexport { d } from './three-and';\n`;
    expect(importsOf(text)).toEqual(['one.ts', 'two.ts', 'three-and.ts']);
  });

  it('ignores comments and other folders', () => {
    expect(
      importsOf(`// import { a } from './one';\n * from './two'\nimport { x } from '../three';`),
    ).toEqual([]);
  });
});

describe('closureOf', () => {
  const sources = new Map([
    ['a.ts', `import { b } from './b';`],
    ['b.ts', `import { c } from './c';\nimport { a } from './a';`],
    ['c.ts', ''],
    ['d.ts', `import { e } from './e';`],
  ]);

  it('follows imports to the end, circles too, in a stated order', () => {
    expect(closureOf('a.ts', sources)).toEqual(['a.ts', 'b.ts', 'c.ts']);
    expect(closureOf('c.ts', sources)).toEqual(['c.ts']);
  });

  it('names a file that is not there', () => {
    expect(() => closureOf('d.ts', sources)).toThrow('assembly/d.ts reaches e.ts, which is not there');
  });
});

describe('buildKernels', () => {
  it('compiles what nothing imports, with all that it imports', async () => {
    write(
      'main.ts',
      `import { twice } from './part';\nexport function f(x: i32): i32 { return twice(x) + 1; }`,
    );
    write('part.ts', `export function twice(x: i32): i32 { return 2 * x; }`);
    await buildKernels(folder);
    expect(readdirSync(folder).sort()).toEqual(['assembly', 'main.generated.ts']);
    expect(run('main')).toBe(11);
  });

  it('compiles again when an imported file changes, and only then', async () => {
    write('main.ts', `export { f } from './part';`);
    write('part.ts', `export function f(x: i32): i32 { return 2 * x; }`);
    write('other.ts', `export function f(x: i32): i32 { return x; }`);
    await buildKernels(folder);
    const [before, other] = [generated('main'), statSync(join(folder, 'other.generated.ts')).mtimeMs];
    write('part.ts', `export function f(x: i32): i32 { return 3 * x; }`);
    await buildKernels(folder);
    expect(generated('main')).not.toBe(before);
    expect(run('main')).toBe(15);
    expect(statSync(join(folder, 'other.generated.ts')).mtimeMs).toBe(other);
  });

  it('removes the modules of files that are gone or have become parts', async () => {
    write('main.ts', `export function f(x: i32): i32 { return x; }`);
    write('old.ts', `export function f(x: i32): i32 { return x; }`);
    await buildKernels(folder);
    expect(readdirSync(folder)).toContain('old.generated.ts');
    rmSync(join(folder, 'assembly/old.ts'));
    await buildKernels(folder);
    expect(readdirSync(folder).sort()).toEqual(['assembly', 'main.generated.ts']);
  });

  it("fails with the compiler's words and the file's name", async () => {
    write('wrong.ts', `export function f(x: i32): i32 { return y; }`);
    await expect(buildKernels(folder)).rejects.toThrow(
      /assembly\/wrong\.ts does not compile:[^]*Cannot find name 'y'/,
    );
    expect(readdirSync(folder)).toEqual(['assembly']);
  });
});
