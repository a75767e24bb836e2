/** Names that were meant, counts, lists and sizes as people read them. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  byteSize,
  counted,
  editDistance,
  groupDigits,
  listed,
  nearest,
  shortDigest,
  suggestion,
} from '../../src/base/text.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });

describe('the distance of two texts', () => {
  test.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['stage', 'stage', 0],
    ['stage', 'stages', 1],
    ['stage', 'tage', 1],
    ['stage', 'stove', 2],
    ['stage', 'satge', 1],
    ['abcd', 'badc', 2],
    ['kitten', 'sitting', 3],
  ])('%j and %j: %d', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
    expect(editDistance(b, a)).toBe(edits);
  });

  test('is 0 for equal texts only, the same both ways, and at most the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
      { seed: 21 },
    );
  });

  test('grows by at most one with one more letter', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(Math.abs(editDistance(a, `${b}c`) - editDistance(a, b))).toBeLessThanOrEqual(1);
      }),
      { seed: 22 },
    );
  });
});

describe('the nearest name', () => {
  test('is the one with the fewest edits, capitals aside, the first of equals', () => {
    expect(nearest('sampel', ['simple', 'sample', 'stages'])).toBe('sample');
    expect(nearest('SAMPLE', ['simple', 'sample'])).toBe('sample');
    expect(nearest('bat', ['cat', 'hat'])).toBe('cat');
  });

  test('is none where all are too far: more than one edit for three letters', () => {
    expect(nearest('abc', ['abd'])).toBe('abd');
    expect(nearest('abc', ['axy'])).toBeUndefined();
    expect(nearest('k', ['n'])).toBe('n');
    expect(nearest('abcdef', ['abcdxy'])).toBe('abcdxy');
    expect(nearest('abcdef', ['abcxyz'])).toBeUndefined();
    expect(nearest('abc', [])).toBeUndefined();
  });

  test('is asked about, or nothing is said', () => {
    expect(suggestion('sampel', new Set(['sample']))).toBe(' Did you mean "sample"?');
    expect(suggestion('sampel', ['figure'])).toBe('');
  });
});

describe('counts', () => {
  test('have their noun in the singular for one only', () => {
    expect(counted(0, 'step')).toBe('0 steps');
    expect(counted(1, 'step')).toBe('1 step');
    expect(counted(2, 'step')).toBe('2 steps');
    expect(counted(1, 'entry', 'entries')).toBe('1 entry');
    expect(counted(3, 'entry', 'entries')).toBe('3 entries');
  });

  test('are grouped by three digits with narrow blanks that do not break', () => {
    expect(groupDigits(999)).toBe('999');
    expect(groupDigits(1000)).toBe('1\u202f000');
    expect(groupDigits(123456)).toBe('123\u202f456');
    expect(groupDigits(1234567)).toBe('1\u202f234\u202f567');
    expect(groupDigits(-12345)).toBe('-12\u202f345');
    expect(groupDigits(-123)).toBe('-123');
    expect(counted(12_345, 'file')).toBe('12\u202f345 files');
  });
});

describe('a list', () => {
  test('reads as in a sentence', () => {
    expect(listed([])).toBe('');
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b'])).toBe('a and b');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  });

  test('that is long ends with how many more there are', () => {
    const letters = 'abcdefghij'.split('');
    expect(listed(letters.slice(0, 8))).toBe('a, b, c, d, e, f, g and h');
    expect(listed(letters)).toBe('a, b, c, d, e, f, g, h and 2 more');
    expect(listed(letters, 2)).toBe('a, b and 8 more');
  });
});

test('a digest is told by its first twelve digits', () => {
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(shortDigest(digest)).toBe('ba7816bf8f01');
  expect(shortDigest('absent')).toBe('absent');
});

describe('a size', () => {
  test.each([
    [0, '0 B'],
    [512, '512 B'],
    [999, '999 B'],
    [1000, '1.00 KB'],
    [3449, '3.45 KB'],
    [999_499, '999 KB'],
    [999_500, '1.00 MB'],
    [1_234_567_890, '1.23 GB'],
  ])('of %d bytes is %s', (bytes, text) => {
    expect(byteSize(bytes)).toBe(text);
  });
});
