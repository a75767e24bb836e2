/** The Cholesky factorisation of positive definite matrices. */
import { wasm } from '../../wasm/cholesky.generated.ts';
import { type KernelExports, type Kernels, kernels } from '../../wasm/instance.ts';
import { type Matrix, matrix } from '../matrix/entries.ts';
import { requireRightSide, requireSquare } from './require.ts';
import { backwardTransposed, forward } from './substitution.ts';

interface CholeskyExports extends KernelExports {
  factor(n: number, a: number, lda: number): number;
}

let loaded: Kernels<CholeskyExports> | undefined;
const cholesky = () => (loaded ??= kernels<CholeskyExports>(wasm));

/** From this size on the way into WebAssembly and back pays (measured). */
const largeFrom = 12;

/**
 * The lower triangular L with L L^T = a, or undefined if a is not positive definite to working precision (NaN
 * included). Reads the lower triangle of a only. Throws RangeError if a is not square.
 */
export function choleskyFactor(a: Matrix): Matrix | undefined {
  requireSquare(a);
  const n = a.rows;
  const l = n < largeFrom ? factorSmall(a.data, n) : factorLarge(a.data, n);
  if (l === undefined) return undefined;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) l[i * n + j] = 0;
  return matrix(n, n, l);
}

/** Solves L L^T x = b. Throws RangeError unless b has as many entries as L has rows. */
export function choleskySolve(factor: Matrix, b: Float64Array): Float64Array {
  requireRightSide(factor.rows, b);
  const x = b.slice();
  forward(factor, x, false);
  backwardTransposed(factor, x, false);
  return x;
}

function factorSmall(a: Float64Array, n: number): Float64Array | undefined {
  const l = a.slice();
  for (let j = 0; j < n; j++) {
    const square = below(l, n, j, j);
    if (!(square > 0 && square < Infinity)) return undefined;
    const diagonal = Math.sqrt(square);
    l[j * n + j] = diagonal;
    for (let i = j + 1; i < n; i++) l[i * n + j] = below(l, n, i, j) / diagonal;
  }
  return l;
}

/** Entry (i, j) less the scalar product of the first j entries of rows i and j. */
function below(l: Float64Array, n: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < j; k++) sum += (l[i * n + k] as number) * (l[j * n + k] as number);
  return (l[i * n + j] as number) - sum;
}

function factorLarge(a: Float64Array, n: number): Float64Array | undefined {
  const { view, address } = cholesky().reserve(n * n);
  view.set(a);
  return cholesky().exports().factor(n, address, n) === 0 ? undefined : view.slice(0, n * n);
}
