import { describe, expect, it } from 'vitest';
import { arithmetic, type Enclosure } from '../../../src/science/checker/arithmetic.ts';
import { exactly } from '../../../src/science/checker/decimal.ts';
import { spaceOf } from '../../../src/science/checker/model.ts';
import {
  entryAt,
  here,
  type Marks,
  othersOf,
  pointsFor,
  type RowAt,
  rowClasses,
} from '../../../src/science/checker/structure.ts';

const a = arithmetic(64);
const number = ({ lo }: Enclosure) => Number(lo) / 2 ** 64;
const value = (x: number) => exactly(a, x.toFixed(6));

/** Blocks of d − 1 and 1 inputs, two equal rows more; entries in the order of `entriesOf`. */
const entries = [0.9, 0.1, 0.2, 0.3, -0.8, 0.4, 0.5].map(value);
const space = (d: string) => spaceOf(a, { blocks: ['d - 1', '1'], extra: [2] }, exactly(a, d), entries);
const none: Marks = { inputs: [], rows: [] };
const marked: Marks = {
  inputs: [
    { name: 0, block: 0 },
    { name: 1, block: 0 },
  ],
  rows: [{ name: 20, type: 2 }],
};

describe('the points that rows see', () => {
  it('are the named inputs and the rest of each block, and count d together', () => {
    for (const marks of [none, marked]) {
      for (const rows of [
        [],
        [{ type: 0, name: here }],
        [
          { type: 0, name: here },
          { type: 1, name: here },
        ],
      ]) {
        const points = pointsFor(a, space('7.5'), marks, rows);
        expect(points.reduce((sum, { count }) => sum + number(count), 0)).toBe(7.5);
      }
    }
  });

  it('leave nothing over in a block of one input whose row is there', () => {
    const points = pointsFor(a, space('7'), none, [{ type: 1, name: here }]);
    expect(points.map(({ block, name }) => [block, name])).toEqual([
      [0, -1],
      [1, here],
    ]);
  });
});

describe('the entries of rows', () => {
  const read = (type: number, name: number) => {
    const row: RowAt = { type, name };
    return pointsFor(a, space('7'), none, [row]).map((point) => number(entryAt(space('7'), row, point)));
  };

  it('are diagonal at the own input, level elsewhere', () => {
    expect(read(0, here).map((x) => x.toFixed(1))).toEqual(['0.9', '0.1', '0.2']);
    expect(read(1, here).map((x) => x.toFixed(1))).toEqual(['0.3', '-0.8']);
    expect(read(2, here).map((x) => x.toFixed(1))).toEqual(['0.4', '0.5']);
  });

  it('of the teacher are those of the identity', () => {
    expect(read(3, here)).toEqual([1, 0, 0]);
  });
});

describe('the classes of rows', () => {
  const total = (marks: Marks) =>
    rowClasses(a, space('7.5'), marks).reduce((sum, { count }) => sum + number(count), 0);

  it('count k students and d teachers, whatever is marked', () => {
    expect(total(none)).toBe(7.5 + 2 + 7.5);
    expect(total(marked)).toBe(7.5 + 2 + 7.5);
  });

  it('count one fewer as seen by one of them', () => {
    for (const marks of [none, marked]) {
      const classes = rowClasses(a, space('7.5'), marks);
      for (const { row } of classes) {
        const others = othersOf(a, space('7.5'), classes, row);
        expect(others.reduce((sum, { count }) => sum + number(count), 0)).toBe(total(marks) - 1);
        expect(others.some((other) => other.row.type === row.type && other.row.name === row.name)).toBe(
          false,
        );
      }
    }
  });

  it('tell the teacher at the same input from the others', () => {
    const classes = rowClasses(a, space('7'), none);
    const teachers = othersOf(a, space('7'), classes, { type: 0, name: here }).filter(
      ({ row }) => row.type === 3,
    );
    expect(teachers.map(({ row, count }) => [row.name === here, number(count)])).toEqual([
      [true, 1],
      [false, 5],
    ]);
  });
});
