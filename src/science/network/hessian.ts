/** Evaluates the Hessian of the population loss. */
import { type Matrix, matrix } from '../math/matrix.ts';
import { twoPi } from './kernel.ts';
import { type Pair, pairOf } from './pair.ts';
import { measureBoth, type Rows } from './rows.ts';

/**
 * The Hessian of L at weights of n x d: nd x nd, entry (i d + a, j d + b) = ∂²L/∂w_ia ∂w_jb. Blocks
 * H_ii = ½ I + Σ_{j≠i} h₁(w_i, w_j) − Σ_j h₁(w_i, v_j) and H_ij = h₂(w_i, w_j), with
 * h₁(w, v) = (|v| sin θ / 2π|w|)(I − ŵŵᵀ + nnᵀ), n the unit vector along v̂ − cos θ ŵ, and
 * h₂(w, v) = (1/2π)((π − θ) I + sin θ (ppᵀ − qqᵀ)), p and q the unit vectors along ŵ + v̂ and ŵ − v̂.
 *
 * The matrix is symmetric to the bit; errors are near 1e-16·(n + m)/|w_i|. Where sin θ = 0 the terms with n, p, q are
 * 0: there L is twice but not three times differentiable. Throws RangeError for different widths, RowError for a
 * zero row. Source: arXiv:1712.08968, section 4.1.
 */
export function hessian(weights: Matrix, target: Matrix): Matrix {
  const { student, teacher } = measureBoth(weights, target);
  const { count, width } = student;
  const result = matrix(count * width, count * width);
  for (let i = 0; i < count; i++) {
    const own = result.data.subarray(i * width * result.columns);
    const bends = matrix(width, width);
    let spread = 0;
    for (let j = 0; j < count; j++) if (j !== i) spread += addBend(bends, student, i, student, j, 1);
    for (let j = 0; j < teacher.count; j++) spread += addBend(bends, student, i, teacher, j, -1);
    writeDiagonal(own, result.columns, i, student, bends, spread);
    for (let j = 0; j < i; j++) writeOff(result, student, i, j);
  }
  return result;
}

/** Adds ±(|v| sin θ / 2π|w|) nnᵀ to the lower triangle and returns its factor. */
function addBend(bends: Matrix, rows: Rows, i: number, other: Rows, j: number, sign: 1 | -1): number {
  const pair = pairOf(rows, i, other, j);
  if (pair.sine === 0) return 0;
  const factor = (sign * (other.lengths[j] as number) * pair.sine) / (twoPi * (rows.lengths[i] as number));
  const n = normalOf(pair, rows, i, other, j);
  for (let a = 0; a < n.length; a++) {
    const scaled = factor * (n[a] as number);
    for (let b = 0; b <= a; b++) (bends.data[a * n.length + b] as number) += scaled * (n[b] as number);
  }
  return factor;
}

/** The unit vector along v̂ − cos θ ŵ; its error, near 1e-16 / sin θ, meets a factor sin θ. */
function normalOf({ cosine, sine }: Pair, rows: Rows, i: number, other: Rows, j: number): Float64Array {
  const { width } = rows;
  const n = new Float64Array(width);
  for (let l = 0; l < width; l++)
    n[l] = ((other.units[j * width + l] as number) - cosine * (rows.units[i * width + l] as number)) / sine;
  return n;
}

function writeDiagonal(
  block: Float64Array,
  stride: number,
  i: number,
  rows: Rows,
  bends: Matrix,
  spread: number,
): void {
  const { width, units } = rows;
  for (let a = 0; a < width; a++)
    for (let b = 0; b <= a; b++) {
      const along = (units[i * width + a] as number) * (units[i * width + b] as number);
      const value = (a === b ? 0.5 + spread : 0) - spread * along + (bends.data[a * width + b] as number);
      block[a * stride + i * width + b] = value;
      block[b * stride + i * width + a] = value;
    }
}

/** h₂ into block (i, j), j < i, and its mirror. */
function writeOff(result: Matrix, rows: Rows, i: number, j: number): void {
  const { width, units } = rows;
  const pair = pairOf(rows, i, rows, j);
  const stride = result.columns;
  const p = new Float64Array(width);
  const q = new Float64Array(width);
  if (pair.sine > 0)
    for (let l = 0; l < width; l++) {
      const a = units[i * width + l] as number;
      const b = units[j * width + l] as number;
      p[l] = (a + b) / pair.sum;
      q[l] = (a - b) / pair.difference;
    }
  for (let a = 0; a < width; a++)
    for (let b = 0; b <= a; b++) {
      const turn = (p[a] as number) * (p[b] as number) - (q[a] as number) * (q[b] as number);
      const value = ((a === b ? pair.supplement : 0) + pair.sine * turn) / twoPi;
      result.data[(i * width + a) * stride + j * width + b] = value;
      result.data[(i * width + b) * stride + j * width + a] = value;
      result.data[(j * width + a) * stride + i * width + b] = value;
      result.data[(j * width + b) * stride + i * width + a] = value;
    }
}
