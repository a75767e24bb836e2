/** The functions behind a bundle, and those that differ between two. */
import { describe, expect, test } from 'vitest';
import { codeChanges, spellChange } from '../../src/provenance/code-changes.ts';
import { codeOf } from '../../src/provenance/code.ts';
import { mapOf } from './support/bundled.ts';

/** The code of a bundle of these files, whose first is the entry. */
const codeFrom = async (files: Readonly<Record<string, string>>) => codeOf(await mapOf(files));

const stage = `import { mean } from './lib/mean.ts';
export default function summary(values: number[]) {
  return mean(values);
}
`;
const lib = `/** Means. */
const zero = 0;

// The mean.
export function mean(values: number[]): number {
  return sum(values) / values.length; // of all
}

function sum(values: number[]) {
  return values.reduce((a, b) => a + b, zero);
}

export async function unused() {
  return 1;
}
`;
const project = { 'stage.ts': stage, 'lib/mean.ts': lib };

describe('the code of a bundle', () => {
  test('is its files, and of each the declarations that the bundle holds', async () => {
    const code = await codeFrom(project);
    const told = code.map(({ file, declarations }) => [
      file,
      declarations.map(({ name, line }) => `${name}:${line}`),
    ]);
    expect(Object.fromEntries(told)).toEqual({
      'lib/mean.ts': ['zero:2', 'mean:5', 'sum:9'],
      'stage.ts': ['summary:2'],
    });
  });

  test('is text without comments, types kept, and with single blanks', async () => {
    const code = await codeFrom(project);
    const file = code.find((each) => each.file === 'lib/mean.ts');
    expect(file?.declarations.find(({ name }) => name === 'mean')?.text).toBe(
      'export function mean(values: number[]): number { return sum(values) / values.length; }',
    );
  });

  test('names what is declared in every way, and a default without a name', async () => {
    const source = [
      'export const a = 1;',
      'let b = a;',
      'class C { b = b; }',
      'function* d() { yield new C(); }',
      'export async function e() { return d(); }',
      'export default () => e();',
      'export default function () { return 1; }',
    ];
    const code = await codeFrom({ 'a.ts': source.slice(0, 5).join('\n') });
    expect(code[0]?.declarations.map(({ name }) => name)).toEqual(['a', 'b', 'C', 'd', 'e']);
    const [nameless] = await codeFrom({ 'b.ts': source[6] as string });
    expect(nameless?.declarations.map(({ name }) => name)).toEqual(['default']);
  });

  test('of a file without declarations is the file, under no name', async () => {
    const code = await codeFrom({
      'a.ts': "import x from './x.json';\nexport const y = x;",
      'x.json': '[1, 2]',
    });
    expect(code.find(({ file }) => file === 'x.json')?.declarations).toEqual([
      { name: '', line: 1, text: '[1, 2]' },
    ]);
  });

  test('leaves out packages, files outside the project, what is generated, and the runtime', () => {
    const sources = [
      'stages/a.ts',
      './lib/b.ts',
      'node_modules/p/index.js',
      'lib/node_modules/p/index.js',
      '../other/c.ts',
      '/abs/d.ts',
      '<entry>',
      '%3Centry%3E',
      'dist/stage-runtime.ts',
    ];
    const map = {
      version: 3,
      sources,
      sourcesContent: sources.map(() => 'const x = 1;'),
      mappings: sources.map((_, i) => (i === 0 ? 'AAAA' : 'ACAA')).join(';'),
    };
    expect(codeOf(JSON.stringify(map)).map(({ file }) => file)).toEqual(['stages/a.ts', 'lib/b.ts']);
  });

  test('cannot be read from what is no source map', () => {
    expect(() => codeOf('{"version":2,"mappings":""}')).toThrow('not a source map of version 3');
  });
});

describe('the changes between two bundles', () => {
  const changed = async (old: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>) =>
    codeChanges(await codeFrom(old), await codeFrom(now)).map(spellChange);

  test('are none where comments, blanks and lines differ only', async () => {
    const other = lib
      .replace('// The mean.\n', '\n\n/* Another\n word. */\n')
      .replace('  return sum', '    return sum');
    expect(await changed(project, { ...project, 'lib/mean.ts': other })).toEqual([]);
  });

  test('are the functions whose text differs, at their new lines', async () => {
    const other = `\n\n${lib.replace('a + b', 'b + a')}`;
    expect(await changed(project, { ...project, 'lib/mean.ts': other })).toEqual([
      'sum (lib/mean.ts:11) changed',
    ]);
  });

  test('are no functions that the bundle has not', async () => {
    const other = lib.replace('return 1', 'return 2');
    expect(await changed(project, { ...project, 'lib/mean.ts': other })).toEqual([]);
  });

  test('are what came and what went, the latter last and at its old line', async () => {
    const other = lib.replaceAll('sum', 'total');
    expect(await changed(project, { ...project, 'lib/mean.ts': other })).toEqual([
      'mean (lib/mean.ts:5) changed',
      'total (lib/mean.ts:9) added',
      'sum (lib/mean.ts:9) removed',
    ]);
  });

  test('of a moved function are one that came and one that went', async () => {
    const text = 'export function f() { return 1; }';
    const entry = (file: string) =>
      `import { f } from './${file}';\nexport default function g() { return f(); }`;
    const moved = await changed(
      { 'g.ts': entry('a.ts'), 'a.ts': text },
      { 'g.ts': entry('b.ts'), 'b.ts': text },
    );
    expect(moved).toEqual(['f (b.ts:1) added', 'f (a.ts:1) removed']);
  });

  test('of a file without declarations are told by the file', async () => {
    const entry = "import x from './x.json';\nexport const y = x;";
    expect(await changed({ 'a.ts': entry, 'x.json': '[1]' }, { 'a.ts': entry, 'x.json': '[2]' })).toEqual([
      'x.json changed',
    ]);
  });
});
