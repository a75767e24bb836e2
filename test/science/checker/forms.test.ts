import { describe, expect, it } from 'vitest';
import { arithmetic, type Enclosure } from '../../../src/science/checker/arithmetic.ts';
import { exactly } from '../../../src/science/checker/decimal.ts';
import {
  configured,
  type Direction,
  gramOf,
  hessianOf,
  lossOf,
  slopesOf,
} from '../../../src/science/checker/forms.ts';
import { dimensionOf, frameOf, irrepsOf } from '../../../src/science/checker/frames.ts';
import { irrepName } from '../../../src/science/checker/names.ts';
import { here, type RowAt, type RowType, type Space } from '../../../src/science/checker/structure.ts';
import { denseHessian, denseLoss, denseSlope, type Dense } from './dense.ts';

const a = arithmetic(160);
const number = ({ lo, hi }: Enclosure) => (Number(lo >> 60n) + Number(hi >> 60n)) / 2 / 2 ** 100;
const value = (x: number) => exactly(a, x.toFixed(6));

/** Blocks of 4, 3 and 1 inputs with a row for each input, and two equal rows besides. */
const blockSizes = [4, 3, 1];
const d = 8;
const copies = 2;
const diagonals = [0.9, -0.8, 1.3];
const levels = [
  [0.11, -0.07, 0.23],
  [0.05, 0.31, -0.12],
  [-0.04, 0.17, 0],
  [0.41, -0.22, 0.13],
];

function space(): Space {
  const sizes = blockSizes.map((size) => a.times(size, a.one));
  const students = levels.map((level, type): RowType => ({
    side: 1,
    block: type < 3 ? type : -1,
    count: type < 3 ? (sizes[type] as Enclosure) : a.times(copies, a.one),
    diagonal: type < 3 ? value(diagonals[type] as number) : a.zero,
    levels: level.map(value),
  }));
  const teachers = sizes.map((count, block): RowType => ({
    side: -1,
    block,
    count,
    diagonal: a.one,
    levels: sizes.map(() => a.zero),
  }));
  return { sizes, single: [false, false, true], types: [...students, ...teachers], students: 4 };
}

const blockOf = (input: number) => (input < 4 ? 0 : input < 7 ? 1 : 2);

/** The student matrix in full. */
function matrix(): Dense {
  const tied = Array.from({ length: d }, (_, i) =>
    Array.from({ length: d }, (_, j) =>
      i === j ? (diagonals[blockOf(i)] as number) : (levels[blockOf(i)]?.[blockOf(j)] as number),
    ),
  );
  const extra = Array.from({ length: copies }, () =>
    Array.from({ length: d }, (_, j) => levels[3]?.[blockOf(j)] as number),
  );
  return [...tied, ...extra];
}

/** A direction in full: marked names 0…3 are the first inputs of their block, 10 and 11 of the second. */
function dense(u: Direction, marks: ReturnType<typeof frameOf>['marks']): Dense {
  const names = Array.from({ length: d }, (_, input) => 200 + input);
  const starts = [0, 4, 7];
  const used = [0, 0, 0];
  for (const { name, block } of marks.inputs)
    names[(starts[block] as number) + (used[block] as number)++] = name;
  const rowAt = (row: number): RowAt =>
    row < d
      ? { type: blockOf(row), name: names[row] as number }
      : { type: 3, name: marks.rows[row - d]?.name ?? here };
  return Array.from({ length: d + copies }, (_, row) =>
    Array.from({ length: d }, (_, j) =>
      u(rowAt(row), { block: blockOf(j), name: names[j] as number, count: a.one }),
    ),
  );
}

const inner = (x: Dense, y: Dense) =>
  x.flat().reduce((sum, value, i) => sum + value * (y.flat()[i] as number), 0);

const configuration = configured(a, space());
const irreps = irrepsOf(a, space());
const frames = irreps.map((irrep) => frameOf(a, space(), irrep));
const full = frames.map(({ directions, marks }) => directions.map((u) => dense(u, marks)));
const hessian = denseHessian(matrix());

describe('the sums over classes of rows', () => {
  it('give the loss of the full matrix', () => {
    expect(number(lossOf(configuration)) / (2 * Math.PI)).toBeCloseTo(denseLoss(matrix()), 12);
  });

  it('give the slopes of the full matrix along every fixed direction', () => {
    const slopes = slopesOf(configuration, frames[0]!);
    expect(slopes.length).toBe(2 + 2 + 1 + 6 + 3);
    slopes.forEach((slope, m) =>
      expect(number(slope) / (2 * Math.PI)).toBeCloseTo(denseSlope(matrix(), full[0]![m]!), 11),
    );
  });

  it.each(irreps.map((irrep, i) => [irrepName(space(), irrep), i] as const))(
    'give the second derivatives of the full matrix on component %s',
    (_, i) => {
      const [computed, gram] = [hessianOf(configuration, frames[i]!), gramOf(configuration, frames[i]!)];
      full[i]!.forEach((u, m) =>
        full[i]!.forEach((v, n) => {
          expect(number(computed[m]![n]!) / (2 * Math.PI)).toBeCloseTo(hessian(u, v), 10);
          expect(number(gram[m]![n]!)).toBe(inner(u, v));
        }),
      );
    },
  );
});

describe('the components', () => {
  it('are all of M(k, d): dimensions times copies sum up to k d', () => {
    const total = irreps.reduce(
      (sum, irrep, i) => sum + number(dimensionOf(a, space(), irrep)) * frames[i]!.directions.length,
      0,
    );
    expect(total).toBe((d + copies) * d);
  });

  it('are orthogonal to each other, for the inner product and for the Hessian', () => {
    for (let i = 0; i < irreps.length; i++) {
      for (let j = 0; j < i; j++) {
        for (const u of full[i]!) {
          for (const v of full[j]!) {
            // Marks of two components may overlap; only what the group does not mix is compared.
            if (irreps[i]!.kind === 'x' || irreps[i]!.kind === 'y' || j === 0) {
              expect(inner(u, v)).toBe(0);
              expect(Math.abs(hessian(u, v))).toBeLessThan(1e-12);
            }
          }
        }
      }
    }
  });
});
