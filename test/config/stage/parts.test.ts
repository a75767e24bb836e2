/** The small readers of a stage's parts: quantities, paths, templates. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folded, isWithin, projectPath } from '../../../src/config/stage/path.ts';
import { durationPattern, readDuration, readSize, sizePattern } from '../../../src/config/stage/quantity.ts';
import { splitTemplate } from '../../../src/config/stage/template.ts';

describe('a duration', () => {
  test.each([
    ['30s', 30_000],
    ['5 min', 300_000],
    ['2h', 7_200_000],
    ['1h 30min', 5_400_000],
    ['1.5 d', 129_600_000],
    ['250ms', 250],
    ['0.5s', 500],
    [90, 90_000],
    [0.25, 250],
  ])('%s', (written, milliseconds) => {
    expect(readDuration(written)).toBe(milliseconds);
  });

  test.each(['', '5', 's', '5m', '5 minutes', '-5s', '5 s s', '1e3s', 'h2'])('is not %j', (text) => {
    expect(durationPattern.test(text)).toBe(false);
  });
});

describe('a size', () => {
  test.each([
    ['512 MB', 512e6],
    ['2GB', 2e9],
    ['1.5 GiB', 1.5 * 1024 ** 3],
    ['1 KiB', 1024],
    ['10 B', 10],
    ['1 TB', 1e12],
    [4096, 4096],
  ])('%s', (written, bytes) => {
    expect(readSize(written)).toBe(bytes);
  });

  test.each(['', '5', '5 gigs', '5G', 'MB', '-1 MB', '5 mb', '1 iB'])('is not %j', (text) => {
    expect(sizePattern.test(text)).toBe(false);
  });
});

describe('a path of the project', () => {
  test.each([
    ['data.csv', 'data.csv'],
    ['./data//x/', 'data/x'],
    ['a/./b', 'a/b'],
    ['.', '.'],
    ['./', '.'],
    ['.gitignore', '.gitignore'],
    ['data/.git', 'data/.git'],
    ['Überblick/ä b.csv', 'Überblick/ä b.csv'],
    ['a..b', 'a..b'],
  ])('%s', (written, path) => {
    expect(projectPath(written)).toEqual({ path });
  });

  test.each([
    '/x',
    '~/x',
    'C:\\x',
    'c:/x',
    '../x',
    'a/../b',
    '..',
    'a\\b',
    'a\0b',
    'a\nb',
    '.git/config',
    '.colophon',
    './.git',
  ])('is not %j', (written) => {
    expect(projectPath(written)).toHaveProperty('wrong');
  });

  test('spelled once stays as it is', () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        const once = projectPath(written);
        if ('path' in once) expect(projectPath(once.path)).toEqual(once);
      }),
      { seed: 17, numRuns: 500 },
    );
  });

  test('lies in a folder only at a whole name', () => {
    expect(isWithin('data/x.csv', 'data')).toBe(true);
    expect(isWithin('data', 'data')).toBe(true);
    expect(isWithin('database/x.csv', 'data')).toBe(false);
    expect(isWithin('data', 'data/x')).toBe(false);
    expect(isWithin('anything', '.')).toBe(true);
  });

  test('is the same to some file systems in other cases and compositions', () => {
    expect(folded('Figures/\u00c4.svg')).toBe(folded('figures/a\u0308.SVG'));
  });
});

describe('a template', () => {
  test('is taken apart at its places', () => {
    expect(splitTemplate('a-${k}/${ n }.svg')).toEqual([
      { type: 'text', text: 'a-' },
      { type: 'name', name: 'k', index: 2 },
      { type: 'text', text: '/' },
      { type: 'name', name: 'n', index: 7 },
      { type: 'text', text: '.svg' },
    ]);
  });

  test('keeps dollars and braces that are no place', () => {
    expect(splitTemplate('$HOME {x} $1 $')).toEqual([{ type: 'text', text: '$HOME {x} $1 $' }]);
    expect(splitTemplate('awk $${print $1}')).toEqual([{ type: 'text', text: 'awk ${print $1}' }]);
    expect(splitTemplate('$$${k}')).toEqual([{ type: 'text', text: '$${k}' }]);
    expect(splitTemplate('')).toEqual([{ type: 'text', text: '' }]);
  });

  test('names a place that is not closed', () => {
    expect(splitTemplate('a ${k')).toEqual([
      { type: 'text', text: 'a ' },
      { type: 'unclosed', index: 2 },
      { type: 'text', text: 'k' },
    ]);
    expect(splitTemplate('${a${b}')).toMatchObject([
      { type: 'unclosed', index: 0 },
      { type: 'text', text: 'a' },
      { type: 'name', name: 'b' },
    ]);
  });

  test('put together again is the text', () => {
    const pieces = fc.array(fc.constantFrom('${a}', '${b.c}', '$', '{', '}', 'x', '${', '$$'));
    fc.assert(
      fc.property(pieces, (list) => {
        const text = list.join('');
        const again = splitTemplate(text).map((part) =>
          part.type === 'text' ? part.text : part.type === 'name' ? `\${${part.name}}` : '${',
        );
        expect(again.join('')).toBe(text.replaceAll('$${', '${'));
      }),
      { seed: 19, numRuns: 500 },
    );
  });
});
