/** Gaussian elimination with partial pivoting. */
import { type KernelExports, type Kernels, kernels } from '../../wasm/instance.ts';
import { wasm } from '../../wasm/lu.generated.ts';
import { type Matrix, matrix } from '../matrix/entries.ts';
import { reciprocalCondition } from './condition.ts';
import { swapRows } from './rows.ts';
import { backward, forward, swapInOrder } from './substitution.ts';
import { requireFiniteSquare, requireRightSide } from './require.ts';

/** P a = L U: U and, below the diagonal, the unit lower triangular L; step k swapped rows k and pivots[k]. */
export interface RegularLu {
  readonly status: 'regular';
  readonly factors: Matrix;
  readonly pivots: Int32Array;
  /** An estimate of 1 / condition number, of the matrix with rows and columns scaled to largest entry 1. */
  readonly reciprocalCondition: number;
}

/** The matrix is singular to working precision: a solution would be nothing but rounding errors. */
export interface Singular {
  readonly status: 'singular';
  readonly reciprocalCondition: number;
}

export type Lu = RegularLu | Singular;

/** The solution of a linear system, or why there is none. */
export type Solution =
  | { readonly status: 'solved'; readonly x: Float64Array; readonly reciprocalCondition: number }
  | Singular;

interface LuExports extends KernelExports {
  readonly factor: (m: number, n: number, a: number, lda: number, pivots: number) => number;
}

let loaded: Kernels<LuExports> | undefined;
const lu = () => (loaded ??= kernels<LuExports>(wasm));

/** From this size on the way into WebAssembly and back pays (measured). */
const largeFrom = 12;
/** 2^-50: four rounding errors. */
const working = 8.881784197001252e-16;

/**
 * Factors a square matrix, which is left as it is. Backward error: n rounding errors times the growth of entries.
 * Throws RangeError if it is not square or an entry is not finite.
 */
export function luFactor(a: Matrix): Lu {
  requireFiniteSquare(a);
  const n = a.rows;
  const pivots = new Int32Array(n);
  const data = n < largeFrom ? factorSmall(a.data, n, pivots) : factorLarge(a.data, n, pivots);
  if (data === undefined) return { status: 'singular', reciprocalCondition: 0 };
  const factors = matrix(n, n, data);
  const estimate = reciprocalCondition(a, factors, pivots);
  if (estimate <= working) return { status: 'singular', reciprocalCondition: estimate };
  return { status: 'regular', factors, pivots, reciprocalCondition: estimate };
}

/** Solves a x = b from the factors of a. Throws RangeError unless b has as many entries as a has rows. */
export function luSolve(lu: RegularLu, b: Float64Array): Float64Array {
  const n = lu.pivots.length;
  requireRightSide(n, b);
  const x = b.slice();
  swapInOrder(lu.pivots, x);
  forward(lu.factors, x, true);
  backward(lu.factors, x);
  return x;
}

/** Solves a x = b for a square matrix a. Throws RangeError for shapes that do not fit and entries that are not finite. */
export function solve(a: Matrix, b: Float64Array): Solution {
  const lu = luFactor(a);
  if (lu.status === 'singular') return lu;
  return { status: 'solved', x: luSolve(lu, b), reciprocalCondition: lu.reciprocalCondition };
}

/** Eliminates column by column, in the order of the leaves of the WebAssembly code. Undefined if a pivot is 0. */
function factorSmall(a: Float64Array, n: number, pivots: Int32Array): Float64Array | undefined {
  const u = a.slice();
  for (let k = 0; k < n; k++) {
    const p = pivotRow(u, n, k);
    pivots[k] = p;
    if (u[p * n + k] === 0) return undefined;
    if (p !== k) swapRows(u, n, p, k);
    eliminate(u, n, k);
  }
  return u;
}

function pivotRow(u: Float64Array, n: number, k: number): number {
  let p = k;
  for (let i = k + 1; i < n; i++)
    if (Math.abs(u[i * n + k] as number) > Math.abs(u[p * n + k] as number)) p = i;
  return p;
}

function eliminate(u: Float64Array, n: number, k: number): void {
  const pivot = u[k * n + k] as number;
  for (let i = k + 1; i < n; i++) {
    const factor = (u[i * n + k] as number) / pivot;
    u[i * n + k] = factor;
    for (let j = k + 1; j < n; j++) (u[i * n + j] as number) -= factor * (u[k * n + j] as number);
  }
}

function factorLarge(a: Float64Array, n: number, pivots: Int32Array): Float64Array | undefined {
  const { view, address } = lu().reserve(n * n + n);
  view.set(a);
  const { factor } = lu().exports();
  if (factor(n, n, address, n, address + 8 * n * n) >= 0) return undefined;
  pivots.set(view.subarray(n * n, n * n + n));
  return view.slice(0, n * n);
}
