/** The first difference: a cell, a path, or a byte. */
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { folderManifest } from '../../src/model/folder.ts';
import { firstDifference, firstDifferenceInFolder } from '../../src/provenance/difference.ts';
import { png } from '../model/data/make-png.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const difference = (before: string, now: string, extension: string) =>
  firstDifference(bytes(before), bytes(now), extension);

describe('the first difference', () => {
  test('of tables is a row and a column', () => {
    expect(difference('k,loss\n1,0.5\n2,0.25\n', 'k,loss\n1,0.5\n2,0.75\n', 'csv')).toBe(
      'row 2, column loss: 0.25 → 0.75',
    );
  });

  test('of tables with other columns or other lengths says so', () => {
    expect(difference('k,loss\n1,2\n', 'k,gain\n1,2\n', 'csv')).toBe('columns k, loss → k, gain');
    expect(difference('k\n1\n', 'k\n1\n2\n', 'csv')).toBe('1 rows → 2 rows');
    expect(difference('k\n1\n2\n', 'k\n1\n', 'csv')).toBe('2 rows → 1 rows');
  });

  test('tells minus zero from zero', () => {
    expect(difference('k\n0\n', 'k\n-0\n', 'csv')).toBe('row 1, column k: 0 → -0');
  });

  test('of JSON is a path', () => {
    expect(
      difference('{"points":[{"loss":1},{"loss":2}]}', '{"points":[{"loss":1},{"loss":3}]}', 'json'),
    ).toBe('.points[1].loss: 2 → 3');
    expect(difference('3', '4', 'json')).toBe('the whole: 3 → 4');
    expect(difference('{"a":1}', '{"a":1,"b":[]}', 'json')).toBe('.b: nothing → []');
    expect(difference('[1,2]', '[1]', 'json')).toBe('[1]: 2 → nothing');
    expect(difference('{"a":[]}', '{"a":{}}', 'json')).toBe('.a: [] → {}');
  });

  test('of equal data in other bytes, of other files, and of broken data is a byte', () => {
    expect(difference('{"a":1}', '{ "a":1}', 'json')).toBe('byte 1: 22 → 20');
    expect(difference('abc', 'abd', 'txt')).toBe('byte 2: 63 → 64');
    expect(difference('ab', 'abc', 'bin')).toBe('2 bytes → 3 bytes, the same up to byte 2');
    expect(difference('{"a":', '{"b":', 'json')).toBe('byte 2: 61 → 62');
  });

  test('of figures is an element and its attribute, or a text', () => {
    const figure = (x: string, label: string) =>
      `<svg><g><path d="M0 0L${x} 1"/></g><g><text>${label}</text></g></svg>`;
    expect(difference(figure('12', 'a'), figure('12.5', 'a'), 'svg')).toBe(
      'svg > g[1] > path[1], d: 12 → 12.5',
    );
    expect(difference(figure('12', 'a'), figure('12', 'b'), 'svg')).toBe('svg > g[2] > text[1]: "a" → "b"');
    expect(difference('<svg><g/></svg>', '<svg><g/><g/></svg>', 'svg')).toBe('svg: 1 parts → 2 parts');
    expect(difference('<svg><g/></svg>', '<svg><a/></svg>', 'svg')).toBe('svg > g[1]: <g> → <a>');
  });

  test('of figures that draw the same is a byte', () => {
    expect(difference('<svg a="1" b="2"/>', '<svg b="2" a="1"/>', 'svg')).toBe('byte 5: 61 → 62');
  });

  test('of images is a pixel, or the size', () => {
    const red = [255, 0, 0];
    const before = png(2, 2, 2, 8, [0, ...red, ...red, 0, ...red, ...red]);
    const now = png(2, 2, 2, 8, [0, ...red, ...red, 0, ...red, 254, 0, 1]);
    expect(firstDifference(before, now, 'png')).toBe('pixel 1, 1: (255, 0, 0, 255) → (254, 0, 1, 255)');
    const other = png(2, 1, 2, 8, [0, ...red, ...red]);
    expect(firstDifference(before, other, 'png')).toBe('2 × 2 pixels of 8 bits → 2 × 1 pixels of 8 bits');
  });
});

describe('the first difference of folders', () => {
  const kept = new Map<Digest, Uint8Array>();
  const folder = (files: Readonly<Record<string, string>>, executable = false) => {
    const entries = Object.entries(files).map(([path, text]) => {
      const digest = digestOf(text);
      kept.set(digest, bytes(text));
      return { path, executable, digest };
    });
    return bytes(folderManifest(entries));
  };
  const inFolder = (a: Uint8Array, b: Uint8Array) =>
    firstDifferenceInFolder(a, b, (digest) => kept.get(digest));

  test('is a file and a place in it', () => {
    expect(inFolder(folder({ 'a.csv': 'k\n1\n' }), folder({ 'a.csv': 'k\n2\n' }))).toBe(
      'a.csv: row 1, column k: 1 → 2',
    );
  });

  test('or a file that came, went or may be executed', () => {
    const one = folder({ a: '1' });
    const two = folder({ a: '1', b: '2' });
    expect(inFolder(one, two)).toBe('b came out too');
    expect(inFolder(two, one)).toBe('b did not come out');
    expect(inFolder(one, folder({ a: '1' }, true))).toBe('a is now executable');
  });
});
