/** The first difference: a cell, a path, or a byte. */
import { describe, expect, test } from 'vitest';
import { firstDifference } from '../../src/provenance/difference.ts';

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
});
