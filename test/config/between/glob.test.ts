import { describe, expect, test } from 'vitest';
import { covers } from '../../../src/config/between/glob.ts';

describe('a glob covers', () => {
  test.each([
    ['*.tmp', 'a.tmp'],
    ['made', 'made/x/y.csv'],
    ['made/**', 'made/x/y.csv'],
    ['**/*.tmp', 'a.tmp'],
    ['**/*.tmp', 'x/y/a.tmp'],
    ['x/*/a.csv', 'x/y/a.csv'],
    ['a?.csv', 'ab.csv'],
    ['[ab].csv', 'b.csv'],
    ['[!ab].csv', 'c.csv'],
    ['{a,b*}.csv', 'bcd.csv'],
    ['(a+b).csv', '(a+b).csv'],
  ])('%s: %s', (glob, path) => {
    expect(covers(glob, path)).toBe(true);
  });
});

describe('a glob does not cover', () => {
  test.each([
    ['*.tmp', 'x/a.tmp'],
    ['made', 'made2/x'],
    ['x/*/a.csv', 'x/y/z/a.csv'],
    ['a?.csv', 'a/.csv'],
    ['[!ab].csv', 'a.csv'],
    ['a.csv', 'abcsv'],
    ['{a,b}.csv', 'c.csv'],
  ])('%s: %s', (glob, path) => {
    expect(covers(glob, path)).toBe(false);
  });
});
