/** Times, times ago and durations as people read them. */
import { describe, expect, test } from 'vitest';
import { duration, elapsed, formatAgo, formatTime, roughly } from '../../src/base/time.ts';

describe('times', () => {
  test('are the same in every locale', () => {
    expect(formatTime(0)).toBe('1970-01-01 00:00:00');
    expect(formatTime(Date.UTC(2026, 10, 22, 1, 15, 26, 999))).toBe('2026-11-22 01:15:26');
  });

  test('of before are told roughly', () => {
    const ago = (seconds: number) => formatAgo(0, seconds * 1000);
    expect([10, 240, 7200, 90_000, 300_000].map(ago)).toEqual([
      'just now',
      '4 min ago',
      '2 h ago',
      'yesterday',
      '3 days ago',
    ]);
  });
});

describe('a duration', () => {
  test.each([
    [0, '0 ms'],
    [340.4, '340 ms'],
    [999.4, '999 ms'],
    [999.5, '1.0 s'],
    [4_210, '4.2 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 0 s'],
    [200_000, '3 min 20 s'],
    [119_600, '2 min 0 s'],
    [3_599_400, '59 min 59 s'],
    [3_599_600, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});

test.each([
  [0, '1 s'],
  [4100, '5 s'],
  [1001, '2 s'],
  [59_000, '59 s'],
  [59_001, '1 min'],
  [89_000, '1 min'],
  [90_000, '2 min'],
  [3_569_000, '59 min'],
  [3_570_000, '1 h 0 min'],
  [7_500_000, '2 h 5 min'],
])('%i ms are roughly %s', (milliseconds, said) => {
  expect(roughly(milliseconds)).toBe(said);
});

test.each([
  [0, '0 s'],
  [999, '0 s'],
  [42_900, '42 s'],
  [59_999, '59 s'],
  [60_000, '1 min 0 s'],
  [200_000, '3 min 20 s'],
  [3_599_999, '59 min 59 s'],
  [3_600_000, '1 h 0 min'],
  [7_559_000, '2 h 5 min'],
])('%i ms that have passed are %s', (milliseconds, said) => {
  expect(elapsed(milliseconds)).toBe(said);
});
