import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { bundle } from '../../src/engine/bundle.ts';

const modules = join(import.meta.dirname, '../../node_modules');

/** A folder with these files, and node_modules linked at `linked` (relative) so that packages resolve. */
function project(files: Record<string, string>, linked = 'node_modules'): string {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'bundle-')));
  const root = join(top, linked.startsWith('..') ? 'inner/project' : 'project');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(modules, join(root, linked));
  return root;
}

const stage = `
import { helper } from './helper.ts';
import { Matrix } from 'ml-matrix';
import { z } from 'zod';
export const params = () => z.object({ k: z.number() });
export const run = ({ x }: { x: number }) => ({ y: helper(x), m: Matrix.eye(2, 2).get(0, 0) });
`;
const helper = `
/** Adds one. */
export function helper(x: number): number {
  return x + 1;
}
export function unused(x: number): number {
  return x * 2;
}
`;

async function made(files: Record<string, string>, linked?: string) {
  const root = project(files, linked);
  const entry = `import * as stage from './stage.ts'; export const execute = (c) => stage.run(c);`;
  return bundle({ root, entry, external: [], alias: {}, nodePaths: [], effects: [], map: true });
}

async function digest(files: Record<string, string>, linked?: string): Promise<string> {
  const result = await made(files, linked);
  if (result.type === 'refused') throw new Error(JSON.stringify(result.problems));
  return digestOf(result.code);
}

const plain = { 'stage.ts': stage, 'helper.ts': helper };

describe('the identity of code', () => {
  test('is the same in four folder layouts', async () => {
    const digests = await Promise.all([
      digest(plain),
      digest(plain),
      digest(plain, '../node_modules'),
      digest(plain, '../../node_modules'),
    ]);
    expect(new Set(digests).size).toBe(1);
  });

  test.each([
    ['a comment', helper.replace('Adds one.', 'Adds 1, which is one.')],
    ['blank lines and indentation', helper.replace('  return x + 1', '\n\n      return x + 1')],
    ['a function that is never called', helper.replace('x * 2', '"zzzzzzzz".repeat(x).length * 3')],
    ['another function that is never called', `${helper}export const more = (q: number) => q - 7;`],
    ['a type', helper.replace('x: number): number', 'x: 1 | number): number')],
  ])('does not change with %s', async (_, changed) => {
    expect(await digest({ ...plain, 'helper.ts': changed })).toBe(await digest(plain));
  });

  test('does not change with the params schema, whose defaults are in the key themselves', async () => {
    const changed = stage.replace('k: z.number()', "k: z.number().describe('neurons')");
    expect(await digest({ ...plain, 'stage.ts': changed })).toBe(await digest(plain));
  });

  test.each([
    ['a function that run calls', helper.replace('x + 1', 'x + 2')],
    ['a constant it uses', helper.replace('x + 1', 'x + 1.0000000000000002')],
  ])('changes with %s', async (_, changed) => {
    expect(await digest({ ...plain, 'helper.ts': changed })).not.toBe(await digest(plain));
  });

  test('includes JSON that the code imports', async () => {
    const withData = (n: number) => ({
      'stage.ts': `import data from './data.json' with { type: 'json' }; export const run = () => ({ y: data.n });`,
      'data.json': `{ "n": ${n} }`,
    });
    expect(await digest(withData(1))).not.toBe(await digest(withData(2)));
  });

  test('turns the exponent operator into a call that purity can stop', async () => {
    const result = await made({ 'stage.ts': 'export const run = ({ x }: { x: number }) => x ** 0.3;' });
    expect(result).toMatchObject({ type: 'bundled' });
    expect((result as unknown as { code: string }).code).toContain('Math.pow');
  });
});

describe('what cannot be bundled is refused with its place', () => {
  test.each([
    [
      "import { readFileSync } from 'node:fs';\nexport const run = () => readFileSync('x');",
      /imports node:fs, which a pure stage cannot use/,
      1,
    ],
    [
      "export const a = 1;\nimport { x } from './gone.ts';\nexport const run = () => x;",
      /cannot resolve ".\/gone.ts"/,
      2,
    ],
    ['export const run = () => {', /end of file/, 1],
  ])('%s', async (text, message, line) => {
    const result = await made({ 'stage.ts': text });
    expect(result.type).toBe('refused');
    const [problem] = (
      result as unknown as { problems: { message: string; place: { file: string; line: number } }[] }
    ).problems;
    expect(problem?.message).toMatch(message);
    expect(problem?.place).toMatchObject({ file: 'stage.ts', line });
  });

  test.each([
    [
      'an import that only running would resolve',
      'export const run = (x: string) => import(`./plug-${x}.ts`);',
    ],
    ['an import of a value', 'export const run = (x: string) => import(x);'],
  ])('%s', async (_, text) => {
    const result = await made({ 'stage.ts': text, 'plug-a.ts': 'export const a = 1;' });
    expect(result.type).toBe('refused');
    expect((result as unknown as { problems: { message: string }[] }).problems[0]?.message).toContain(
      'only running would resolve',
    );
  });
});
