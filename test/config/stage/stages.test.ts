/** What a stage may say, beside the flagship's: the ways of writing that must be accepted. */
import { describe, expect, test } from 'vitest';
import { good, stageOf, told, withStages } from '../support/parsed.ts';

const has = (...files: readonly string[]) => ({ exists: (path: string) => files.includes(path) });

describe('a dep', () => {
  const stages = withStages('polish: { use: stages/polish.ts }', 'b: { use: stages/b.ts, deps: { x: X } }');
  const dep = (written: string, ...files: readonly string[]) =>
    stageOf(good(stages.replace('X', written), has('stages/polish.ts', 'stages/b.ts', ...files)), 'b').deps[
      'x'
    ];

  test('whose first part is a stage is an artifact, even where there is a file of that name', () => {
    expect(dep('polish.points', 'polish.points')).toEqual({
      type: 'artifact',
      stage: 'polish',
      role: 'points',
    });
  });

  test('is a file otherwise', () => {
    expect(dep('data.csv', 'data.csv')).toEqual({ type: 'source', path: 'data.csv', pin: true, exclude: [] });
    expect(dep('data/polish.points', 'data/polish.points')).toMatchObject({ type: 'source' });
  });

  test('as a map is a file, whatever its name', () => {
    expect(dep('{ path: polish.points }', 'polish.points')).toMatchObject({
      type: 'source',
      path: 'polish.points',
    });
  });

  test('of the name of a stage may be a file without an ending, or a folder', () => {
    expect(dep('polish', 'polish')).toMatchObject({ type: 'source', path: 'polish' });
  });

  test('is not looked for where nobody can say what files there are', () => {
    expect(told(stages.replace('X', 'data.csv'))).toEqual([]);
  });

  test('of a command may be the script that it is named for', () => {
    const text = withStages('fit: { cmd: [python3, fit.py], deps: { x: fit.py }, outs: { model: m.json } }');
    expect(stageOf(good(text), 'fit').deps['x']).toMatchObject({ type: 'source', path: 'fit.py' });
    expect(told(text.replace('x: fit.py', 'x: fit.model'))).toEqual([
      expect.stringContaining('stage "fit" needs itself'),
    ]);
  });

  test('of a stage file may have any role: only its code knows them', () => {
    expect(told(stages.replace('X', 'polish.whatever'))).toEqual([]);
  });
});

const leaving = (out: string) =>
  withStages(`a: { cmd: [fit], deps: { data: data }, outs: { model: ${out} } }`);

describe('a command', () => {
  test('may make nothing, and may be given every sort of argument', () => {
    const text = withStages(
      'list: { use: stages/list.ts }',
      'check:',
      '  cmd: [check, "${k}", "${deps.item}", "${params.strict}-${params.n}"]',
      '  matrix: { k: [1, 2], item: { from: list.all, id: name } }',
      '  params: { strict: true, n: 1.5 }',
    );
    expect(stageOf(good(text), 'check').computation).toEqual({
      type: 'command',
      argv: [
        [{ type: 'text', text: 'check' }],
        [{ type: 'variable', name: 'k' }],
        [{ type: 'dep', role: 'item' }],
        [
          { type: 'param', name: 'strict' },
          { type: 'text', text: '-' },
          { type: 'param', name: 'n' },
        ],
      ],
    });
  });

  test('may leave an out beside a folder that it reads, but not in it', () => {
    expect(told(leaving('data.json'))).toEqual([]);
    expect(told(leaving('data/model.json')).length).toBe(1);
  });
});

const settingsOf = (fields: string, defaults = '{}') =>
  stageOf(good(`defaults: ${defaults}\n${withStages(`a: { use: stages/a.ts, ${fields} }`)}`), 'a');

describe('settings', () => {
  test('have defaults', () => {
    expect(settingsOf('params: {}')).toMatchObject({
      retries: 0,
      executor: 'local',
      random: false,
      stochastic: false,
      effects: [],
      resources: { cpus: 1, slots: {} },
    });
  });

  test('of the stage go before those of the file', () => {
    expect(
      settingsOf('random: false, retries: 0, effects: []', '{ random: true, retries: 3, effects: [clock] }'),
    ).toMatchObject({ random: false, retries: 0, effects: [] });
  });

  test('list each effect once, sorted', () => {
    expect(settingsOf('effects: [native, clock, native]').effects).toEqual(['clock', 'native']);
  });

  test.each([
    ['bytes', { type: 'bytes' }],
    ['canonical', { type: 'canonical' }],
    ['tolerance(1e-9)', { type: 'tolerance', absolute: 1e-9, relative: 0 }],
    ['tolerance( absolute 1e-9 )', { type: 'tolerance', absolute: 1e-9, relative: 0 }],
    ['tolerance(relative 0.5)', { type: 'tolerance', absolute: 0, relative: 0.5 }],
    ['tolerance(absolute 1e-9, relative 1e-6)', { type: 'tolerance', absolute: 1e-9, relative: 1e-6 }],
    ['tolerance(ulp 4)', { type: 'tolerance', absolute: 0, relative: 0, ulp: 4 }],
    ['tolerance(relative 1e-6, ulp 2)', { type: 'tolerance', absolute: 0, relative: 1e-6, ulp: 2 }],
  ])('compare outs by %s', (compare, comparison) => {
    expect(settingsOf(`outs: { x: { compare: "${compare}" } }`).outs['x']).toEqual({
      folder: false,
      compare: comparison,
    });
  });
});

describe('a matrix', () => {
  test('takes text, numbers and truth values of one variable', () => {
    const text = withStages('a: { use: stages/a.ts, matrix: { k: [6, "x y", true, -0.5, 1e-9] } }');
    expect(stageOf(good(text), 'a').matrix['k']).toEqual({
      type: 'values',
      values: [6, 'x y', true, -0.5, 1e-9],
    });
  });

  test('may take values of a stage that takes them from a third', () => {
    const text = withStages(
      'a: { use: s.ts, matrix: { k: { from: b } } }',
      'b: { use: s.ts, matrix: { k: { from: c } } }',
      'c: { use: s.ts, matrix: { k: [1] } }',
    );
    expect(stageOf(good(text), 'a').matrix['k']).toEqual({ type: 'same', stage: 'b' });
  });

  test('of a stage that another takes values from may need that other: only artifacts make circles', () => {
    expect(
      told(
        withStages(
          'a: { use: s.ts, matrix: { k: [1] }, deps: { x: b.out } }',
          'b: { use: s.ts, matrix: { k: { from: a } } }',
        ),
      ),
    ).toEqual([]);
  });
});
