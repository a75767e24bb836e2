/** What is asked wrongly is said with its place and the nearest right thing, exit 2; targets and single items. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, newRig, removeRigs } from '../support/rig.ts';
import { sums } from './support/sums.ts';

let rig: Rig;

beforeAll(() => {
  rig = newRig(sums);
});
afterAll(removeRigs);

describe('targets', () => {
  test('are a step and what it needs', async () => {
    expect(await rig.executes('squares@k=2')).toEqual(['numbers@k=2', 'squares@k=2']);
  });

  test('are a published path', async () => {
    expect(await rig.executes('./results/words.json')).toEqual(['words']);
  });

  test('are a stage, all its cases', async () => {
    expect(await rig.executes('numbers')).toEqual(['numbers@k=1', 'numbers@k=3']);
  });

  test('are, with ^ behind, all that is below as well', async () => {
    rig.edit('pipeline.yaml', 'long: 4', 'long: 3');
    expect(await rig.executes('numbers@k=1^')).toEqual(['shuffle', 'squares@k=1', 'squares@k=3', 'total']);
  });

  test('leave the rest as it is', async () => {
    expect((await rig.plan()).filter(({ verdict }) => verdict !== 'hit').map(({ step }) => step)).toEqual([
      'words',
    ]);
  });

  test('--force executes those that are named, though they are up to date, and not what they need', async () => {
    expect(await rig.executes('--force', 'total')).toEqual(['total']);
    expect(await rig.executes('--force', 'squares')).toEqual(['squares@k=1', 'squares@k=2', 'squares@k=3']);
  });
});

describe('--single-item', () => {
  test('executes the named step alone', async () => {
    expect(await rig.executes('--single-item', 'words')).toEqual(['words']);
  });

  test('refuses where the step needs something that is not up to date, and executes nothing', async () => {
    rig.edit('pipeline.yaml', 'base: 10', 'base: 12');
    const { code, stderr, executed } = await rig.run('--single-item', 'total');
    expect({ code, executed }).toEqual({ code: 2, executed: [] });
    expect(stderr).toMatch(/--single-item .* they need numbers@k=1, .*not up to date/);
    expect(await rig.executes('-s', 'numbers@k=1', 'numbers@k=2')).toEqual(['numbers@k=1', 'numbers@k=2']);
  });
});

describe('what is asked wrongly', () => {
  test.each<[string[], RegExp]>([
    [['run', 'sqares'], /no stage, step or published path "sqares"\. Did you mean "squares"\?/],
    [['run', 'squares@k=33'], /no step is "squares@k=33"; there are .* Did you mean "squares@k=3"\?/],
    [['run', 'results/totl.json'], /Did you mean "results\/total\.json"\?/],
    [['run', '-j', 'many'], /--jobs takes a whole number from 1, found "many"/],
    [['run', '-j', '0'], /--jobs takes a whole number from 1, found "0"/],
    [['run', '--jsn'], /has no flag --jsn\. Did you mean "--json"\?/],
    [['rn'], /there is no command "rn"\. Did you mean "run"\?/],
    [['plan', 'wrds'], /Did you mean "words"\?/],
    [['why', 'shufle'], /Did you mean "shuffle"\?/],
    [['run', '-f', 'nowhere.yaml', '--file', 'nowhere.yaml'], /nowhere\.yaml/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await rig.colophon(...args);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message) as string,
    });
  });

  test('outside of any project says how to begin one', async () => {
    const nowhere = newRig({});
    expect(await nowhere.colophon('run')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no pipeline\.yaml here or above; `colophon init`/) as string,
    });
    expect(nowhere.exists('.colophon')).toBe(false);
  });
});

describe('what is wrong in the project', () => {
  test('in the stages is told at once, each with its place', async () => {
    const wrong = newRig({
      ...sums,
      'stages/total.ts': (sums['stages/total.ts'] as string).replace(
        "'../lib/arithmetic.ts'",
        "'../lib/arithmetics.ts'",
      ),
      'stages/words.ts': (sums['stages/words.ts'] as string).replace('notes: folder', 'note: folder'),
    });
    wrong.edit('pipeline.yaml', 'list: numbers.list', 'list: numbers.lists');
    wrong.edit('pipeline.yaml', 'base: 10', 'bass: 10');
    const { code, stderr } = await wrong.run();
    expect(code).toBe(2);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(/^stages\/total\.ts:3:\d+: cannot resolve "\.\.\/lib\/arithmetics\.ts"/),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^pipeline\.yaml:21:\d+: stage "words" takes no dep "notes"; it takes text and note\. Did you mean "note"\?/,
      ),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^pipeline\.yaml:20:\d+: stage "words" needs a dep "note" \(a folder\), which is not given/,
      ),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^pipeline\.yaml:11:\d+: .*"numbers\.lists", which no stage makes\. Did you mean "numbers\.list"\?/,
      ),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^pipeline\.yaml:7:\d+: stage "numbers": the stage has no param "bass"; it takes k, base, step\. Did you mean "base"\?/,
      ),
    );
    expect(wrong.exists('results')).toBe(false);
  });

  test('in a stage that cannot be evaluated is told with the words of the error', async () => {
    const wrong = newRig(sums);
    wrong.edit(
      'stages/total.ts',
      'export const params = () => z.object({});',
      'export const params = () => { throw new Error("no such luck"); };',
    );
    const { code, stderr } = await wrong.run();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /pipeline\.yaml:\d+:\d+: stages\/total\.ts cannot be evaluated: no such luck/,
      ) as string,
    });
  });

  test('in a step that no target needs does not matter to what is parsed first', async () => {
    const wrong = newRig(sums);
    wrong.remove('data/text.txt');
    const { code, stderr } = await wrong.run('total');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/pipeline\.yaml:\d+:\d+: .*data\/text\.txt/) as string,
    });
  });
});
