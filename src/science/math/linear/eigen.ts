/** Eigenvalues and eigenvectors of symmetric matrices. */
import { invariant } from '../../../base/invariant.ts';
import { wasm } from '../../wasm/eigen.generated.ts';
import { type KernelExports, type Kernels, type Space, kernels } from '../../wasm/instance.ts';
import { type Matrix, matrix } from '../matrix/entries.ts';
import { diagonalise } from './ql.ts';
import { requireFiniteSquare } from './require.ts';
import { swapRows } from './rows.ts';
import { formQ, tridiagonalise } from './tridiagonal.ts';

/** Eigenvalues in ascending order; column i of `vectors` is the unit eigenvector of `values[i]`. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

interface EigenExports extends KernelExports {
  readonly scratch: (n: number, vectors: number) => number;
  readonly eigen: (n: number, vectors: number, a: number, d: number, work: number) => number;
}

let loaded: Kernels<EigenExports> | undefined;
const kernel = () => (loaded ??= kernels<EigenExports>(wasm));

/** From this size on the way into WebAssembly and back pays (measured). */
const largeFrom = 12;
/** Where smaller matrices, up to 11 x 11, are worked on: an array of their own would cost more than the work. */
const smallSpace = /* @__PURE__ */ new Float64Array(121);

/**
 * The eigenvalues in ascending order, each to some rounding errors of the largest one; the same bits as
 * `symmetricEigen`. Reads the lower triangle only. Throws RangeError if a is not square or an entry is not finite.
 */
export function symmetricEigenvalues(a: Matrix): Float64Array {
  const values = new Float64Array(a.rows);
  decompose(a, values, false);
  return values.sort();
}

/**
 * Eigenvalues and orthonormal eigenvectors: |a V - V D| / |a| and |V^T V - 1| are some n rounding errors. Reads
 * the lower triangle only. Throws RangeError if a is not square or an entry is not finite.
 */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  const n = a.rows;
  const values = new Float64Array(n);
  const rows = decompose(a, values, true);
  sortRows(values, rows);
  const vectors = matrix(n, n);
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) vectors.data[k * n + i] = rows[i * n + k] as number;
  return { values, vectors };
}

/**
 * Puts the eigenvalues into `values`, in no order. The first n^2 entries of what it returns are the eigenvectors as
 * rows, if wanted; they last until the next call.
 */
function decompose(a: Matrix, values: Float64Array, vectors: boolean): Float64Array {
  requireFiniteSquare(a);
  const n = a.rows;
  const size = powerBelow(largest(a));
  const large = n >= largeFrom;
  const space = large ? reserve(n, vectors).view : smallSpace;
  mirror(a, size, space);
  const converged = large ? decomposeLarge(n, vectors, values) : decomposeSmall(n, vectors, space, values);
  invariant(converged, `the QL iteration on a ${n}x${n} matrix does not converge`);
  for (let i = 0; i < n; i++) (values[i] as number) *= size;
  return space;
}

/** Sorts the values, and the rows with them. */
function sortRows(values: Float64Array, rows: Float64Array): void {
  const n = values.length;
  for (let i = 0; i < n - 1; i++) {
    let least = i;
    for (let j = i + 1; j < n; j++) if ((values[j] as number) < (values[least] as number)) least = j;
    if (least === i) continue;
    const value = values[i] as number;
    values[i] = values[least] as number;
    values[least] = value;
    swapRows(rows, n, i, least);
  }
}

function largest(a: Matrix): number {
  let size = 0;
  for (let i = 0; i < a.data.length; i++) size = Math.max(size, Math.abs(a.data[i] as number));
  return size;
}

/** The largest power of two that is at most x, or 1 for 0. */
function powerBelow(x: number): number {
  let power = 1;
  if (x === 0) return power;
  while (power > x) power /= 2;
  while (power <= x / 2) power *= 2;
  return power;
}

/** The entries of the lower triangle and their mirror image, divided by `size`. */
function mirror(a: Matrix, size: number, full: Float64Array): void {
  const n = a.rows;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const entry = (a.data[i * n + j] as number) / size;
      full[i * n + j] = entry;
      full[j * n + i] = entry;
    }
}

/** Replaces a by the eigenvectors as rows, if wanted, and d by the eigenvalues. */
function decomposeSmall(n: number, vectors: boolean, a: Float64Array, d: Float64Array): boolean {
  const e = new Float64Array(n);
  tridiagonalise(n, a, d, e);
  if (vectors) formQ(n, a);
  return diagonalise(n, d, e, vectors ? a : undefined);
}

/** Memory for the matrix, its eigenvalues and the work on them. */
function reserve(n: number, vectors: boolean): Space {
  return kernel().reserve(
    n * n +
      n +
      kernel()
        .exports()
        .scratch(n, vectors ? 1 : 0),
  );
}

/** The same on reserved memory. */
function decomposeLarge(n: number, vectors: boolean, d: Float64Array): boolean {
  const { view, address } = reserve(n, vectors);
  const [values, work] = [address + 8 * n * n, address + 8 * (n * n + n)];
  const converged =
    kernel()
      .exports()
      .eigen(n, vectors ? 1 : 0, address, values, work) !== 0;
  d.set(view.subarray(n * n, n * n + n));
  return converged;
}
