/** Bundles are made once, and again exactly when something that they came from, or could come from, changed. */
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as esbuild from 'esbuild';
import { build } from 'esbuild';
import { closureOf } from '../../src/engine/closure.ts';
import type { Context } from '../../src/engine/context.ts';
import { newWitness, stillStands } from '../../src/engine/witness.ts';
import { memoryStore } from '../../store/memory/store.ts';
import { root as packageRoot } from '../support/imports.ts';

vi.mock('esbuild', async (original) => {
  const real = await original<typeof esbuild>();
  return { ...real, build: vi.fn(real.build) };
});

const builds = vi.mocked(build);
let root: string;
let context: Context;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'closure-')));
  builds.mockClear();
  const alias = { colophon: join(packageRoot, 'src/index.ts') };
  const runtime = join(packageRoot, 'src/model/stage-runtime.ts');
  const zod = join(packageRoot, 'node_modules/zod/index.js');
  context = {
    root,
    store: memoryStore(),
    tool: { version: '0', runtime, alias, zod, nodePaths: [join(packageRoot, 'node_modules')] },
    // A moment in which every file of the test has long been written.
    now: () => Date.now() + 60_000,
    witness: newWitness(),
  };
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const stage = (imports: string, result: string) => `import { jsonKind } from 'colophon';
${imports}
export const outs = () => ({ value: jsonKind('number') });
export const run = () => ({ value: ${result} });
`;

/** The digest of the stage's code, and how many bundles were made to know it. */
async function closed(settings: { random?: boolean; effects?: string[] } = {}) {
  const before = builds.mock.calls.length;
  const answer = await closureOf(context, { file: 'stages/one.ts', random: false, effects: [], ...settings });
  if (answer.type === 'refused') throw new Error(JSON.stringify(answer.problems));
  return { code: answer.closure.code, built: builds.mock.calls.length > before };
}

describe('a stage file that did not change', () => {
  beforeEach(() => {
    write({
      'stages/one.ts': stage("import { two } from '../lib/two.ts';", 'two'),
      'lib/two.ts': 'export const two = 2;',
    });
  });

  test('is bundled once', async () => {
    const first = await closed();
    expect(first.built).toBe(true);
    expect(await closed()).toEqual({ code: first.code, built: false });
  });

  test('is bundled again while it was written a moment ago, since its stat could stay', async () => {
    context = { ...context, now: Date.now };
    const first = await closed();
    expect(await closed()).toEqual({ code: first.code, built: true });
    expect(context.witness.stats()).toBeUndefined();
  });

  test('is bundled again where the store lost the bundle', async () => {
    const { code } = await closed();
    await context.store.artifacts.quarantine(code);
    expect(await closed()).toEqual({ code, built: true });
  });

  test('is another computation with a random stream or an effect', async () => {
    const plain = await closed();
    const random = await closed({ random: true });
    const native = await closed({ effects: ['native'] });
    expect([random.built, native.built]).toEqual([true, true]);
    expect(random.code).not.toBe(plain.code);
    expect(await closed()).toEqual({ code: plain.code, built: false });
  });

  test('is vouched for by stats that stand until a file changes', async () => {
    await closed();
    context = { ...context, witness: newWitness() };
    await closed();
    const stats = context.witness.stats() ?? {};
    expect(Object.keys(stats)).toContain(join(root, 'lib/two.ts'));
    expect(stillStands(stats)).toBe(true);
    write({ 'lib/two.ts': 'export const two = 3;' });
    expect(stillStands(stats)).toBe(false);
  });
});

describe('the code is another when', () => {
  /** Makes the change and expects it to be seen without anything else being touched. */
  async function changes(change: () => void): Promise<void> {
    const first = await closed();
    change();
    const second = await closed();
    expect(second.built).toBe(true);
    expect(second.code).not.toBe(first.code);
    expect((await closed()).built).toBe(false);
  }

  test('an imported file changes', async () => {
    write({
      'stages/one.ts': stage("import { two } from '../lib/two.ts';", 'two'),
      'lib/two.ts': 'export const two = 2;',
    });
    await changes(() => write({ 'lib/two.ts': 'export const two = 3;' }));
  });

  test('a file comes that an import without an extension finds first', async () => {
    write({
      'stages/one.ts': stage("import { two } from '../lib/two';", 'two'),
      'lib/two.js': 'export const two = 2;',
    });
    await changes(() => write({ 'lib/two.ts': 'export const two = 3;' }));
  });

  test('a file comes that an import of a folder finds first, in a folder that nothing else is read from', async () => {
    write({
      'stages/one.ts': stage("import { two } from '../a/b/two';", 'two'),
      'a/b/two/index.ts': 'export const two = 2;',
    });
    await changes(() => write({ 'a/b/two.ts': 'export const two = 3;' }));
  });

  test('a link on the way to an imported file leads elsewhere', async () => {
    write({
      'stages/one.ts': stage("import { two } from '../lib/shared/two.ts';", 'two'),
      'lib/.keep': '',
      'v1/two.ts': 'export const two = 2;',
      'v2/two.ts': 'export const two = 3;',
    });
    symlinkSync('../v1', join(root, 'lib/shared'));
    await changes(() => {
      unlinkSync(join(root, 'lib/shared'));
      symlinkSync('../v2', join(root, 'lib/shared'));
    });
  });

  test('a package is installed nearer than the one that was found', async () => {
    write({
      'stages/one.ts': stage("import { two } from 'pair';", 'two'),
      'node_modules/pair/index.js': 'export const two = 2;',
    });
    await changes(() => write({ 'stages/node_modules/pair/index.js': 'export const two = 3;' }));
  });

  test('a package is installed beside others, nearer than the one that was found', async () => {
    write({
      'stages/one.ts': stage("import { two } from '@pairs/pair';", 'two'),
      'node_modules/@pairs/pair/index.js': 'export const two = 2;',
      'stages/node_modules/@pairs/other/index.js': '',
    });
    await changes(() => write({ 'stages/node_modules/@pairs/pair/index.js': 'export const two = 3;' }));
  });

  test('a package names another file as its entry', async () => {
    write({
      'stages/one.ts': stage("import { two } from 'pair';", 'two'),
      'node_modules/pair/package.json': '{ "name": "pair", "main": "a.js" }',
      'node_modules/pair/a.js': 'export const two = 2;',
      'node_modules/pair/b.js': 'export const two = 3;',
    });
    await changes(() => write({ 'node_modules/pair/package.json': '{ "name": "pair", "main": "b.js" }' }));
  });

  test('a linked package is another folder', async () => {
    write({
      'stages/one.ts': stage("import { two } from 'pair';", 'two'),
      'v1/index.js': 'export const two = 2;',
      'v2/index.js': 'export const two = 3;',
      'node_modules/.keep': '',
    });
    symlinkSync('../v1', join(root, 'node_modules/pair'));
    await changes(() => {
      symlinkSync('../v2', join(root, 'node_modules/.new'));
      renameSync(join(root, 'node_modules/.new'), join(root, 'node_modules/pair'));
    });
  });
});

describe('the code is not bundled again when', () => {
  test('files are published into the folder of the project', async () => {
    write({ 'stages/one.ts': stage('', '1') });
    await closed();
    write({ 'results.json': '1', 'figures/one.svg': '<svg/>', 'notes.txt': 'note' });
    // A name that an import could mean is one more question, a JSON file among them; its answer is the same.
    const { built } = await closed();
    write({ 'notes.txt': 'other', 'figures/two.svg': '<svg/>', 'results.json': '2' });
    expect(built).toBe(true);
    expect((await closed()).built).toBe(false);
  });

  test('a folder that has no part in it changes', async () => {
    write({ 'stages/one.ts': stage('', '1'), 'other/a.ts': '' });
    await closed();
    write({ 'other/b.ts': '' });
    expect((await closed()).built).toBe(false);
  });
});

describe('what is refused', () => {
  test('is told, is not remembered, and is well again when it is mended', async () => {
    write({ 'stages/one.ts': stage("import { two } from '../lib/two.ts';", 'two') });
    const refused = await closureOf(context, { file: 'stages/one.ts', random: false, effects: [] });
    expect(refused).toMatchObject({
      type: 'refused',
      problems: [{ place: { file: 'stages/one.ts', line: 2 } }],
    });
    write({ 'lib/two.ts': 'export const two = 2;' });
    expect((await closed()).built).toBe(true);
  });
});
