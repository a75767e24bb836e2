/** Profiles and -S: other values on existing names, with traces shared and everything else apart. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, newRig, removeRigs } from '../support/rig.ts';
import { pipelineText, stageText } from './support/texts.ts';

let rig: Rig;

beforeAll(() => {
  rig = newRig({
    'stages/power.ts': stageText({
      params: 'k: z.int(), scale: z.number()',
      run: '(_, { k, scale }) => ({ value: k * k * scale })',
    }),
    'stages/sum.ts': stageText({
      deps: 'all: gather(number)',
      run: '({ all }) => ({ value: all.reduce((s, { value }) => s + value, 0) })',
    }),
    'pipeline.yaml': pipelineText(
      {
        power: { use: 'stages/power.ts', matrix: { k: [1, 2, 3] }, params: { scale: 1 } },
        sum: { use: 'stages/sum.ts', deps: { all: 'power.value' }, publish: { value: 'results/sum.json' } },
      },
      {
        profiles: {
          quick: { power: { matrix: { k: [1, 2] } } },
          scaled: { power: { params: { scale: 2 } } },
        },
      },
    ),
  });
});
afterAll(removeRigs);

describe('a profile', () => {
  test('executes its own steps and shares what others executed', async () => {
    expect(await rig.executes()).toEqual(['power@k=1', 'power@k=2', 'power@k=3', 'sum']);
    expect(await rig.executes('--profile', 'quick')).toEqual(['sum']);
    expect(await rig.executes('--profile', 'scaled')).toEqual(['power@k=1', 'power@k=2', 'power@k=3', 'sum']);
    expect(await rig.executes('--profile', 'quick')).toEqual([]);
    expect(await rig.executes()).toEqual([]);
  });

  test('publishes to a folder of its own', () => {
    expect(rig.read('results/sum.json')).toBe('14\n');
    expect(rig.read('.colophon/published/quick/results/sum.json')).toBe('5\n');
    expect(rig.read('.colophon/published/scaled/results/sum.json')).toBe('28\n');
  });

  test('has its own part of the lock', async () => {
    await rig.lock();
    const both = JSON.parse(await rig.lock('--profile', 'quick')) as { profiles: Record<string, object> };
    expect(Object.keys(both.profiles)).toEqual(['default', 'quick']);
    expect(Object.keys(both.profiles['quick'] as object)).toEqual(['power@k=1', 'power@k=2', 'sum']);
    expect((await rig.run('--locked')).code).toBe(0);
    expect((await rig.run('--locked', '--profile', 'quick')).code).toBe(0);
    expect((await rig.run('--locked', '--profile', 'scaled')).code).toBe(3);
  });

  test('judges the claims of all profiles and its own, not those of others', async () => {
    const claims = {
      'sum-is-14': { says: 'the sum is 14', source: 'the test', value: 'sum.value', holds: '= 14' },
      'quick-is-5': {
        says: 'the quick sum is 5',
        source: 'the test',
        value: 'sum.value',
        holds: '= 5',
        profile: 'quick',
      },
    };
    const claiming = rig.copy('with its store');
    claiming.edit('pipeline.yaml', '"stages": {', `"claims": ${JSON.stringify(claims)}, "stages": {`);
    const judged = async (...args: string[]) => {
      const { code, events } = await claiming.run(...args);
      const statuses = events.flatMap((event) =>
        event.type === 'judged' && event.judgement.status !== 'unknown'
          ? [`${event.judgement.claim} ${event.judgement.status}`]
          : [],
      );
      return { code, statuses: statuses.sort() };
    };
    expect(await judged()).toEqual({ code: 0, statuses: ['sum-is-14 holds'] });
    expect(await judged('--profile', 'quick')).toEqual({
      code: 1,
      statuses: ['quick-is-5 holds', 'sum-is-14 fails'],
    });
  });

  test('that does not exist is a mistake, with the nearest one', async () => {
    const { code, stderr } = await rig.run('--profile', 'quik');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/"quik".*Did you mean "quick"/) as string,
    });
  });
});

describe('-S', () => {
  test('sets a param, a list, and more than one', async () => {
    expect(await rig.executes('-S', 'power.scale=3')).toEqual(['power@k=1', 'power@k=2', 'power@k=3', 'sum']);
    expect(await rig.executes('-S', 'power.k=[2, 4]')).toEqual(['power@k=4', 'sum']);
    expect(await rig.executes('-S', 'power.k=[2]', '-S', 'power.scale=3')).toEqual(['sum']);
  });

  test('finds what a profile with those values executed', async () => {
    expect(await rig.executes('-S', 'power.scale=2')).toEqual([]);
    expect(await rig.executes('--profile', 'scaled', '-S', 'power.k=[1, 2, 3]')).toEqual([]);
  });

  test('leaves what is published and the default profile as they are', async () => {
    expect(rig.read('results/sum.json')).toBe('14\n');
    expect(await rig.executes()).toEqual([]);
  });

  test.each([
    ['power.scal=2', /"scal".*Did you mean "?power\.scale|Did you mean "scale"/],
    ['powr.scale=2', /"powr".*Did you mean "power/],
    ['power.scale', /power\.scale/],
    ['power.scale=[1', /power\.scale/],
  ])('%s is a mistake that is said by name', async (text, message) => {
    const { code, stderr } = await rig.run('-S', text);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) as string });
  });

  test('of the wrong sort is refused by the schema of the stage', async () => {
    const { code, stderr } = await rig.run('-S', 'power.scale=large');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/stage "power": param "scale": .*expected number/) as string,
    });
  });
});
