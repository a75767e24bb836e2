import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { arithmetic, type Enclosure, Undecided } from '../../../src/science/checker/arithmetic.ts';
import { exactly } from '../../../src/science/checker/decimal.ts';
import { applied, approximateInverse, negativeCount } from '../../../src/science/checker/linear.ts';

const a = arithmetic(160);
const value = (x: number) => exactly(a, x.toFixed(9));
const matrix = (rows: number[][]) => rows.map((row) => row.map(value));
const random = randomStream('77b1e0c4d29f385a77b1e0c4d29f385a');

/** A symmetric matrix with the given eigenvalues: turned by random rotations. */
function turned(eigenvalues: readonly number[]): number[][] {
  const n = eigenvalues.length;
  let rows = eigenvalues.map((value, i) => eigenvalues.map((_, j) => (i === j ? value : 0)));
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const angle = 2 * Math.PI * random.uniform();
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const rotate = (m: number[][]) =>
        m.map((row, i) =>
          i === p
            ? row.map((x, j) => c * x - s * m[q]![j]!)
            : i === q
              ? row.map((x, j) => s * m[p]![j]! + c * x)
              : row,
        );
      const transposed = (m: number[][]) => m.map((_, i) => m.map((row) => row[i]!));
      rows = transposed(rotate(transposed(rotate(rows))));
    }
  }
  return rows;
}

describe('the count of negative eigenvalues', () => {
  it('is that of the eigenvalues a matrix was made from', () => {
    for (let negative = 0; negative <= 5; negative++) {
      const eigenvalues = Array.from({ length: 5 }, (_, i) => (i < negative ? -1 : 1) * (0.1 + i));
      expect(negativeCount(a, matrix(turned(eigenvalues)))).toBe(negative);
    }
  });

  it('is not decided where a pivot may vanish', () => {
    expect(() => negativeCount(a, matrix([[0]]))).toThrow(Undecided);
    expect(() => negativeCount(a, [[{ lo: -1n, hi: 1n }]])).toThrow(Undecided);
    expect(() =>
      negativeCount(
        a,
        matrix([
          [1, 2],
          [2, 4],
        ]),
      ),
    ).toThrow(Undecided);
  });

  it('of no matrix at all is 0', () => {
    expect(negativeCount(a, [])).toBe(0);
  });
});

describe('an approximate inverse', () => {
  it('times the matrix is near the identity, also where a pivot has to be sought', () => {
    for (const rows of [
      turned([1, -2, 3, 0.5]),
      [
        [0, 1],
        [1, 0],
      ],
      [
        [1e-6, 1],
        [1, 1],
      ],
    ]) {
      const inverse = approximateInverse(a, matrix(rows));
      rows.forEach((_, j) => {
        const column = applied(
          a,
          inverse,
          rows.map((row) => value(row[j]!)),
        );
        column.forEach((entry: Enclosure, i) => {
          const error = entry.lo - (i === j ? a.one.lo : 0n);
          expect(error < 1n << 70n && error > -(1n << 70n)).toBe(true);
        });
      });
    }
  });

  it('does not exist for a singular matrix', () => {
    expect(() =>
      approximateInverse(
        a,
        matrix([
          [1, 2],
          [2, 4],
        ]),
      ),
    ).toThrow(Undecided);
  });
});
