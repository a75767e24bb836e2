import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { Problems } from '../../../src/config/problems.ts';
import { readYaml } from '../../../src/config/yaml/read.ts';
import { keyPlaceOf, namesAt, placeInside, placeOf, type Source } from '../../../src/config/yaml/tree.ts';

function read(text: string): { source: Source | undefined; problems: string[] } {
  const problems = new Problems();
  const source = readYaml(text, 'f', problems);
  return {
    source,
    problems: problems.sorted().map(({ place, message }) => `${place?.line}:${place?.column}: ${message}`),
  };
}

function source(text: string): Source {
  const { source: found, problems } = read(text);
  if (found === undefined || problems.length > 0) throw new Error(problems.join('\n'));
  return found;
}

const at = (place: { line: number; column: number }) => `${place.line}:${place.column}`;

describe('data', () => {
  test('is that of YAML 1.2, where yes is text and octal has an o', () => {
    expect(
      source('{ a: yes, b: 010, c: 0o10, d: 0x1F, e: 1e3, f: ~, g: True, h: "1", i: 2020-01-01 }').root.data,
    ).toEqual({
      a: 'yes',
      b: 10,
      c: 8,
      d: 31,
      e: 1000,
      f: null,
      g: true,
      h: '1',
      i: '2020-01-01',
    });
  });

  test('has names as they are written', () => {
    expect(Object.keys(source('1.0: a\ntrue: b\n"x y": c\n').root.data as object)).toEqual([
      '1.0',
      'true',
      'x y',
    ]);
  });

  test('of any kind is read as it was written out', () => {
    // Numbers that are refused, names that are, and half surrogates have tests of their own.
    const values = fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => !JSON.stringify(value).match(/-0\b|__proto__|\\ud|e[-+]?\d{2,}|""|"<<"|\d{16}/i));
    fc.assert(
      fc.property(values, (value) => {
        expect(read(stringify(value)).source?.root.data).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 13, numRuns: 300 },
    );
  });

  test('of ten thousand fields is read in a time that grows with their number, not its square', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `n${i}: *a\n`).join('');
    expect(namesAt(source(`a0: &a { x: 1 }\n${text}`), []).length).toBe(20_001);
  });
});

describe('aliases', () => {
  test('stand for the anchor last written above them', () => {
    expect(source('a: &x 1\nb: *x\nc: &x 2\nd: *x\n').root.data).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test('of a part inside of another are not set again when the other is repeated', () => {
    const text = 'a: &a { x: &x 1 }\nb: &x 2\nc: *a\nd: *x\n';
    expect(source(text).root.data).toEqual({ a: { x: 1 }, b: 2, c: { x: 1 }, d: 2 });
  });

  test('that multiply without end are stopped', () => {
    const lines = ['a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]'];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(read(lines.join('\n')).problems).toEqual([
      expect.stringContaining('aliases repeat more values than can be read'),
    ]);
  });

  test('inside of what they stand for are told', () => {
    expect(read('a: &x [1, *x]').problems).toEqual(['1:11: the alias *x stands inside what it stands for.']);
  });
});

describe('merges', () => {
  test('give way to fields that are written, wherever they stand', () => {
    expect(source('a: &a { x: 1, y: 2 }\nb:\n  y: 3\n  <<: *a\n').root.data).toMatchObject({
      b: { x: 1, y: 3 },
    });
  });

  test('of a list take the first that has the field', () => {
    expect(source('a: &a { x: 1 }\nb: &b { x: 2, y: 2 }\nc: { <<: [*a, *b] }\n').root.data).toMatchObject({
      c: { x: 1, y: 2 },
    });
  });

  test('in quotes are a field like any other', () => {
    expect(source('"<<": 5').root.data).toEqual({ '<<': 5 });
  });
});

describe('places', () => {
  const file = source('a:\n  - x\n  - { k: "v w" }\nb: |\n  line\nc: &c { d: 1 }\ne: { <<: *c }\n');

  test('of values and of names count from 1', () => {
    expect(at(placeOf(file, ['a', 1, 'k']))).toBe('3:10');
    expect(at(keyPlaceOf(file, ['a', 1, 'k']))).toBe('3:7');
    expect(at(keyPlaceOf(file, ['b']))).toBe('4:1');
  });

  test('of items are those of the items', () => {
    expect(at(keyPlaceOf(file, ['a', 0]))).toBe('2:5');
  });

  test('of what is not there are those of what is around it', () => {
    expect(at(placeOf(file, ['a', 1, 'z']))).toBe('3:5');
    expect(at(placeOf(file, ['z', 'y']))).toBe('1:1');
    expect(at(keyPlaceOf(file, ['b', 'y']))).toBe('4:4');
  });

  test('of what an alias or a merge brought are at the anchor', () => {
    expect(at(placeOf(file, ['e', 'd']))).toBe('6:12');
  });

  test('inside of text are exact where the text is spelled in the file', () => {
    expect(at(placeInside(file, ['a', 1, 'k'], 2))).toBe('3:13');
    expect(at(placeInside(file, ['a', 0], 0))).toBe('2:5');
    expect(at(placeInside(source('a: "\\u0041bc"'), ['a'], 2))).toBe('1:4');
    expect(at(placeInside(file, ['c', 'd'], 3))).toBe('6:12');
  });

  test('count the same with carriage returns and a byte order mark', () => {
    expect(at(placeOf(source('\uFEFFa: 1\r\nb: 2\r\n'), ['b']))).toBe('2:4');
  });
});

describe('what YAML allows and a pipeline does not', () => {
  test('is told with its place, and the rest is read', () => {
    const { source: found, problems } = read('a: .inf\nb: !x 1\na: 2\nc: 5\n');
    expect(problems.map((problem) => problem.slice(0, 4))).toEqual(['1:4:', '2:7:', '3:1:']);
    expect(found?.root.data).toEqual({ a: 0, b: '1', c: 5 });
  });

  test('nested without end is told, not thrown', () => {
    for (const depth of [300, 3000, 20_000]) {
      expect(read(`${'['.repeat(depth)}${']'.repeat(depth)}`).problems).toEqual([
        expect.stringMatching(/deep/),
      ]);
      expect(read(`${'- '.repeat(depth)}x`).problems).toEqual([expect.stringMatching(/deep/)]);
    }
  });

  test('large decimals and safe integers are read', () => {
    expect(source('[9007199254740991, 1e300, 1e-300]').root.data).toEqual([9007199254740991, 1e300, 1e-300]);
  });
});
