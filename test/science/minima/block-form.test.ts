import { describe, expect, it } from 'vitest';
import { fromRows, identity, toRows } from '../../../src/science/math/matrix.ts';
import { blockForm, inOrder } from '../../../src/science/minima/block-form.ts';
import { familyMatrix } from './samples.ts';

describe('a matrix in another order', () => {
  it('has entry (i, j) from row rowOrder[i] and column columnOrder[j]', () => {
    const a = fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(toRows(inOrder(a, [1, 0], [2, 0, 1]))).toEqual([
      [6, 4, 5],
      [3, 1, 2],
    ]);
  });

  it('is refused where rows are left out', () => {
    expect(() => inOrder(identity(3), [0, 1], [0, 1, 2])).toThrow(RangeError);
  });
});

describe('the block form', () => {
  it('of a family gives back its entries, in the order of the coordinates', () => {
    const weights = familyMatrix('2', 9);
    const form = blockForm(weights, [7, 2]);
    const at = (i: number, j: number) => weights.data[i * 9 + j] as number;
    expect(form?.structure).toEqual({ minorities: [2], extras: [] });
    const expected = [at(0, 0), at(0, 1), at(0, 7), at(7, 0), at(7, 7), at(7, 8)];
    expected.forEach((value, i) => expect(form?.values[i]).toBeCloseTo(value, 15));
    expect(form?.deviation).toBeLessThan(1e-15);
  });

  it('tells how far the matrix is from its space', () => {
    const rows = toRows(identity(4));
    (rows[1] as number[])[2] = 0.12;
    const form = blockForm(fromRows(rows), [4]);
    expect(form?.values).toEqual([1, 0.01]);
    expect(form?.deviation).toBeCloseTo(0.11, 15);
  });

  it('counts copies among the rows beyond those of the blocks', () => {
    const extra = [0.2, 0.2, 0.2, -0.5];
    const rows = [...toRows(identity(4)), [0.1, 0.1, 0.1, 0.3], extra, extra];
    const form = blockForm(fromRows(rows), [3, 1]);
    expect(form?.structure).toEqual({ minorities: [1], extras: [1, 2] });
    expect(form?.values.map((value) => Number(value.toFixed(12)))).toEqual([
      1, 0, 0, 0, 1, 0.1, 0.3, 0.2, -0.5,
    ]);
  });

  it.each([
    ['its first block has one input', 3, [1, 1, 1]],
    ['the sizes leave inputs out', 4, [2, 1]],
    ['there are no sizes', 4, []],
  ])('is none where %s', (_, d, sizes) => {
    expect(blockForm(identity(d), sizes)).toBeUndefined();
  });

  it('is none where neurons are missing', () => {
    expect(blockForm(fromRows([[1, 0, 0]]), [3])).toBeUndefined();
  });
});
