/** Published files: put where declared, never over what a person wrote there, taken back when nobody publishes them. */
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Rig, eventsOf, newRig, removeRigs } from '../support/rig.ts';
import { pipelineText, shell, stageText } from './support/texts.ts';

afterAll(removeRigs);

const say = (words: string, publish: object) => ({
  cmd: shell(`printf %s '${words}' > out.txt`),
  outs: { text: 'out.txt' },
  publish,
});

function published(): Rig {
  return newRig({
    'pipeline.yaml': pipelineText({
      one: say('first', { text: 'results/one.txt' }),
      two: say('second', { text: 'results/deep/down/two.txt' }),
    }),
  });
}

/** Everything below a folder, sorted. */
const filesIn = (rig: Rig, folder: string) =>
  readdirSync(rig.path(folder), { recursive: true }).map(String).sort();

describe('a published file', () => {
  test('is put where declared, and again where it was removed', async () => {
    const rig = published();
    await rig.executes();
    expect([rig.read('results/one.txt'), rig.read('results/deep/down/two.txt')]).toEqual(['first', 'second']);
    rig.remove('results');
    const ran = await rig.run();
    expect({ code: ran.code, executed: ran.executed }).toEqual({ code: 0, executed: [] });
    expect(eventsOf(ran, 'published').map(({ path, change }) => `${path} ${change}`)).toEqual([
      'results/one.txt written',
      'results/deep/down/two.txt written',
    ]);
    expect(rig.read('results/deep/down/two.txt')).toBe('second');
  });

  test('leaves no drafts beside it', async () => {
    const rig = published();
    await rig.executes();
    expect(filesIn(rig, 'results')).toEqual(['deep', 'deep/down', 'deep/down/two.txt', 'one.txt']);
  });

  test('follows a new result', async () => {
    const rig = published();
    await rig.executes();
    rig.edit('pipeline.yaml', 'first', 'changed');
    expect(await rig.executes()).toEqual(['one']);
    expect(rig.read('results/one.txt')).toBe('changed');
  });

  test('that holds the result already is left as it is, though this project never wrote it', async () => {
    const rig = published();
    rig.write({ 'results/one.txt': 'first' });
    const ran = await rig.run();
    expect(ran.code).toBe(0);
    expect(eventsOf(ran, 'published').find(({ path }) => path === 'results/one.txt')?.change).toBe('same');
  });
});

describe('a file edited by hand', () => {
  async function edited() {
    const rig = published();
    await rig.executes();
    rig.write({ 'results/one.txt': 'my own words' });
    return rig;
  }

  test('is left alone, exit 1, and said; the rest is published', async () => {
    const rig = await edited();
    rig.edit('pipeline.yaml', 'second', 'other');
    const ran = await rig.run();
    expect(ran.code).toBe(1);
    expect(eventsOf(ran, 'edited')).toMatchObject([{ path: 'results/one.txt' }]);
    expect([rig.read('results/one.txt'), rig.read('results/deep/down/two.txt')]).toEqual([
      'my own words',
      'other',
    ]);
    const again = await rig.colophon('run');
    expect(again).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/results\/one\.txt was edited by hand.*--restore/) as string,
    });
  });

  test('that was there before the first run is left alone as well', async () => {
    const rig = published();
    rig.write({ 'results/one.txt': 'here first' });
    expect((await rig.run()).code).toBe(1);
    expect(rig.read('results/one.txt')).toBe('here first');
  });

  test('is replaced with --restore, and its bytes are kept', async () => {
    const rig = await edited();
    const { code, stdout } = await rig.colophon('run', '--json', '--restore');
    expect(code).toBe(0);
    expect(rig.read('results/one.txt')).toBe('first');
    const digest = /edited bytes are kept as ([0-9a-f]+)/.exec(stdout)?.[1] as string;
    expect((await rig.colophon('show', digest)).stdout.trimEnd()).toBe('my own words');
    expect((await rig.run()).code).toBe(0);
  });

  test('is no longer in the way when it says what is published', async () => {
    const rig = await edited();
    expect((await rig.run()).code).toBe(1);
    rig.write({ 'results/one.txt': 'first' });
    expect((await rig.run()).code).toBe(0);
  });

  test('is left alone when a new result comes, however often', async () => {
    const rig = await edited();
    for (const words of ['a', 'b']) {
      rig.edit('pipeline.yaml', words === 'a' ? "'first'" : "'a'", `'${words}'`);
      expect((await rig.run()).code).toBe(1);
    }
    expect(rig.read('results/one.txt')).toBe('my own words');
  });
});

describe('a file put back to an older result by hand', () => {
  test('is replaced: its bytes are in the store', async () => {
    const rig = published();
    await rig.executes();
    rig.edit('pipeline.yaml', 'first', 'newer');
    await rig.executes();
    rig.write({ 'results/one.txt': 'first' });
    expect((await rig.run()).code).toBe(0);
    expect(rig.read('results/one.txt')).toBe('newer');
  });
});

describe('a path that no step publishes any more', () => {
  test('is removed where it is as it was left', async () => {
    const rig = published();
    await rig.executes();
    rig.edit('pipeline.yaml', 'results/one.txt', 'results/uno.txt');
    const ran = await rig.run();
    expect(ran).toMatchObject({ code: 0, executed: [] });
    expect([rig.exists('results/one.txt'), rig.read('results/uno.txt')]).toEqual([false, 'first']);
    expect(eventsOf(ran, 'published')).toContainEqual({
      type: 'published',
      path: 'results/one.txt',
      step: 'one',
      change: 'removed',
    });
  });

  test('is left alone and reported where it was edited', async () => {
    const rig = published();
    await rig.executes();
    rig.write({ 'results/one.txt': 'my own words' });
    rig.edit('pipeline.yaml', 'results/one.txt', 'results/uno.txt');
    const ran = await rig.run();
    expect(ran.code).toBe(1);
    expect(eventsOf(ran, 'edited')[0]?.message).toMatch(/no step publishes results\/one\.txt any more/);
    expect(rig.read('results/one.txt')).toBe('my own words');
  });

  test('stays when it is only not among the targets, or below a failed step', async () => {
    const rig = published();
    await rig.executes();
    rig.edit('pipeline.yaml', "'first' > out.txt", "'first' > out.txt; exit 1");
    expect((await rig.run('two')).code).toBe(0);
    expect((await rig.run('-k')).code).toBe(1);
    expect(rig.read('results/one.txt')).toBe('first');
  });

  test('with its case gone from the matrix is removed', async () => {
    const rig = newRig({
      'stages/k.ts': stageText({ params: 'k: z.int()', run: '(_, { k }) => ({ value: k })' }),
      'pipeline.yaml': pipelineText({
        k: { use: 'stages/k.ts', matrix: { k: [1, 2] }, publish: { value: 'results/${k}.json' } },
      }),
    });
    await rig.executes();
    rig.edit('pipeline.yaml', '1,', '3,');
    expect(await rig.executes()).toEqual(['k@k=3']);
    expect(readdirSync(rig.path('results')).sort()).toEqual(['2.json', '3.json']);
  });
});

describe('other profiles', () => {
  test('publish to a folder of their own', async () => {
    const rig = published();
    rig.edit('pipeline.yaml', '"stages"', '"profiles": { "loud": {} }, "stages"');
    await rig.executes('--profile', 'loud');
    expect(rig.exists('results')).toBe(false);
    expect(rig.read('.colophon/published/loud/results/one.txt')).toBe('first');
    await rig.executes();
    expect(rig.read('results/one.txt')).toBe('first');
  });

  test('as does -S, whose path names no folder outside', async () => {
    const rig = newRig({
      'stages/k.ts': stageText({ params: 'n: z.string()', run: '(_, { n }) => ({ value: n.length })' }),
      'pipeline.yaml': pipelineText({
        k: { use: 'stages/k.ts', params: { n: 'x' }, publish: { value: 'value.json' } },
      }),
    });
    expect(await rig.executes('-S', 'k.n=../../../../escape')).toEqual(['k']);
    expect(rig.exists('value.json')).toBe(false);
    const files = readdirSync(rig.path('.colophon/published'), { recursive: true }).map(String);
    expect(files.filter((path) => path.endsWith('value.json')).length).toBe(1);
    expect(readdirSync(join(rig.root, '..')).filter((name) => name.includes('escape'))).toEqual([]);
  });
});

describe('a path that cannot be published to', () => {
  test('for a link on the way is refused by name', async () => {
    const rig = published();
    mkdirSync(rig.path('elsewhere'));
    symlinkSync(rig.path('elsewhere'), rig.path('results'));
    const { code, stderr } = await rig.run();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/cannot publish results\/one\.txt: results is a symbolic link/) as string,
    });
    expect(readdirSync(rig.path('elsewhere'))).toEqual([]);
  });

  test('for a folder in its place is refused by name', async () => {
    const rig = published();
    mkdirSync(rig.path('results/one.txt'), { recursive: true });
    const { code, stderr } = await rig.run();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/cannot publish results\/one\.txt: .*folder/) as string,
    });
  });

  test('for a file where a folder should be is refused by name', async () => {
    const rig = published();
    rig.write({ 'results/deep': 'a file' });
    const { code, stderr } = await rig.run();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /cannot publish results\/deep\/down\/two\.txt: .*results\/deep/,
      ) as string,
    });
  });

  test.each([
    [
      'that two steps share',
      { one: say('a', { text: 'same.txt' }), two: say('b', { text: 'same.txt' }) },
      /published to as well/,
    ],
    ['outside the project', { one: say('a', { text: '../out.txt' }) }, /"\.\.\/out\.txt"/],
    [
      'in what a stage reads',
      {
        one: say('a', { text: 'data/x.txt' }),
        two: { cmd: ['true'], deps: { d: 'data' }, outs: { o: 'o' } },
      },
      /data\/x\.txt/,
    ],
    [
      'that all cases share',
      { one: { ...say('a', { text: 'x.txt' }), matrix: { k: [1, 2] } } },
      /for every value of "k"/,
    ],
  ])('%s is a mistake of pipeline.yaml', async (_, stages, message) => {
    const rig = newRig({ 'pipeline.yaml': pipelineText(stages), 'data/y.txt': '' });
    const { code, stderr } = await rig.run();
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) as string });
  });
});

describe('a folder that is published', () => {
  const plots = (script: string) => ({
    plots: {
      cmd: shell(script),
      outs: { all: { path: 'plots', folder: true } },
      publish: { all: 'figures' },
    },
  });

  test('has its files put there, with their executable bits', async () => {
    const rig = newRig({
      'pipeline.yaml': pipelineText(
        plots('mkdir -p plots/b; echo 1 > plots/a; echo 2 > plots/b/c; chmod +x plots/a'),
      ),
    });
    await rig.executes();
    expect(filesIn(rig, 'figures')).toEqual(['a', 'b', 'b/c']);
    expect(rig.read('figures/b/c')).toBe('2\n');
    const isExecutable = (path: string) => (statSync(rig.path(path)).mode & 0o100) !== 0;
    expect([isExecutable('figures/a'), isExecutable('figures/b/c')]).toEqual([true, false]);
    rig.edit('pipeline.yaml', 'chmod +x plots/a', 'chmod +x plots/b/c');
    expect(await rig.executes()).toEqual(['plots']);
    expect([isExecutable('figures/a'), isExecutable('figures/b/c')]).toEqual([false, true]);
  });

  test('has its files replaced, removed and left alone like any other', async () => {
    const rig = newRig({
      'pipeline.yaml': pipelineText(
        plots('mkdir plots; echo 1 > plots/a; echo 2 > plots/b; echo 3 > plots/c'),
      ),
    });
    await rig.executes();
    rig.edit('pipeline.yaml', 'echo 2 > plots/b; echo 3', 'echo 4');
    expect(await rig.executes()).toEqual(['plots']);
    expect(readdirSync(rig.path('figures')).sort()).toEqual(['a', 'c']);
    expect(rig.read('figures/c')).toBe('4\n');
    rig.edit('pipeline.yaml', '"outs"', '"timeout": 60, "params": { "x": 1 }, "outs"');
    rig.edit('pipeline.yaml', 'mkdir plots', 'exit 1; mkdir plots');
    expect((await rig.run()).code).toBe(1);
    expect(readdirSync(rig.path('figures')).sort()).toEqual(['a', 'c']);
    rig.edit('pipeline.yaml', 'exit 1; mkdir plots', 'mkdir plots');
    expect((await rig.run()).code).toBe(0);
    writeFileSync(rig.path('figures/a'), 'mine');
    expect((await rig.run()).code).toBe(1);
    expect(rig.read('figures/a')).toBe('mine');
  });
});
