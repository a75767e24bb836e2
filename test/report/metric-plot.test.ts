/** A quantity over runs as a figure: every value is told, gaps stay gaps, and any range has ticks. */
import { describe, expect, test } from 'vitest';
import { plotMetric } from '../../src/report/metric-plot.ts';

const points = (...values: readonly (number | undefined)[]) =>
  values.map((value, i) => ({
    ...{ run: `20261122T0${100 + i}00-76e651`, profile: i % 2 === 0 ? 'default' : 'full', value },
  }));

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] as string);
const path = (text: string) => all(text, /<path d="([^"]*)" fill="none"/g)[0];
const ticks = (text: string) => all(text, /text-anchor="end" fill="#565d68"\s*>([^<]+)<\/text/g).slice(0, -1);
const heights = (text: string) => all(text, /<circle cx="[^"]*" cy="([^"]*)"/g).map(Number);

test('tells every run, its profile and its value, in words too', () => {
  const text = plotMetric('loss', points(0.5, 0.25));
  expect(all(text, /<title>([^<]+)<\/title>/g)).toEqual([
    'loss over 2 runs',
    '20261122T010000-76e651 (default): 0.5',
    '20261122T010100-76e651 (full): 0.25',
  ]);
  expect(all(text, /<desc>([^<]+)<\/desc>/g)).toEqual([
    '20261122T010000-76e651: 0.5; 20261122T010100-76e651: 0.25',
  ]);
});

test('is the same for the same points, and lets no name become markup', () => {
  const text = plotMetric('<loss & "gain">', points(1, 2));
  expect(plotMetric('<loss & "gain">', points(1, 2))).toBe(text);
  expect(text).toContain('&lt;loss &amp; ');
  expect(text).not.toContain('<loss');
});

describe('the line', () => {
  test('joins the points from left to right, a larger value higher', () => {
    const text = plotMetric('loss', points(1, 3, 2));
    const [one, three, two] = heights(text) as [number, number, number];
    expect(three < two && two < one).toBe(true);
    expect(path(text)).toMatch(/^M[\d.]+ [\d.]+L[\d.]+ [\d.]+L[\d.]+ [\d.]+$/);
    const across = [...(path(text) ?? '').matchAll(/[ML]([\d.]+)/g)].map(([, x]) => Number(x));
    expect(across).toEqual(across.toSorted((a, b) => a - b));
  });

  test('is broken where a run has no value, and goes on behind it', () => {
    const text = plotMetric('loss', points(undefined, 1, 2, undefined, 3));
    expect((path(text) ?? '').replace(/[\d. ]+/g, '')).toBe('MLM');
    expect(heights(text)).toHaveLength(3);
  });

  test('stays inside the figure, whatever the values are', () => {
    for (const values of [[1e-300, 2e-300], [-1e12, 1e12], [0, 0], [5], [-3, -3.0000001], [1e300, -1e300]])
      for (const y of heights(plotMetric('x', points(...values)))) {
        expect(y).toBeGreaterThanOrEqual(44);
        expect(y).toBeLessThanOrEqual(256);
      }
  });
});

describe('the ticks', () => {
  test.each<[readonly number[], readonly string[]]>([
    [
      [0, 10],
      ['0', '5', '10'],
    ],
    [
      [1, 3],
      ['1.0', '1.5', '2.0', '2.5', '3.0'],
    ],
    [
      [-0.02, 0.02],
      ['-0.02', '-0.01', '0.00', '0.01', '0.02'],
    ],
    [
      [0, 5e6],
      ['0', '2.00e+6', '4.00e+6'],
    ],
    [
      [1e-5, 3e-5],
      ['1.00e-5', '1.50e-5', '2.00e-5', '2.50e-5', '3.00e-5'],
    ],
  ])('of %j are round numbers', (values, expected) => {
    expect(ticks(plotMetric('x', points(...values)))).toEqual(expected);
  });

  test('are some, around a single value and around nothing but zeros', () => {
    for (const value of [7, -7, 0, 1e-9])
      expect(ticks(plotMetric('x', points(value))).length).toBeGreaterThanOrEqual(2);
  });
});

test('names some ten runs at most, by day and time', () => {
  const names = (count: number) =>
    all(
      plotMetric('x', points(...Array.from({ length: count }, (_, i) => i))),
      /font-size="10"\s*>([^<]+)<\/text/g,
    );
  expect(names(3)).toEqual(['1122 0100', '1122 0101', '1122 0102']);
  expect(names(10)).toHaveLength(10);
  expect(names(11)).toHaveLength(6);
  expect(names(100)).toHaveLength(10);
});
