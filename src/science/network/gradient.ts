/** Evaluates the gradient of the population loss. */
import { dot, frobenius, type Matrix, matrix } from '../math/matrix.ts';
import { twoPi } from './kernel.ts';
import { pairOf } from './pair.ts';
import { measureBoth, type Rows } from './rows.ts';

const pi = Math.PI;

/**
 * ∇L at the weights (n x d, like the weights), for a target of m x d:
 * 2π ∇_{w_i} L = Σ_j (|w_j| sin θ ŵ_i + (π − θ) w_j) − Σ_j (|v_j| sin θ ŵ_i + (π − θ) v_j), j = i giving π w_i.
 *
 * Entries have an absolute error near 1e-16·(n + m) for rows of length 1, however small the gradient is; beyond that
 * take `preciseGradient`. Throws RangeError for different widths, RowError for a zero row.
 * Source: arXiv:1712.08968, section 4.1; A. Brutzkus, A. Globerson, arXiv:1702.07966, lemma 3.2.
 */
export function gradient(weights: Matrix, target: Matrix): Matrix {
  const { student, teacher } = measureBoth(weights, target);
  const result = matrix(weights.rows, weights.columns);
  for (let i = 0; i < student.count; i++) {
    const row = result.data.subarray(i * student.width, (i + 1) * student.width);
    addRow(row, student, i, pi * (student.lengths[i] as number));
    for (let j = 0; j < student.count; j++) if (j !== i) addPull(row, student, i, student, j, 1);
    for (let j = 0; j < teacher.count; j++) addPull(row, student, i, teacher, j, -1);
    for (let l = 0; l < row.length; l++) row[l] = (row[l] as number) / twoPi;
  }
  return result;
}

/** Adds ±(|v| sin θ ŵ_i + (π − θ) v) for v = row j of `other`. */
function addPull(out: Float64Array, rows: Rows, i: number, other: Rows, j: number, sign: 1 | -1): void {
  const { sine, supplement } = pairOf(rows, i, other, j);
  const length = sign * (other.lengths[j] as number);
  addRow(out, rows, i, length * sine);
  addRow(out, other, j, length * supplement);
}

/** Adds `factor` times the unit row i. */
function addRow(out: Float64Array, rows: Rows, i: number, factor: number): void {
  const from = i * rows.width;
  for (let l = 0; l < rows.width; l++)
    out[l] = (out[l] as number) + factor * (rows.units[from + l] as number);
}

/** Sizes of a gradient ∇L: the Frobenius norm, and max_i ‖2π ∇_{w_i} L‖, which arXiv:1712.08968 stops by. */
export interface GradientNorms {
  readonly frobenius: number;
  readonly largestScaledRow: number;
}

/** The norms of a gradient. */
export function gradientNorms(slope: Matrix): GradientNorms {
  let largest = 0;
  for (let i = 0; i < slope.rows; i++) {
    const row = slope.data.subarray(i * slope.columns, (i + 1) * slope.columns);
    largest = Math.max(largest, dot(row, row));
  }
  return { frobenius: frobenius(slope), largestScaledRow: twoPi * Math.sqrt(largest) };
}
