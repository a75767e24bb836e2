/** How command lines are read: commands, flags in all their spellings, arguments, and what is said of a wrong one. */
import { describe, expect, test } from 'vitest';
import { nameOf, readCommandLine } from '../../src/cli/arguments.ts';
import { commands } from '../../src/cli/commands.ts';
import { candidates } from '../../src/cli/completion/candidates.ts';
import { exits, worst } from '../../src/cli/exit.ts';

const read = (line: string) =>
  readCommandLine(
    line.split(' ').filter((word) => word !== ''),
    commands,
  );

describe('a command line', () => {
  test('gives arguments and flags, wherever they stand', () => {
    const expected = { type: 'command', given: [['train', 'plot']], flags: { jobs: '4', keepGoing: true } };
    for (const line of [
      'run -k train -j 4 plot',
      'run train plot -kj4',
      'run --jobs=4 --keep-going train plot',
      'repro train plot -j=4 -k',
    ])
      expect(read(line)).toMatchObject(expected);
  });

  test('keeps an = in a value, and gathers a flag that may be repeated', () => {
    expect(read('run -S a.b=1 --set=c.d=2')).toMatchObject({
      flags: { set: ['a.b=1', 'c.d=2'] },
      given: [[]],
    });
  });

  test('takes no flags behind --, and a lone or numeric minus for a word', () => {
    expect(read('where -- -0.5')).toMatchObject({ given: ['-0.5'] });
    expect(read('where -0.5')).toMatchObject({ given: ['-0.5'], flags: {} });
    expect(read('run -- --json')).toMatchObject({ given: [['--json']], flags: {} });
  });

  test.each(['', '-h', '--help', 'help'])('"%s" asks for the overview', (line) => {
    expect(read(line)).toEqual({ type: 'help' });
  });

  test.each(commands.map(nameOf))('%s --help asks for its help, whatever else is wrong', (name) => {
    for (const line of [`${name} --help`, `help ${name}`, `${name} --nonsense -h`])
      expect(read(line)).toMatchObject({
        type: 'help',
        spec: { usage: expect.stringMatching(new RegExp(`^${name}\\b`)) },
      });
  });

  test('asks for a topic by its name', () => {
    expect(read('help targets')).toMatchObject({ type: 'topic', topic: { name: 'targets' } });
  });

  test.each([
    ['rnu', 'there is no command "rnu". Did you mean "run"?'],
    ['--jsno', 'there is no flag "--jsno".'],
    ['help rnu', 'there is no command "rnu". Did you mean "run"?'],
    ['run --job 4', '`colophon run` has no flag --job. Did you mean "--jobs"?'],
    ['status --keep-going', '`colophon status` has no flag --keep-going. `colophon run` has one.'],
    ['run --force=yes', '--force takes no value, found "yes"'],
    ['run --jobs', '--jobs takes a value: --jobs <n>'],
    ['run --profile --json', '--profile takes a value: --profile <name>'],
    ['why', '`colophon why` needs <target>: colophon why <target>'],
    ['gc now', '`colophon gc` takes no argument, found "now" too'],
    ['resolve a b c', '`colophon resolve` takes at most 2 arguments, found "c" too'],
  ])('"%s" is refused in words that help', (line, message) => {
    const found = read(line);
    expect(found.type).toBe('wrong');
    expect((found as { message: string }).message).toContain(message);
  });
});

describe('completion', () => {
  const names = {
    targets: (word: string) =>
      word.startsWith('train@') ? ['train', 'train@k=6', 'train@k=8'] : ['train', 'table'],
    claims: () => ['decays'],
    runs: () => ['last'],
    profiles: () => ['full', 'quick'],
    params: () => ['train.starts='],
  };
  const complete = (line: string) => candidates(line.split(' '), commands, names).map(({ word }) => word);

  test.each([
    ['ru', ['run', 'runs']],
    ['help tar', ['targets']],
    ['run t', ['train', 'table']],
    ['run train@k=', ['train@k=6', 'train@k=8']],
    ['run --profile q', ['quick']],
    ['run -S tr', ['train.starts=']],
    ['run --keep', ['--keep-going']],
    ['run --json --js', []],
    ['claims ', ['decays']],
    ['diff la', ['last']],
    ['completion f', ['fish']],
    ['nonsense ', []],
  ])('of "%s" offers %j', (line, offered) => {
    expect(complete(line)).toEqual(offered);
  });
});

describe('of several exit codes', () => {
  test.each([
    [[], 0],
    [[1, 3], 3],
    [[3, 2, 1], 2],
    [[2, 130], 130],
    [[143, 4], 4],
    [[4, 70, 1], 70],
  ] as const)('%j gives %i', (codes, expected) => {
    expect(worst([...codes])).toBe(expected);
  });

  test('each has its own meaning', () => {
    expect(new Set(Object.values(exits)).size).toBe(Object.keys(exits).length);
  });
});
