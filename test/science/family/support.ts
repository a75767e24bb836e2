/** Spaces, points and their dense matrices for the tests of the reduction. */
import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix';
import { randomStream } from '../../../src/base/random.ts';
import { plain } from '../../../src/science/family/arithmetic.ts';
import { type Problem, problemOf } from '../../../src/science/family/problem.ts';
import { type Row, studentRows } from '../../../src/science/family/row.ts';
import type { BlockKind, NeuronFamily, Space } from '../../../src/science/family/space.ts';
import { fromRows, type Matrix } from '../../../src/science/math/matrix.ts';

export const tied = (block: number): NeuronFamily => ({ kind: 'tied', block });
export const free = (copies: number): NeuronFamily => ({ kind: 'free', copies });

export interface Sample {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly space: Space;
  /** The entries of the teacher: rows over the same blocks. */
  readonly teachers: readonly Row<number>[];
}

/** The space with these block sizes (1 is `single`; a last block may be `blank`) and student families. */
function sampleOf(
  name: string,
  sizes: readonly number[],
  students: readonly NeuronFamily[],
  options: {
    readonly blank?: boolean;
    readonly teacher?: (block: number) => { spike: number; level: number };
  } = {},
): Sample {
  const blocks = sizes.map((size, block): BlockKind => {
    if (options.blank === true && block === sizes.length - 1) return 'blank';
    return size === 1 ? 'single' : 'many';
  });
  const teachers = blocks.flatMap((kind, block) => {
    if (kind === 'blank') return [];
    const { spike, level } = options.teacher?.(block) ?? { spike: 1, level: 0 };
    const levels = blocks.map((other) => (other === 'blank' ? 0 : level));
    return [{ block, count: sizes[block] as number, spike, levels }];
  });
  return { name, sizes, space: { blocks, students }, teachers };
}

/** Spaces of every sort: one to three blocks, equal and different extra rows, twice tied, blank inputs, bent teacher. */
export const samples: readonly Sample[] = [
  sampleOf('one block', [6], [tied(0)]),
  sampleOf('a block and a single input', [5, 1], [tied(0), tied(1)]),
  sampleOf('a block and two inputs', [5, 2], [tied(0), tied(1)]),
  sampleOf('blocks of four and three', [4, 3], [tied(0), tied(1)]),
  sampleOf('three blocks', [4, 2, 1], [tied(0), tied(1), tied(2)]),
  sampleOf('one extra row', [5, 1], [tied(0), tied(1), free(1)]),
  sampleOf('three equal extra rows and another', [4, 3], [tied(0), tied(1), free(1), free(3)]),
  sampleOf('two families on one block', [4, 1], [tied(0), tied(1), tied(0)]),
  sampleOf('fewer neurons than inputs', [4, 2], [tied(0), free(2)]),
  sampleOf('blank inputs', [4, 3, 2], [tied(0), tied(1), free(2), tied(0)], { blank: true }),
  sampleOf('a bent teacher', [4, 2], [tied(0), tied(1)], {
    teacher: (block) => ({ spike: 0.9 - block / 4, level: 0.07 + block / 10 }),
  }),
];

export function problemFor({ space, sizes, teachers }: Sample, linear = 1): Problem<number> {
  return problemOf(plain(), space, sizes, teachers, linear);
}

/** Entries between -1 and 1, none near 0, that differ from sample to sample. */
export function pointFor(problem: Problem<number>, index = 0): number[] {
  const stream = randomStream('5eed'.repeat(8)).split(index);
  return problem.coordinates.map(() => {
    const value = 2 * stream.uniform() - 1;
    return value + (value < 0 ? -0.05 : 0.05);
  });
}

/** The k×d matrix that rows of families stand for. */
export function denseRows(rows: readonly Row<number>[], sizes: readonly number[]): Matrix {
  return fromRows(
    rows.flatMap((row) =>
      Array.from({ length: row.count }, (_, i) =>
        sizes.flatMap((size, block) =>
          Array.from(
            { length: size },
            (__, j) => (row.levels[block] as number) + (row.block === block && i === j ? row.spike : 0),
          ),
        ),
      ),
    ),
  );
}

export function denseStudent(
  { space, sizes }: Sample,
  problem: Problem<number>,
  values: readonly number[],
): Matrix {
  return denseRows(studentRows(plain(), space, sizes, problem.coordinates, values), sizes);
}

export function denseTeacher({ sizes, teachers }: Sample): Matrix {
  return denseRows(teachers, sizes);
}

/** The eigenvalues of a symmetric matrix, ascending, from another library. */
export function denseEigenvalues(a: Matrix): number[] {
  const rows = Array.from({ length: a.rows }, (_, i) =>
    Array.from(a.data.subarray(i * a.columns, (i + 1) * a.columns)),
  );
  const { realEigenvalues } = new EigenvalueDecomposition(new MlMatrix(rows), { assumeSymmetric: true });
  return realEigenvalues.toSorted((x, y) => x - y);
}

/** The largest difference of two sorted lists, after checking that they are equally long. */
export function distance(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) throw new Error(`${left.length} values against ${right.length}`);
  return Math.max(...left.map((value, i) => Math.abs(value - (right[i] as number))));
}
