/** Profiles and -S: what they change, and what they leave. */
import { describe, expect, test } from 'vitest';
import { type ParseOptions, parsePipeline } from '../../../src/config/parse.ts';
import { good, stageOf, told } from '../support/parsed.ts';

const text = `
pipeline: p
stages:
  minima:
    use: stages/minima.ts
    matrix: { k: [6, 8, 10], n: [a, b] }
    params: { starts: 1000, solver: { name: newton, steps: 5 } }
    resources: { cpus: 4, memory: 1 GB, slots: { gpu: 1, disk: 1 } }
  polish:
    use: stages/polish.ts
    matrix: { k: { from: minima }, n: { from: minima } }
    deps: { candidates: minima.candidates }
profiles:
  quick: { minima: { matrix: { k: [6] }, params: { starts: 10, rounds: 2 }, resources: { cpus: 1, slots: { gpu: 0 } } } }
  wide: { minima: { params: { solver: { steps: 7 } } } }
`;

const minima = (options: ParseOptions) => stageOf(good(text, options), 'minima');

describe('the default profile', () => {
  test('is the file as it is written, and publishes', () => {
    expect(good(text)).toMatchObject({ profile: 'default', publishes: true });
    expect(good(text, { profile: 'default', overrides: [] })).toEqual(good(text));
  });
});

describe('a profile', () => {
  test('sets values, params and resources, and leaves the rest', () => {
    expect(minima({ profile: 'quick' })).toMatchObject({
      matrix: { k: { type: 'values', values: [6] }, n: { type: 'values', values: ['a', 'b'] } },
      params: { starts: 10, rounds: 2, solver: { name: 'newton', steps: 5 } },
      resources: { cpus: 1, memory: 1e9, slots: { disk: 1 } },
    });
  });

  test('sets a param as a whole', () => {
    expect(minima({ profile: 'wide' }).params['solver']).toEqual({ steps: 7 });
  });

  test('is named, and does not publish', () => {
    expect(good(text, { profile: 'quick' })).toMatchObject({ profile: 'quick', publishes: false });
  });
});

/** What `-S minima.starts=` sets the param to. */
const read = (value: string) => minima({ overrides: [`minima.starts=${value}`] }).params['starts'];

describe('-S', () => {
  test('sets one param to what YAML reads', () => {
    expect([
      read('50'),
      read('1e-9'),
      read('fast'),
      read('"50"'),
      read('true'),
      read('null'),
      read('[1, 2]'),
      read('{ a: b }'),
      read('a=b'),
    ]).toEqual([50, 1e-9, 'fast', '50', true, null, [1, 2], { a: 'b' }, 'a=b']);
  });

  test('sets a matrix variable, with a list or one value', () => {
    expect(minima({ overrides: ['minima.k=[6, 8]', 'minima.n=c'] }).matrix).toEqual({
      k: { type: 'values', values: [6, 8] },
      n: { type: 'values', values: ['c'] },
    });
  });

  test('goes before the profile', () => {
    expect(minima({ profile: 'quick', overrides: ['minima.starts=7'] }).params).toMatchObject({
      starts: 7,
      rounds: 2,
    });
  });

  test('names an unnamed profile, in any order, that does not publish', () => {
    const one = good(text, { overrides: ['minima.starts=7', 'minima.k=6'] });
    expect(one).toMatchObject({ profile: 'default+minima.k=6+minima.starts=7', publishes: false });
    expect(good(text, { overrides: ['minima.k=6', 'minima.starts=7'] }).profile).toBe(one.profile);
    expect(good(text, { profile: 'quick', overrides: ['minima.k=8'] }).profile).toBe('quick+minima.k=8');
  });

  test('may name a param that only the stage file knows', () => {
    expect(minima({ overrides: ['minima.rounds=3'] }).params['rounds']).toBe(3);
  });

  test('is told without a place in the file', () => {
    const { problems } = parsePipeline(text, 'pipeline.yaml', {
      overrides: ['minma.starts=1', 'minima.k=[6, 6]'],
    });
    expect(problems).toEqual([
      { message: '-S minma.starts=1: there is no stage "minma". Did you mean "minima"?' },
      {
        message:
          '-S minima.k=[6, 6]: stage "minima" has "6" twice among the values of "k" (items 1 and 2). Keep one.',
      },
    ]);
  });
});

describe('profiles that are not used', () => {
  test('are checked all the same', () => {
    expect(told(text.replace('starts: 10,', 'starts: .nan,'))).toEqual([
      expect.stringContaining('.nan is not a finite number'),
    ]);
    expect(told(text.replace('wide: { minima', 'wide: { minimax'))).toEqual([
      expect.stringContaining('there is no stage of that name'),
    ]);
  });

  test('do not decide what is joined: that is checked in the profile that runs', () => {
    const narrow = text.replace('k: { from: minima }', 'k: [6, 8, 10]');
    expect(told(narrow)).toEqual([]);
    expect(told(narrow, { profile: 'quick' })).toEqual([
      expect.stringContaining(
        'step "polish" needs "minima.candidates" for k=8,n=a, k=8,n=b, k=10,n=a and k=10,n=b, but "minima" has no such cases',
      ),
    ]);
  });
});
