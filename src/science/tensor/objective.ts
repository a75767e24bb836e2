/** The loss L(W) = ‖Σ w_i^{⊗n} − Σ e_j^{⊗n}‖² of a decomposition, its gradient and its Hessian, in closed form. */
import { type Matrix, matrix } from '../math/matrix.ts';
import { addCross, addCurvature, addSlope, kernel, type TensorNorm } from './kernel.ts';

/** The rows of W (k×d), as views of its data. */
function rowsOf({ rows, columns, data }: Matrix): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => data.subarray(i * columns, (i + 1) * columns));
}

function target(d: number): Float64Array[] {
  return Array.from({ length: d }, (_, j) =>
    Float64Array.from({ length: d }, (_entry, i) => (i === j ? 1 : 0)),
  );
}

/** L(W) for W of any number of rows; d is the number of columns. */
export function loss(norm: TensorNorm, weights: Matrix): number {
  const ws = rowsOf(weights);
  const es = target(weights.columns);
  let sum = 0;
  for (const w of ws) for (const v of ws) sum += kernel(norm, w, v);
  for (const w of ws) for (const e of es) sum -= 2 * kernel(norm, w, e);
  for (const v of es) for (const e of es) sum += kernel(norm, v, e);
  return sum;
}

/** ∇L, k×d. */
export function gradient(norm: TensorNorm, weights: Matrix): Matrix {
  const slope = matrix(weights.rows, weights.columns);
  const ws = rowsOf(weights);
  const es = target(weights.columns);
  rowsOf(slope).forEach((into, i) => {
    for (const v of ws) addSlope(norm, ws[i]!, v, 2, into);
    for (const e of es) addSlope(norm, ws[i]!, e, -2, into);
  });
  return slope;
}

/** ∇²L, kd×kd, in the order of the entries of W. */
export function hessian(norm: TensorNorm, weights: Matrix): Matrix {
  const { rows: k, columns: d } = weights;
  const stride = k * d;
  const curvature = matrix(stride, stride);
  const ws = rowsOf(weights);
  const es = target(d);
  ws.forEach((w, i) => {
    const block = (j: number) => ({ data: curvature.data, at: i * d * stride + j * d, stride });
    ws.forEach((v, j) => {
      addCurvature(norm, w, v, 2, block(i));
      addCross(norm, w, v, 2, block(j));
    });
    for (const e of es) addCurvature(norm, w, e, -2, block(i));
  });
  return curvature;
}
