/** Products of matrices: in plain TypeScript where they are small, in WebAssembly above, with the same bits. */
import { type KernelExports, type Kernels, kernels } from '../../wasm/instance.ts';
import { wasm } from '../../wasm/product.generated.ts';
import { type Matrix, matrix, requireShape } from './entries.ts';

interface ProductExports extends KernelExports {
  gemm(
    ...args: readonly [
      transposeA: number,
      transposeB: number,
      m: number,
      n: number,
      k: number,
      alpha: number,
      ...blocks: readonly [a: number, lda: number, b: number, ldb: number, c: number, ldc: number],
    ]
  ): void;
}

let loaded: Kernels<ProductExports> | undefined;
const product = () => (loaded ??= kernels<ProductExports>(wasm));

/** a b. Throws RangeError unless a has as many columns as b has rows. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  requireShape(a.columns === b.rows, 'multiply', a, b);
  const c = matrix(a.rows, b.columns);
  if (isSmall(a.rows, b.columns, a.columns)) multiplySmall(a, b, b.columns, 1, c);
  else multiplyLarge(a, b, false, c);
  return c;
}

/** a b^T. Throws RangeError unless a and b have as many columns. */
export function multiplyTransposed(a: Matrix, b: Matrix): Matrix {
  requireShape(a.columns === b.columns, 'multiply by the transpose', a, b);
  const c = matrix(a.rows, b.rows);
  if (isSmall(a.rows, b.rows, a.columns)) multiplySmall(a, b, 1, b.columns, c);
  else multiplyLarge(a, b, true, c);
  return c;
}

/** a x for a vector x. Throws RangeError unless x has as many entries as a has columns. */
export function apply(a: Matrix, x: Float64Array): Float64Array {
  return multiply(a, matrix(x.length, 1, x)).data;
}

/** Whether a product of m x k and k x n is faster without the way into WebAssembly and back (measured). */
function isSmall(m: number, n: number, k: number): boolean {
  return k <= blockDepth && (m * n * k <= 300 || m * n <= 2 * (m + n));
}

/** The kernel adds sums of so many terms in order; below it, one running sum gives the same bits. */
const blockDepth = 256;

/** c = a b' where b'(k, j) is `b.data[k * down + j * right]`: each entry one running sum. */
function multiplySmall(a: Matrix, b: Matrix, down: number, right: number, c: Matrix): void {
  const { rows, columns, data } = c;
  const x = a.data;
  const y = b.data;
  const inner = a.columns;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++)
        sum += (x[i * inner + k] as number) * (y[k * down + j * right] as number);
      data[i * columns + j] = sum;
    }
}

function multiplyLarge(a: Matrix, b: Matrix, transposed: boolean, c: Matrix): void {
  const bStart = a.data.length;
  const cStart = bStart + b.data.length;
  const { view, address } = product().reserve(cStart + c.data.length);
  view.set(a.data);
  view.set(b.data, bStart);
  view.fill(0, cStart, cStart + c.data.length);
  const at = (start: number) => address + 8 * start;
  const blocks = [at(0), a.columns, at(bStart), b.columns, at(cStart), c.columns] as const;
  product()
    .exports()
    .gemm(0, transposed ? 1 : 0, a.rows, c.columns, a.columns, 1, ...blocks);
  c.data.set(view.subarray(cStart, cStart + c.data.length));
}
