/** What is wrong in files: each problem once, in the order of places, and on a terminal the line with a caret under it. */
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Excerpts, problemLines, seenFromHere, withPlacesFrom } from '../../src/cli/problems.ts';
import { colourStyle, plainStyle, visibleWidth } from '../../src/cli/view/style.ts';
import { Fault, type Problem } from '../../src/model/fault.ts';

const at = (file: string, line: number, column: number, message = 'wrong'): Problem => ({
  place: { file, line, column },
  message,
});
const here = process.cwd();

describe('problems of a project', () => {
  const seen = (...problems: readonly Problem[]) => seenFromHere(here, problems);

  test('are each told once, and two at one place both', () => {
    const twice = at('a.ts', 1, 1);
    expect(seen(twice, at('a.ts', 1, 1, 'other'), { ...twice }, { message: 'x' }, { message: 'x' })).toEqual([
      { message: 'x' },
      twice,
      at('a.ts', 1, 1, 'other'),
    ]);
  });

  test('are in order: without a place, the pipeline file, others by name, line and column as numbers', () => {
    const sorted = [
      { message: 'no place' },
      at('pipeline.yaml', 2, 50),
      at('pipeline.yaml', 10, 2),
      at('pipeline.yaml', 10, 11),
      at('Z.ts', 1, 1),
      at('a.ts', 1, 1),
    ];
    expect(seen(...sorted.toReversed())).toEqual(sorted);
    expect(seen(at('a.ts', 1, 1), at('z/other.yml', 9, 9)).map(({ place }) => place?.file)).toEqual([
      'z/other.yml',
      'a.ts',
    ]);
  });

  test('name files as seen from where the user is', () => {
    const file = (root: string) => seenFromHere(root, [at('stages/a.ts', 3, 4)])[0]?.place?.file;
    expect(file(here)).toBe(join('stages', 'a.ts'));
    expect(file(join(here, 'below'))).toBe(join('below', 'stages', 'a.ts'));
    expect(file(join(here, '..'))).toBe(relative(here, join(here, '..', 'stages/a.ts')));
    expect(seenFromHere(join(here, 'below'), [at('a.ts', 3, 4)])[0]?.place).toMatchObject({
      line: 3,
      column: 4,
    });
  });
});

describe('work that fails', () => {
  const moved = join('below', 'a.ts');

  test('by a fault has its files named from here, and keeps its kind', async () => {
    const fault = new Fault('bytes', [at('a.ts', 1, 2)]);
    const error = await withPlacesFrom(join(here, 'below'), () => Promise.reject(fault)).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(Fault);
    expect(error).toMatchObject({
      kind: 'bytes',
      problems: [at(moved, 1, 2)],
      message: `${moved}:1:2: wrong`,
    });
  });

  test('at once does so too; by anything else it fails as it did', async () => {
    const now = () => {
      throw new Fault('usage', [at('a.ts', 1, 2)]);
    };
    await expect(withPlacesFrom(join(here, 'below'), now)).rejects.toThrow(moved);
    const error = new TypeError('other');
    await expect(withPlacesFrom(here, () => Promise.reject(error))).rejects.toBe(error);
  });

  test('not gives what it gives', async () => {
    expect(await withPlacesFrom(here, () => 3)).toBe(3);
  });
});

describe('lines', () => {
  test('are a line for each problem, and how many in how many files', () => {
    expect(problemLines([at('a.ts', 1, 2)])).toEqual(['a.ts:1:2: wrong', '1 problem in a.ts']);
    expect(
      problemLines([{ message: 'x' }, at('a.ts', 1, 2), at('a.ts', 3, 4), at('b.ts', 1, 1)]).slice(-2),
    ).toEqual(['b.ts:1:1: wrong', '4 problems in 2 files']);
  });

  test('without a file are the messages alone', () => {
    expect(problemLines([{ message: 'x' }])).toEqual(['x']);
    expect(problemLines([])).toEqual([]);
  });
});

describe('excerpts', () => {
  const excerpts = (text: string | undefined, columns = 80, style = plainStyle): Excerpts => ({
    read: (file) => (file === 'a.ts' ? text : undefined),
    columns,
    style,
  });
  const excerpt = (text: string | undefined, line: number, column: number, columns = 80) =>
    problemLines([at('a.ts', line, column)], excerpts(text, columns)).slice(1, -1);
  /** The character above the caret. */
  const pointed = ([source, caret]: readonly string[]) => source?.[caret?.indexOf('^') ?? -1];

  test('show the line with a caret under the column, gutters aligned', () => {
    expect(excerpt('one\ntwo three\nfour', 2, 5)).toEqual(['  2 │ two three', '    │     ^']);
    const long = `${'\n'.repeat(99)}  here\r\n`;
    expect(excerpt(long, 100, 3)).toEqual(['  100 │   here', '      │   ^']);
  });

  test('show a tab as one space, so that the caret is in its place', () => {
    expect(excerpt('\t\tx = 1', 1, 3)).toEqual(['  1 │   x = 1', '    │   ^']);
  });

  test.each([
    ['a file that cannot be read', undefined, 1],
    ['a line that is not there', 'one', 2],
    ['a line of spaces', 'one\n   \n', 2],
  ])('show nothing of %s', (_, text, line) => {
    expect(excerpt(text, line, 1)).toEqual([]);
  });

  test('show of a long line what is around the column, within the terminal', () => {
    const text = Array.from({ length: 400 }, (_, i) => String.fromCharCode(0x21 + (i % 90))).join('');
    for (const columns of [30, 60, 100])
      for (let column = 1; column <= 400; column++) {
        const lines = excerpt(text, 1, column, columns);
        expect(pointed(lines), `column ${column} of ${columns}`).toBe(text[column - 1]);
        for (const line of lines) expect(visibleWidth(line)).toBeLessThanOrEqual(columns);
      }
    expect(excerpt(text, 1, 1, 30)[0]).toMatch(/^ {2}1 │ !".*…$/);
    expect(excerpt(text, 1, 200, 30)[0]).toMatch(/^ {2}1 │ ….*…$/);
  });

  test('make the place strong and the caret red', () => {
    const lines = problemLines([at('a.ts', 1, 1)], excerpts('x', 80, colourStyle));
    expect(lines[0]).toBe(`${colourStyle.strong('a.ts:1:1:')} wrong`);
    expect(lines[2]).toContain(colourStyle.bad('^'));
  });

  test('are not of a problem without a place', () => {
    expect(problemLines([{ message: 'x' }], excerpts('x'))).toEqual(['x']);
  });
});
