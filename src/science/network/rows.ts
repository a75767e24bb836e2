/** Measures the rows of a weight matrix: lengths and directions, which every formula of the loss is written in. */
import { type Matrix } from '../math/matrix.ts';

/** The rows w_i of a count x width matrix: lengths |w_i|, and the unit rows ŵ_i in row-major order. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly lengths: Float64Array;
  readonly units: Float64Array;
}

/** Thrown for a row of no direction, where the loss has no derivative. */
export class RowError extends RangeError {
  override readonly name = 'RowError';
  readonly row: number;
  constructor(row: number, matrix: string, found: string) {
    super(`row ${row} of the ${matrix} is ${found}: the loss has no derivative there`);
    this.row = row;
  }
}

/**
 * The measured rows of `weights`; `name` says in errors which matrix it is. Directions are right to a few units of
 * 2^-53. Throws {@link RowError} for a row that is zero or not finite (lengths beyond 1e±150 count as such).
 */
export function measureRows(weights: Matrix, name: string): Rows {
  const { rows: count, columns: width, data } = weights;
  const lengths = new Float64Array(count);
  const units = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let l = i * width; l < (i + 1) * width; l++) square += (data[l] as number) * (data[l] as number);
    if (!(square < 1e300)) throw new RowError(i, name, 'not finite');
    if (square < 1e-300) throw new RowError(i, name, 'zero');
    const length = Math.sqrt(square);
    lengths[i] = length;
    for (let l = i * width; l < (i + 1) * width; l++) units[l] = (data[l] as number) / length;
  }
  return { count, width, lengths, units };
}

/** The measured rows of student and target. Throws RangeError if their widths differ, {@link RowError} as above. */
export function measureBoth(weights: Matrix, target: Matrix): { student: Rows; teacher: Rows } {
  if (weights.columns !== target.columns)
    throw new RangeError(`the weights have ${weights.columns} inputs, the target ${target.columns}`);
  return { student: measureRows(weights, 'weights'), teacher: measureRows(target, 'target') };
}
