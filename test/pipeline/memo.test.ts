/** What is remembered by stats is never stale: a project that lay still for a while, and then changes. */
import { appendFileSync, statSync, utimesSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, newRig, removeRigs, settle } from '../support/rig.ts';
import { pipelineText, shell, stageText } from './support/texts.ts';

afterAll(removeRigs);

/** A project without folder deps and probes, whose second run sees by stats alone that nothing changed. */
function still(): Rig {
  return newRig({
    'lib/scale.ts': 'export const scale = 1;\n',
    'lone/deep/index.ts': 'export const deep = 1;\n',
    'lib/data.json': '{ "offset": 0 }\n',
    'node_modules/factor/package.json': '{ "name": "factor", "main": "main.js" }\n',
    'node_modules/factor/main.js': 'export const factor = 1;\n',
    'node_modules/factor/other.js': 'export const factor = 7;\n',
    'stages/length.ts': stageText({
      deps: 'text: anyText',
      before: `import { scale } from '../lib/scale.ts';
import { deep } from '../lone/deep';
import data from '../lib/data.json';
import { factor } from 'factor';`,
      run: '({ text }) => ({ value: text.length * scale * deep * factor + data.offset })',
    }),
    'data.txt': 'words',
    'pipeline.yaml': pipelineText({
      length: {
        use: 'stages/length.ts',
        deps: { text: 'data.txt' },
        publish: { value: 'results/length.json' },
      },
      large: { cmd: shell('head -c 30000 /dev/zero > out.bin'), outs: { zeros: 'out.bin' } },
    }),
  });
}

/** A plain run: what it says, without `--json`, which never takes the fast way. */
async function says(rig: Rig): Promise<{ readonly code: number | null; readonly steps: string }> {
  const { code, stderr } = await rig.colophon('run');
  return { code, steps: /(up to date|\d+ executed)/.exec(stderr)?.[1] ?? stderr };
}

describe('a project that lay still', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = still();
    expect((await says(rig)).steps).toBe('2 executed');
    await settle();
    // This run notes the stats that the next ones look at.
    expect((await says(rig)).steps).toBe('up to date');
    expect((await says(rig)).steps).toBe('up to date');
  });

  const value = () => Number(rig.read('results/length.json'));

  /** Writes other bytes of the same length, and gives the file back the time it had. */
  function slip(path: string, from: string, to: string): void {
    const { atime, mtime } = statSync(rig.path(path));
    expect(to.length).toBe(from.length);
    rig.edit(path, from, to);
    utimesSync(rig.path(path), atime, mtime);
  }

  /** The change is seen at once, and again after the project has lain still. */
  async function seen(change: () => void, expected: number, executed = '1 executed'): Promise<void> {
    change();
    expect(await says(rig)).toEqual({ code: 0, steps: executed });
    expect(value()).toBe(expected);
    await settle();
    expect(await says(rig)).toEqual({ code: 0, steps: 'up to date' });
  }

  test('sees an input of the same size with its old time put back', async () => {
    await seen(() => slip('data.txt', 'words', 'fives'), 5);
    await seen(() => rig.write({ 'data.txt': 'longer words' }), 12);
  });

  test('sees code of the same size with its old time put back', async () => {
    await seen(() => slip('lib/scale.ts', 'scale = 1', 'scale = 2'), 24);
  });

  test('sees imported JSON', async () => {
    await seen(() => slip('lib/data.json', '"offset": 0', '"offset": 1'), 25);
  });

  test('sees a file that comes before a folder of its name in what an import finds', async () => {
    await seen(() => rig.write({ 'lone/deep.ts': 'export const deep = 10;\n' }), 241);
    await seen(() => rig.remove('lone/deep.ts'), 25, 'up to date');
  });

  test('sees a package that another one took the place of, or whose package.json names another file', async () => {
    await seen(
      () => rig.write({ 'node_modules/factor/package.json': '{ "name": "factor", "main": "other.js" }\n' }),
      24 * 7 + 1,
    );
    await seen(
      () => rig.write({ 'stages/node_modules/factor/index.js': 'export const factor = 3;\n' }),
      24 * 3 + 1,
    );
    await seen(() => rig.remove('stages/node_modules'), 24 * 7 + 1, 'up to date');
  });

  test('sees pipeline.yaml', async () => {
    rig.edit('pipeline.yaml', 'head -c 30000', 'head -c 30001');
    expect((await says(rig)).steps).toBe('1 executed');
  });

  test('sees a published file that was edited, and one that was removed', async () => {
    await settle();
    expect((await says(rig)).steps).toBe('up to date');
    appendFileSync(rig.path('results/length.json'), 'more');
    expect(await rig.colophon('run')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('edited by hand') as string,
    });
    rig.remove('results/length.json');
    expect((await says(rig)).code).toBe(0);
    expect(rig.exists('results/length.json')).toBe(true);
  });

  test('sees a lock that differs', async () => {
    await rig.lock();
    await settle();
    expect((await rig.colophon('run', '--locked')).code).toBe(0);
    rig.write({ 'pipeline.lock': rig.read('pipeline.lock').replace(/"key":"./, '"key":"x') });
    expect((await rig.colophon('run', '--locked')).code).toBe(2);
    rig.remove('pipeline.lock');
    expect((await rig.colophon('run', '--locked')).code).toBe(3);
    expect((await rig.colophon('run')).code).toBe(0);
  });

  test('sees artifacts that are gone from the store', async () => {
    await settle();
    await says(rig);
    expect((await says(rig)).steps).toBe('up to date');
    rig.remove('.colophon/objects');
    expect((await says(rig)).steps).toBe('1 executed');
  });

  test('sees that another profile or target is asked for', async () => {
    await settle();
    expect((await says(rig)).steps).toBe('up to date');
    const { stderr } = await rig.colophon('run', '-S', 'length.nothing=1');
    expect(stderr).toContain('nothing');
    expect(await rig.executes('--force', 'large')).toEqual(['large']);
    expect((await rig.colophon('run', 'large')).stderr).toMatch(/up to date: 1 step,/);
  });
});

describe('a file that appears or goes where a dep could mean it', () => {
  test('is seen, though pipeline.yaml is the same', async () => {
    const rig = newRig({
      'data.txt': 'words',
      'pipeline.yaml': pipelineText({
        copy: { cmd: shell('cat data.txt > out.txt'), deps: { text: 'data.txt' }, outs: { text: 'out.txt' } },
      }),
    });
    await rig.executes();
    await settle();
    await says(rig);
    rig.remove('data.txt');
    expect(await rig.colophon('run')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('data.txt') as string,
    });
    rig.write({ 'data.txt': 'words' });
    expect((await says(rig)).steps).toBe('up to date');
  });
});

describe('a probe', () => {
  test('is asked every time, and another answer executes', async () => {
    const rig = newRig({ answer: 'one' });
    const probe = ['cat', rig.path('answer')];
    rig.write({
      'pipeline.yaml': pipelineText({
        s: { cmd: shell('echo 1 > out.txt'), outs: { t: 'out.txt' }, environment: { answer: probe } },
      }),
    });
    await rig.executes();
    await settle();
    expect((await says(rig)).steps).toBe('up to date');
    rig.write({ answer: 'two' });
    expect((await rig.plan())[0]).toMatchObject({
      verdict: 'miss',
      reasons: [{ type: 'environment', detail: 'answer: "one" → "two"' }],
    });
    expect((await says(rig)).steps).toBe('1 executed');
    rig.remove('answer');
    expect(await rig.colophon('run')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/answer/) as string,
    });
  });
});
