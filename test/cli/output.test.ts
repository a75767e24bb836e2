import { expect, test } from 'vitest';
import { aligned } from '../../src/cli/output.ts';

test('rows with names of steps are aligned by what is shown', () => {
  expect(
    aligned([
      ['s@v=1%2B1', 'x'],
      ['s@v=1-1', 'y'],
    ]),
  ).toEqual(['s@v=1+1  x', 's@v=1-1  y']);
});
