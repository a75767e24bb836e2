/** Triangular systems with one right side, row by row. */
import type { Matrix } from '../matrix/entries.ts';

/** Solves L x = b in place for the lower triangle of a square matrix, its diagonal taken as 1 where told. */
export function forward(l: Matrix, x: Float64Array, unit: boolean): void {
  const { rows: n, data } = l;
  for (let i = 0; i < n; i++) {
    const rest = (x[i] as number) - dotRow(data, i * n, x, 0, i);
    x[i] = unit ? rest : rest / (data[i * n + i] as number);
  }
}

/** Solves U x = b in place for the upper triangle. */
export function backward(u: Matrix, x: Float64Array): void {
  const { rows: n, data } = u;
  for (let i = n - 1; i >= 0; i--)
    x[i] = ((x[i] as number) - dotRow(data, i * n, x, i + 1, n)) / (data[i * n + i] as number);
}

/** Solves L^T x = b in place for the lower triangle, its diagonal taken as 1 where told. */
export function backwardTransposed(l: Matrix, x: Float64Array, unit: boolean): void {
  const { rows: n, data } = l;
  for (let i = n - 1; i >= 0; i--) {
    const value = unit ? (x[i] as number) : (x[i] as number) / (data[i * n + i] as number);
    x[i] = value;
    for (let j = 0; j < i; j++) (x[j] as number) -= (data[i * n + j] as number) * value;
  }
}

/** Solves U^T x = b in place for the upper triangle. */
export function forwardTransposed(u: Matrix, x: Float64Array): void {
  const { rows: n, data } = u;
  for (let i = 0; i < n; i++) {
    const value = (x[i] as number) / (data[i * n + i] as number);
    x[i] = value;
    for (let j = i + 1; j < n; j++) (x[j] as number) -= (data[i * n + j] as number) * value;
  }
}

/** Swaps entries k and pivots[k], for k from 0 up: P x. */
export function swapInOrder(pivots: Int32Array, x: Float64Array): void {
  for (let k = 0; k < pivots.length; k++) swap(x, k, pivots[k] as number);
}

/** Undoes `swapInOrder`: P^T x. */
export function swapBack(pivots: Int32Array, x: Float64Array): void {
  for (let k = pivots.length - 1; k >= 0; k--) swap(x, k, pivots[k] as number);
}

function swap(x: Float64Array, i: number, j: number): void {
  const held = x[i] as number;
  x[i] = x[j] as number;
  x[j] = held;
}

/** The sum of `data[start + j] * x[j]` over from <= j < to: four running sums, added pairwise, then what is left over. */
function dotRow(data: Float64Array, start: number, x: Float64Array, from: number, to: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = from;
  for (; j + 4 <= to; j += 4) {
    const at = start + j;
    s0 += (data[at] as number) * (x[j] as number);
    s1 += (data[at + 1] as number) * (x[j + 1] as number);
    s2 += (data[at + 2] as number) * (x[j + 2] as number);
    s3 += (data[at + 3] as number) * (x[j + 3] as number);
  }
  let sum = s0 + s1 + (s2 + s3);
  for (; j < to; j++) sum += (data[start + j] as number) * (x[j] as number);
  return sum;
}
