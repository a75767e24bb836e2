/** Weights that several tests of the network use. */
import { type RandomStream, randomStream } from '../../../src/base/random.ts';
import { fromRows, type Matrix, matrix } from '../../../src/science/math/matrix.ts';
import { fillNormals } from '../../../src/science/math/normal.ts';
import { xavierStart } from '../../../src/science/network/protocol.ts';
import type { Start } from '../../../src/science/network/train.ts';

export const stream = (name: number): RandomStream =>
  randomStream('0123456789abcdef0123456789abcdef').split(name);

/** rows x columns of independent standard normal entries. */
export const gaussian = (rows: number, columns: number, name: number): Matrix =>
  matrix(rows, columns, fillNormals(stream(name), rows * columns));

export const starts = (count: number, neurons: number, inputs: number, name: number): Start[] =>
  Array.from({ length: count }, (_, run) => ({
    run,
    weights: xavierStart(stream(name), run, neurons, inputs),
  }));

/** The rows taken in another order, and the columns. */
export function permuted(a: Matrix, rows: readonly number[], columns: readonly number[]): Matrix {
  return fromRows(rows.map((i) => columns.map((j) => a.data[i * a.columns + j]!)));
}

/** Where L is smooth: no two rows are parallel. 3 neurons and 2 targets in 3 inputs, with simple entries. */
export const smooth = {
  weights: fromRows([
    [1.25, -0.5, 0.375],
    [-0.75, 1.5, 0.25],
    [0.125, 0.625, -1],
  ]),
  target: fromRows([
    [1, 0.25, 0],
    [-0.5, 0.5, 1.75],
  ]),
};

/** As above, with rows almost or quite at angle 0 and π to others. */
export const steep = {
  weights: fromRows([
    [1, 0.5, -0.25],
    [1, 0.5, -0.2500001],
    [-2, -1, 0.5000003],
  ]),
  target: fromRows([
    [0.5, 0.25, -0.125000001],
    [-1, -0.5, 0.25],
  ]),
};
