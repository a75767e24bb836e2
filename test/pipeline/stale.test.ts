/** Promise 1, second half: nothing stale is served; a change executes exactly the steps that it can reach. */
import { chmodSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, newRig, removeRigs } from '../support/rig.ts';
import { sums, sumsSteps } from './support/sums.ts';

let rig: Rig;

beforeAll(async () => {
  rig = newRig(sums);
  expect(await rig.executes()).toEqual(sumsSteps);
});
afterAll(removeRigs);

const total = (): number => Number(rig.read('results/total.json'));
const counts = (): unknown => JSON.parse(rig.read('results/words.json'));
/** The sum of (base + i step)² over i < k and over the ks. */
const expected = (ks: readonly number[], base: number, step = 1): number =>
  ks
    .flatMap((k) => Array.from({ length: k }, (_, i) => (base + i * step) ** 2))
    .reduce((sum, x) => sum + x, 0);

const below = ['shuffle', 'squares@k=1', 'squares@k=2', 'squares@k=3', 'total'];

describe('a changed param', () => {
  test('executes the steps that take it, and what their results reach', async () => {
    rig.edit('pipeline.yaml', 'base: 10', 'base: 20');
    expect(await rig.executes()).toEqual([...below, 'numbers@k=1', 'numbers@k=2', 'numbers@k=3'].sort());
    expect(total()).toBe(expected([1, 2, 3], 20));
  });

  test('executes nothing when it is taken back', async () => {
    rig.edit('pipeline.yaml', 'base: 20', 'base: 10');
    expect(await rig.executes()).toEqual([]);
    expect(total()).toBe(expected([1, 2, 3], 10));
  });

  test('leaves stages alone that do not take it', async () => {
    rig.edit('pipeline.yaml', 'long: 4', 'long: 5');
    expect(await rig.executes()).toEqual(['words']);
    expect(counts()).toMatchObject({ long: 1 });
  });

  test('that is a default in the schema executes too, and stops where the bytes are the same', async () => {
    rig.edit('stages/numbers.ts', 'default(1)', 'default(2)');
    const all = [...below, 'numbers@k=1', 'numbers@k=2', 'numbers@k=3'];
    // With k = 1 the step plays no part: numbers@k=1 gives what it gave, so squares@k=1 is not reached.
    expect(await rig.executes()).toEqual(all.filter((step) => step !== 'squares@k=1').sort());
    expect(total()).toBe(expected([1, 2, 3], 10, 2));
  });

  test('that the schema transforms counts by what comes out', async () => {
    rig.edit('stages/words.ts', 'long: z.int()', 'long: z.int().transform((n) => Math.min(n, 5))');
    expect(await rig.executes()).toEqual([]);
    rig.edit('pipeline.yaml', 'long: 5', 'long: 50');
    expect(await rig.executes()).toEqual([]);
  });
});

describe('a changed matrix', () => {
  test('executes an added case, and what gathers it', async () => {
    rig.edit('pipeline.yaml', '[1, 2, 3]', '[1, 2, 3, 4]');
    expect(await rig.executes()).toEqual(['numbers@k=4', 'shuffle', 'squares@k=4', 'total']);
    expect(total()).toBe(expected([1, 2, 3, 4], 10, 2));
  });

  test('executes what gathered a case that is gone', async () => {
    rig.edit('pipeline.yaml', '[1, 2, 3, 4]', '[2, 3, 4]');
    expect(await rig.executes()).toEqual(['shuffle', 'total']);
    expect(total()).toBe(expected([2, 3, 4], 10, 2));
  });
});

describe('changed code', () => {
  test('of a helper executes exactly the stages that call it', async () => {
    rig.edit('lib/arithmetic.ts', 'return x * x;', 'return x * x * x;');
    expect(await rig.executes()).toEqual(['shuffle', 'squares@k=2', 'squares@k=3', 'squares@k=4', 'total']);
    expect(total()).toBeGreaterThan(expected([2, 3, 4], 10, 2));
  });

  test('of a helper of a helper counts as well', async () => {
    rig.write({ 'lib/times.ts': 'export const times = (a: number, b: number) => a * b;\n' });
    rig.edit('lib/arithmetic.ts', '/** Helpers', "import { times } from './times.ts';\n/** Helpers");
    rig.edit('lib/arithmetic.ts', 'return x * x * x;', 'return times(x, x);');
    // What they give was there before, so what is made of it is found.
    expect(await rig.executes()).toEqual(['squares@k=2', 'squares@k=3', 'squares@k=4']);
    rig.edit('lib/times.ts', 'a * b', 'a * b + 1');
    expect(await rig.executes()).toEqual(['shuffle', 'squares@k=2', 'squares@k=3', 'squares@k=4', 'total']);
    expect(total()).toBe(expected([2, 3, 4], 10, 2) + 9);
  });

  test('of a codec executes the stages that write with it and those that read with it', async () => {
    for (const stage of ['numbers', 'squares', 'total']) {
      const text = rig.read(`stages/${stage}.ts`).replaceAll("('numbers')", "('numbers', 2)");
      rig.write({ [`stages/${stage}.ts`]: text });
    }
    const ks = [2, 3, 4];
    const reached = ['total', ...ks.map((k) => `numbers@k=${k}`), ...ks.map((k) => `squares@k=${k}`)];
    expect(await rig.executes()).toEqual(reached.sort());
  });

  test('of a kind of its own, whose bytes change, executes what it reaches', async () => {
    rig.edit('stages/words.ts', "jsonKind<object>('counts')", "textKind('counts', 'json')");
    rig.edit('stages/words.ts', 'jsonKind', 'textKind');
    rig.edit('stages/words.ts', '  counts: {', '  counts: JSON.stringify({');
    rig.edit('stages/words.ts', '  },\n});', '  }),\n});');
    expect(await rig.executes()).toEqual(['words']);
    expect(rig.read('results/words.json').endsWith('}')).toBe(true);
  });

  test('in JSON that a stage imports counts', async () => {
    rig.write({ 'lib/offset.json': '{ "offset": 0, "unused": 1 }' });
    rig.edit('stages/total.ts', "'colophon';", "'colophon';\nimport data from '../lib/offset.json';");
    rig.edit('stages/total.ts', 'reduce(add, 0)', 'reduce(add, data.offset)');
    expect(await rig.executes()).toEqual(['total']);
    rig.write({ 'lib/offset.json': '{ "offset": 1000, "unused": 1 }' });
    expect(await rig.executes()).toEqual(['shuffle', 'total']);
    expect(total()).toBe(expected([2, 3, 4], 10, 2) + 9 + 1000);
  });

  test('of another module under the same name counts: a file that comes before the one imported', async () => {
    rig.write({ 'lib/scale/index.ts': 'export const scale = 1;\n' });
    rig.edit('stages/total.ts', "'colophon';", "'colophon';\nimport { scale } from '../lib/scale';");
    rig.edit('stages/total.ts', 'data.offset)', 'data.offset) * scale');
    expect(await rig.executes()).toEqual(['total']);
    rig.write({ 'lib/scale.ts': 'export const scale = 2;\n' });
    expect(await rig.executes()).toEqual(['shuffle', 'total']);
  });
});

describe('changed files', () => {
  test('a file executes the steps that read it', async () => {
    rig.write({ 'data/text.txt': 'another sentence with longer words\n' });
    expect(await rig.executes()).toEqual(['words']);
    expect(JSON.parse(rig.read('results/words.json'))).toMatchObject({ long: 4 });
  });

  test.each<[string, () => void]>([
    ['an entry added', () => rig.write({ 'data/notes/three.md': 'three\n' })],
    ['an entry changed', () => rig.write({ 'data/notes/three.md': 'Three\n' })],
    ['an entry renamed', () => rig.rename('data/notes/three.md', 'data/notes/3.md')],
    ['the executable bit', () => chmodSync(rig.path('data/notes/3.md'), 0o755)],
    [
      'an entry moved into a folder below',
      () => {
        rig.write({ 'data/notes/below/4.md': '' });
        rig.rename('data/notes/3.md', 'data/notes/below/3.md');
      },
    ],
    ['an entry removed', () => rig.remove('data/notes/below/3.md')],
    ['the globs of what is excluded', () => rig.edit('pipeline.yaml', '"*.tmp", ', '')],
  ])('a folder: %s', async (_, change) => {
    change();
    expect(await rig.executes()).toEqual(['words']);
  });

  test('an entry exchanged for another of the same bytes and name executes nothing', async () => {
    rig.remove('data/notes/one.md');
    rig.write({ 'data/notes/one.md': 'one\n' });
    expect(await rig.executes()).toEqual([]);
  });
});

describe('the seed', () => {
  test('executes the stages that draw random numbers, and no others', async () => {
    rig.edit('pipeline.yaml', 'seed: 7', 'seed: 8');
    expect(await rig.executes()).toEqual(['shuffle']);
  });

  test('a renamed stage that draws random numbers has another stream', async () => {
    rig.edit('pipeline.yaml', '  shuffle:', '  shuffled:');
    expect(await rig.executes()).toEqual(['shuffled']);
  });

  test('a stage that no longer draws has no stream, so the seed is nothing to it', async () => {
    rig.edit('stages/shuffle.ts', 'sum * random().uniform()', 'sum');
    rig.edit('stages/shuffle.ts', '({ sum }, _, { random })', '({ sum })');
    rig.edit('pipeline.yaml', '    random: true\n', '');
    expect(await rig.executes()).toEqual(['shuffled']);
    rig.edit('pipeline.yaml', 'seed: 8', 'seed: text');
    expect(await rig.executes()).toEqual([]);
  });
});

describe('lost results', () => {
  test('a removed store executes everything, and gives the same', async () => {
    const before = await rig.lock();
    const steps = (await rig.plan()).map(({ step }) => step).sort();
    rig.remove('.colophon');
    expect(await rig.executes()).toEqual(steps);
    expect(await rig.lock()).toBe(before);
  });
});
