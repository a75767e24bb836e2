import { describe, expect, it } from 'vitest';
import { fromRows, type Matrix, matrix } from '../../../src/science/math/matrix.ts';
import { distinct } from '../../../src/science/minima/distinct.ts';
import { familyMatrix, scrambled, stream } from './samples.ts';

const likeness = { loss: 1e-10, entry: 1e-6 };
const reached = (run: number, loss: number, weights: Matrix, isotropy = 'Δ(S_6×S_1)') => ({
  run,
  loss,
  isotropy,
  weights,
});
const shifted = ({ rows, columns, data }: Matrix, by: number) =>
  matrix(
    rows,
    columns,
    data.map((entry) => entry + by),
  );

describe('distinct critical points', () => {
  const random = stream('a1');
  const [seven, eight] = [familyMatrix('II', 7), familyMatrix('I', 7)];

  it('are one where permutations of rows and columns take them to each other', () => {
    const points = [0, 1, 2, 3].map((run) => reached(run, 0.023, scrambled(seven, random)));
    expect(distinct(points, likeness)).toEqual([
      { representative: points[0], count: 4, lossSpread: 0, entrySpread: 0 },
    ]);
  });

  it('come by ascending loss, each told by its first run', () => {
    const points = [
      reached(5, 0.4, eight),
      reached(3, 0.02, seven),
      reached(1, 0.4, eight),
      reached(4, 0.02, seven),
    ];
    const found = distinct(points, likeness);
    expect(found.map(({ representative, count }) => [representative.run, count])).toEqual([
      [3, 2],
      [1, 2],
    ]);
  });

  it('tell how far the runs counted as one are apart', () => {
    const points = [reached(0, 0.02, seven), reached(1, 0.02 + 3e-11, shifted(seven, -2e-9))];
    const [only] = distinct(points, likeness);
    expect(only?.count).toBe(2);
    expect(only?.lossSpread).toBeCloseTo(3e-11, 15);
    expect(only?.entrySpread).toBeCloseTo(2e-9, 14);
  });

  it.each([
    ['their losses', reached(1, 0.02 + 2e-10, seven)],
    ['their entries', reached(1, 0.02, shifted(seven, 2e-6))],
    ['their isotropy', reached(1, 0.02, seven, 'Δ(S_5×S_2)')],
    ['their shape', reached(1, 0.02, fromRows([[1]]))],
  ])('are two where %s differ', (_, other) => {
    expect(distinct([reached(0, 0.02, seven), other], likeness)).toHaveLength(2);
  });

  it('of no runs are none', () => {
    expect(distinct([], likeness)).toEqual([]);
  });
});
