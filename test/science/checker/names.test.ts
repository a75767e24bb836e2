import { describe, expect, it } from 'vitest';
import { arithmetic } from '../../../src/science/checker/arithmetic.ts';
import { exactly } from '../../../src/science/checker/decimal.ts';
import { entriesOf, irrepsOf } from '../../../src/science/checker/frames.ts';
import { spaceOf } from '../../../src/science/checker/model.ts';
import { entryName, fitsFamily, irrepName, sizeOf } from '../../../src/science/checker/names.ts';

const a = arithmetic(100);

describe('block sizes', () => {
  it('are d, d less an integer, or an integer', () => {
    const d = exactly(a, '9.5');
    expect(sizeOf(a, 'd', d)).toEqual(d);
    expect(sizeOf(a, 'd - 2', d)).toEqual(exactly(a, '7.5'));
    expect(sizeOf(a, '3', d)).toEqual(a.times(3, a.one));
    for (const text of ['', 'd-1', 'd + 1', '2 d', '1.5', '-1', 'd - '])
      expect(() => sizeOf(a, text, d)).toThrow(SyntaxError);
  });
});

describe('names', () => {
  const components = (blocks: string[], extra: number[], d: string) => {
    const space = spaceOf(a, { blocks, extra }, exactly(a, d), []);
    return irrepsOf(a, space).map((irrep) => irrepName(space, irrep));
  };

  it('of components carry block numbers only where they are needed', () => {
    expect(components(['d'], [], '7')).toEqual(['t', 's', 'x', 'y']);
    expect(components(['d - 1', '1'], [1], '7')).toEqual(['t', 's', 'x', 'y']);
    expect(components(['d - 2', '2'], [], '7')).toEqual(['t', 's1', 's2', 'x1', 'y1', 's1*s2']);
    expect(components(['d - 4', '4'], [2], '12').slice(-3)).toEqual(['e1', 'e1*s1', 'e1*s2']);
  });

  it('of components follow the sizes: x from three inputs on, y from four, s from two', () => {
    expect(components(['d'], [], '3')).toEqual(['t', 's', 'x']);
    expect(components(['d'], [], '2')).toEqual(['t', 's']);
    expect(components(['d'], [], '3.5')).toEqual(['t', 's', 'x', 'y']);
  });

  it('of entries are diag, off, and row and column elsewhere', () => {
    const types = [{ block: 0 }, { block: 1 }, { block: -1 }];
    const entries = entriesOf({ types, students: 3, single: [false, true] });
    expect(entries.map((entry) => entryName(entry, 2))).toEqual([
      'diag1',
      'off1',
      'row1col2',
      'row2col1',
      'diag2',
      'row3col1',
      'row3col2',
    ]);
  });
});

describe('a family', () => {
  it('is told by structure and signs', () => {
    expect(fitsFamily('A', ['d'], 0, [-1])).toBe(true);
    expect(fitsFamily('I', ['d - 1', '1'], 0, [-1, 1])).toBe(true);
    expect(fitsFamily('II', ['d - 1', '1'], 0, [1, -1])).toBe(true);
    expect(fitsFamily('3', ['d - 3', '3'], 0, [1, -1])).toBe(true);
    expect(fitsFamily('II+2', ['d - 1', '1'], 2, [1, -1])).toBe(true);
  });

  it('is not, by any other', () => {
    expect(fitsFamily('A', ['d'], 0, [1])).toBe(false);
    expect(fitsFamily('A', ['d'], 1, [-1])).toBe(false);
    expect(fitsFamily('A+1', ['d'], 2, [-1])).toBe(false);
    expect(fitsFamily('I', ['d - 1', '1'], 0, [1, -1])).toBe(false);
    expect(fitsFamily('II', ['d - 2', '2'], 0, [1, -1])).toBe(false);
    expect(fitsFamily('2', ['d - 3', '3'], 0, [1, -1])).toBe(false);
    expect(fitsFamily('III', ['d'], 0, [-1])).toBe(false);
    expect(fitsFamily('global', ['d'], 0, [1])).toBe(false);
  });

  it('called other claims nothing', () => {
    expect(fitsFamily('other-3', ['d - 2', '2'], 5, [1, 1])).toBe(true);
  });
});
