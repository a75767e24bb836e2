/** Promise 1, first half: nothing is executed needlessly. */
import { chmodSync, utimesSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, newRig, removeRigs } from '../support/rig.ts';
import { sums, sumsSteps } from './support/sums.ts';

let rig: Rig;

beforeAll(async () => {
  rig = newRig(sums);
  expect(await rig.executes()).toEqual(sumsSteps);
});
afterAll(removeRigs);

describe('nothing is executed for', () => {
  test('a second run', async () => {
    const { executed, hits, code } = await rig.run();
    expect({ executed, hits, code }).toEqual({ executed: [], hits: sumsSteps, code: 0 });
  });

  test('a comment and a blank line, in a stage and in what it imports', async () => {
    rig.edit('stages/squares.ts', 'export const run', '// Squares each.\n\n\nexport const run');
    rig.edit('lib/arithmetic.ts', '  return x * x;', '  // The square.\n\n      return x * x;');
    expect(await rig.executes()).toEqual([]);
  });

  test('a function that no stage calls, changed, added and removed', async () => {
    rig.edit('lib/arithmetic.ts', 'return x - 1;', 'return "zqj".repeat(x).length / 17;');
    rig.edit('lib/arithmetic.ts', '/** Helpers', 'export const unasked = (q: number) => q % 3;\n/** Helpers');
    expect(await rig.executes()).toEqual([]);
    rig.edit('lib/arithmetic.ts', 'export const unasked = (q: number) => q % 3;\n', '');
    expect(await rig.executes()).toEqual([]);
  });

  test('a new file that nothing imports', async () => {
    rig.write({ 'lib/more.ts': 'export const more = 1;\n', 'stages/draft.ts': 'export const run = 1;\n' });
    expect(await rig.executes()).toEqual([]);
  });

  test('types, and a better name for a local variable of an unused function', async () => {
    rig.edit('lib/arithmetic.ts', 'unused(x: number)', 'unused(x: number | 7)');
    rig.edit('stages/total.ts', '<number[]>', '<readonly number[]>');
    expect(await rig.executes()).toEqual([]);
  });

  test('the description of a param', async () => {
    rig.edit('stages/words.ts', 'long: z.int()', "long: z.int().describe('letters of a long word')");
    expect(await rig.executes()).toEqual([]);
  });

  test('touched files', async () => {
    const past = new Date('2001-09-09T01:46:40Z');
    for (const path of ['pipeline.yaml', 'stages/words.ts', 'lib/arithmetic.ts', 'data/text.txt'])
      utimesSync(rig.path(path), past, past);
    utimesSync(rig.path('data/notes/one.md'), new Date(), new Date());
    expect(await rig.executes()).toEqual([]);
  });

  test('the permissions of a file that is read by itself', async () => {
    chmodSync(rig.path('data/text.txt'), 0o755);
    expect(await rig.executes()).toEqual([]);
  });

  test('another order of fields, comments and flow style in pipeline.yaml', async () => {
    rig.edit(
      'pipeline.yaml',
      `    params: { long: 4 }
    deps:
      text: data/text.txt
      notes: { path: data/notes, exclude: ["*.tmp", drafts] }
    publish: { counts: results/words.json }
`,
      `    publish: { counts: results/words.json }   # how many
    deps:
      notes:
        exclude: [drafts, "*.tmp"]
        path: data/notes

      text: "data/text.txt"
    params:
      long: 0x4
`,
    );
    rig.edit('pipeline.yaml', '[1, 2, 3]', '[3, 1, 2]');
    expect(await rig.executes()).toEqual([]);
  });

  test('what a folder dep excludes', async () => {
    rig.write({ 'data/notes/scratch.tmp': 'changed\n', 'data/notes/drafts/four.md': 'new\n' });
    expect(await rig.executes()).toEqual([]);
  });

  test('a file of the same bytes, written anew', async () => {
    rig.write({ 'data/text.txt': rig.read('data/text.txt') });
    expect(await rig.executes()).toEqual([]);
  });

  test('a default that is now said in pipeline.yaml', async () => {
    rig.edit('pipeline.yaml', '{ base: 10 }', '{ base: 1.0e1, step: 1 }');
    expect(await rig.executes()).toEqual([]);
  });

  test.each([
    ['a Turkish locale', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' }],
    ['another time zone', { TZ: 'Pacific/Kiritimati' }],
    ['another home and user', { HOME: '/nowhere', USER: 'somebody', LOGNAME: 'somebody' }],
  ])('%s', async (_, env) => {
    rig.env = env;
    expect(await rig.executes()).toEqual([]);
    rig.env = {};
  });

  test('another number of workers, and another working folder', async () => {
    expect(await rig.executes('-j', '7')).toEqual([]);
    expect(await rig.within('data/notes').executes()).toEqual([]);
  });

  test('a renamed stage', async () => {
    const renamed = rig.read('pipeline.yaml').replaceAll('numbers', 'arithmetic-progressions');
    rig.write({ 'pipeline.yaml': renamed.replace('stages/arithmetic-progressions.ts', 'stages/numbers.ts') });
    const { executed, hits } = await rig.run();
    expect(executed).toEqual([]);
    expect(hits).toContain('arithmetic-progressions@k=2');
  });

  test('a stage file that moved, with what it imports', async () => {
    rig.rename('stages/words.ts', 'stages/counting.ts');
    rig.edit('pipeline.yaml', 'stages/words.ts', 'stages/counting.ts');
    expect(await rig.executes()).toEqual([]);
  });

  test('a removed cache of laid-out bundles and logs', async () => {
    rig.remove('.colophon/bundles');
    expect(await rig.executes()).toEqual([]);
  });
});

describe('the folder of the project does not matter', () => {
  test('copied with its store, nothing is executed', async () => {
    const other = rig.copy('with its store');
    expect(await other.executes()).toEqual([]);
  });

  test('copied without its store, every key and every artifact comes out the same', async () => {
    const other = rig.copy('without its store');
    other.env = { LC_ALL: 'sv_SE.UTF-8', TZ: 'Asia/Kathmandu' };
    expect((await other.executes('-j', '1')).length).toBe(sumsSteps.length);
    expect(await other.lock()).toBe(await rig.lock());
  });
});
