/** The quick reader of plain YAML says what the library says, or nothing. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problems } from '../../../src/config/problems.ts';
import { readPlain } from '../../../src/config/yaml/plain.ts';
import { readAny, readYaml } from '../../../src/config/yaml/read.ts';

/** What the library makes of the text, and whether it has anything against it. */
function byLibrary(text: string) {
  const problems = new Problems();
  const source = readAny(text, 'pipeline.yaml', problems);
  return { root: source?.root, problems: problems.sorted() };
}

/** Holds of every text: where the quick reader gives a tree, the library gives the very same, places included. */
function agrees(text: string): boolean {
  const quick = readPlain(text);
  if (quick === undefined) return false;
  expect(byLibrary(text), text).toEqual({ root: quick, problems: [] });
  return true;
}

const scalars = [
  ...['word', 'a/b.ts', 'x-1', 'true', 'false', 'null', 'True', 'NULL', 'yes', 'e', 'nan', 'i1e5'],
  ...[
    '0',
    '7',
    '10',
    '007',
    '1.5',
    '1.50',
    '0.1',
    '-3',
    '+3',
    '1e9',
    '1_000',
    '0x1F',
    '0o17',
    '.5',
    '5.',
    '.inf',
  ],
  ...[
    '123456789012345',
    '1234567890123456',
    '9007199254740993',
    '-0',
    '1.234567890123456789',
    '1.2.3',
    '2024-01-02',
  ],
  ...[
    '"quoted text: {a, b} # no"',
    '"esc\\n"',
    "'single'",
    '""',
    '~',
    '-',
    '*a',
    '&a b',
    '!!str 1',
    '|',
    '>',
    '@x',
    '%x',
  ],
  ...[
    'two words',
    'a:b',
    'a: b',
    'a #b',
    'a#b',
    'é',
    '[',
    '}',
    'x,y',
    '? a',
    '<<',
    'a\tb',
    '#',
    '"open',
    'a.b/c_d',
  ],
];
const names = [
  'a',
  'b',
  'stages',
  'use',
  'a.b',
  'x-1',
  'true',
  'null',
  '1',
  '_a',
  '<<',
  '__proto__',
  '"q"',
  'two words',
  'é',
];

/** Names and values that are mostly plain, so that whole documents are plain often enough. */
const name = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'stages', 'x-1', 'a.b', 'null') },
  { weight: 1, arbitrary: fc.constantFrom(...names) },
);
const scalar = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('word', 'a/b.ts', '12', '1.50', 'true', '"a, b"', '0') },
  { weight: 1, arbitrary: fc.constantFrom(...scalars) },
);
const gap = fc.constantFrom('', '', ' ', '  ');
const comma = fc.constantFrom(', ', ',', ' , ', ', ');
const { flow } = fc.letrec<{ flow: string }>((tie) => ({
  flow: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc
      .tuple(gap, fc.array(fc.tuple(name, tie('flow')), { maxLength: 3 }), comma, gap)
      .map(
        ([a, items, between, b]) =>
          `{${a}${items.map(([key, value]) => `${key}: ${value}`).join(between)}${b}}`,
      ),
    fc
      .tuple(gap, fc.array(tie('flow'), { maxLength: 3 }), comma, gap)
      .map(([a, items, between, b]) => `[${a}${items.join(between)}${b}]`),
  ),
}));
const line = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .tuple(fc.constantFrom(0, 0, 2, 2, 4, 3), name, flow)
      .map(([indent, key, value]) => `${' '.repeat(indent)}${key}: ${value}`),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(0, 0, 2, 4), name)
      .map(([indent, key]) => `${' '.repeat(indent)}${key}:`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '  ',
      '# note',
      '   # note: {',
      '- item',
      '---',
      '...',
      'text',
      '\t',
      '# é',
      'a: b # note',
    ),
  },
);

describe('readPlain', () => {
  test('agrees with the library on every text that it reads', () => {
    let read = 0;
    const property = fc.property(fc.array(line, { maxLength: 7 }), fc.boolean(), (lines, ended) => {
      if (agrees(lines.join('\n') + (ended ? '\n' : ''))) read += 1;
    });
    fc.assert(property, { numRuns: 8000, seed: 7 });
    expect(read).toBeGreaterThan(400);
  });

  test.each(scalars)('agrees on the scalar %s, alone and within brackets', (text) => {
    agrees(`a: ${text}\n`);
    agrees(`a: [${text}, { b: ${text} }]\n`);
    agrees(`a:\n  b: ${text}\nc: 1\n`);
  });

  test.each(names)('agrees on the name %s', (text) => {
    agrees(`${text}: 1\n`);
    agrees(`a: { ${text}: 1 }\n`);
    agrees(`a:\n  ${text}:\n    b: 1\n`);
  });

  test('agrees on the pipelines that are to be refused', () => {
    const folder = join(import.meta.dirname, '../errors');
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.yaml')))
      agrees(readFileSync(join(folder, file), 'utf8'));
  });

  test('reads what a program writes for thousands of stages', () => {
    const stage = (i: number) =>
      `  s${i}:\n    use: stages/add.ts\n    params: { i: ${i}, at: 0.5, on: true }\n    deps: { d0: s${i - 1}.value, all: [s0.value, "s1.value"] }\n`;
    const text = `# made by a program\npipeline: many\nseed: 1\nstages:\n${Array.from({ length: 50 }, (_, i) => stage(i)).join('')}`;
    expect(agrees(text)).toBe(true);
  });

  test.each([
    ['a name written twice', 'a: 1\na: 2\n'],
    ['a name written twice in brackets', 'a: { b: 1, b: 2 }\n'],
    ['a line that stands in between', 'a:\n    b: 1\n  c: 2\n'],
    ['a list', 'a:\n  - 1\n'],
    ['an empty value', 'a:\nb: 1\n'],
    ['an empty value at the end', 'a:\n'],
    ['nothing', ''],
    ['a comment behind a value', 'a: 1 # one\n'],
    ['a bracket over two lines', 'a: [1,\n  2]\n'],
    ['a name of a thousand letters', `${'a'.repeat(1100)}: 1\n`],
    ['a carriage return', 'a: 1\r\nb: 2\r\n'],
    ['a byte order mark', '\uFEFFa: 1\n'],
  ])('leaves %s to the library', (_, text) => {
    expect(readPlain(text)).toBeUndefined();
  });

  test('gives the places that the library gives', () => {
    const text = 'a: 1\n\n# note\nb:\n  c: [x, "y"]\n';
    const quick = readYaml(text, 'f.yaml', new Problems());
    const slow = readAny(text, 'f.yaml', new Problems());
    for (let offset = 0; offset <= text.length + 1; offset++)
      expect(quick?.placeAt(offset)).toEqual(slow?.placeAt(offset));
  });
});
