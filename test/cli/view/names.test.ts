import { describe, expect, test } from 'vitest';
import { aligned } from '../../../src/cli/output.ts';
import { readableNames } from '../../../src/cli/view/names.ts';

describe('texts for people', () => {
  test('have the names of steps as they are read, wherever they stand', () => {
    expect(readableNames('✓ over@extras=1%2B1,family=2  3 s\nwaits for over@extras=2%2B1.')).toBe(
      '✓ over@extras=1+1,family=2  3 s\nwaits for over@extras=2+1.',
    );
    expect(readableNames('`colophon why "over@extras=1%2B1"`')).toBe('`colophon why "over@extras=1+1"`');
  });

  test('keep paths, percents and addresses as they are', () => {
    for (const text of ['tables/1%2B1.csv', '100%25', 'https://me@host/a%2Bb', 'over@extras=a%2Cb'])
      expect(readableNames(text)).toBe(text);
  });

  test('are aligned by what is shown', () => {
    expect(
      aligned([
        ['s@v=1%2B1', 'x'],
        ['s@v=1-1', 'y'],
      ]),
    ).toEqual(['s@v=1+1  x', 's@v=1-1  y']);
  });
});
