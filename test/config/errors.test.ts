/** Every bad pipeline in test/config/errors with the very messages it must give. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePipeline } from '../../src/config/parse.ts';
import { formatProblem } from '../../src/model/fault.ts';

const folder = new URL('errors/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length));

const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** Comments of a file say how it is parsed: `# profile: quick`, `# -S a.k=6`, `# files: a.csv b.csv`. */
function parse(text: string) {
  const said = (word: string) =>
    [...text.matchAll(new RegExp(`^# ${word} (.*)$`, 'gm'))].map((match) => match[1] as string);
  const files = said('files:')[0]?.split(' ');
  const exists =
    files && ((path: string) => files.some((file) => file === path || file.startsWith(`${path}/`)));
  return parsePipeline(text, 'pipeline.yaml', {
    profile: said('profile:')[0],
    overrides: said('-S'),
    exists,
  });
}

describe('a bad pipeline is told, in the very words:', () => {
  test.each(names)('%s', (name) => {
    const { problems } = parse(read(`${name}.yaml`));
    expect(problems.map((problem) => `${formatProblem(problem)}\n`).join('')).toBe(read(`${name}.txt`));
  });
});

const expected = names.map((name) => ({ name, lines: read(`${name}.txt`).trimEnd().split('\n') }));

test('there are many, each with a message of its own', () => {
  expect(names.length).toBeGreaterThan(100);
  expect(expected.filter(({ lines }) => lines[0] === '')).toEqual([]);
  expect(readdirSync(folder).length).toBe(2 * names.length);
  const texts = expected.map(({ lines }) => lines.join('\n'));
  expect(new Set(texts).size).toBe(texts.length);
});

test('every message is a sentence with a place in the file, or about the command line', () => {
  for (const { lines } of expected) {
    for (const line of lines) {
      expect(line).toMatch(/^(pipeline\.yaml:\d+:\d+: |-S .*: |there is no profile ).*[.?]$/);
      expect(line).not.toMatch(/undefined|\[object|Invalid input|NaN|Too small/);
    }
  }
});

test('problems come in the order of the file', () => {
  for (const { lines } of expected) {
    const places = lines.map(
      (line) => /^pipeline\.yaml:(\d+):(\d+)/.exec(line)?.slice(1).map(Number) ?? [0, 0],
    );
    const sorted = places.toSorted(
      (a, b) => (a[0] as number) - (b[0] as number) || (a[1] as number) - (b[1] as number),
    );
    expect(places).toEqual(sorted);
  }
});

test('what a message suggests is something that the file has, or a field', () => {
  const suggestions = expected.flatMap(({ name, lines }) =>
    lines.flatMap((line) =>
      [...line.matchAll(/Did you mean "(?:\$\{)?([^"}]+)\}?"\?/g)].map((match) => ({
        name,
        word: match[1] as string,
      })),
    ),
  );
  expect(suggestions.length).toBeGreaterThan(30);
  const fields = [
    'stages',
    'deps',
    'retries',
    'use',
    'from',
    'cpus',
    'folder',
    'params',
    'says',
    'clock',
    'slurm',
  ];
  for (const { name, word } of suggestions) {
    const text = read(`${name}.yaml`).replace(/^# .*$/gm, '');
    const parts = word.split('.').filter((part) => !['deps', 'outs', 'params'].includes(part));
    for (const part of parts)
      expect(fields.includes(part) || new RegExp(`\\b${part}\\b`).test(text)).toBe(true);
  }
});
