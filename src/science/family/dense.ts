/** Writes a reduced critical point out as the matrix it stands for. */
import { type Matrix, matrix } from '../math/matrix.ts';
import { type Branch, spaceOf } from './branch.ts';
import type { CriticalPoint } from './critical-point.ts';
import { plain } from './arithmetic.ts';
import { branchOf, type FamilyName, globalBranch } from './families.ts';
import { type Row, studentRows } from './row.ts';
import { coordinatesOf } from './space.ts';

/**
 * The k×d matrix of a point of a family (or of `branch`, for points of others), entries rounded to doubles: neuron
 * by neuron, block by block, extra neurons last. Throws RangeError unless k and d are integers.
 */
export function denseMatrix(point: CriticalPoint, branch: Branch = familyBranch(point.family)): Matrix {
  const { k, d, sizes, entries } = point;
  if (!Number.isInteger(k) || !Number.isInteger(d)) throw new RangeError(`no matrix is ${k}×${d}`);
  const space = spaceOf(branch);
  const values = entries.map(({ value }) => value);
  const rows = studentRows(plain(), space, sizes, coordinatesOf(space), values);
  const full = matrix(k, d);
  let neuron = 0;
  for (const row of rows) {
    for (let i = 0; i < row.count; i++) writeRow(full, neuron++, row, i, sizes);
  }
  return full;
}

function writeRow(
  full: Matrix,
  neuron: number,
  row: Row<number>,
  place: number,
  sizes: readonly number[],
): void {
  let column = neuron * full.columns;
  sizes.forEach((size, block) => {
    const level = row.levels[block] as number;
    for (let j = 0; j < size; j++) {
      full.data[column++] = row.block === block && j === place ? level + row.spike : level;
    }
  });
}

function familyBranch(family: string): Branch {
  return family === 'global' ? globalBranch() : branchOf(family as Exclude<FamilyName, 'global'>);
}
