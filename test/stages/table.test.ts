import { describe, expect, it } from 'vitest';
import { numbersIn, tableOf } from '../../stages/table.ts';

describe('tables', () => {
  const table = tableOf(
    ['k', 'name', 'p'],
    [
      { k: 6, name: 'II', p: 0.5 },
      { p: 1, name: 'A', k: 7 },
    ],
  );

  it('have the columns in the order asked for', () => {
    expect(table).toEqual({
      columns: ['k', 'name', 'p'],
      rows: [
        [6, 'II', 0.5],
        [7, 'A', 1],
      ],
    });
  });

  it('give their numbers back', () => {
    expect(numbersIn(table, ['p', 'k'])).toEqual([
      { p: 0.5, k: 6 },
      { p: 1, k: 7 },
    ]);
  });

  it('refuse other cells and columns that they lack', () => {
    expect(() => numbersIn(table, ['name'])).toThrow('row 0, column name is no number but II');
    expect(() => numbersIn(table, ['q'])).toThrow('row 0, column q is no number but undefined');
    expect(() => numbersIn({ columns: ['k'], rows: [[null]] }, ['k'])).toThrow('no number but null');
  });
});
