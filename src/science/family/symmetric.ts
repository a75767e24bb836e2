/** Diagonalises small symmetric matrices in any arithmetic, by Jacobi's method. */
import { invariant } from '../../base/invariant.ts';
import type { Field } from '../math/precision/field.ts';

/** Jacobi's method converges quadratically: matrices of order 20 need six or seven sweeps. */
const mostSweeps = 60;

/**
 * The eigenvalues of a symmetric matrix, ascending. Entries off the diagonal are rotated away until none exceeds
 * `tolerance` times the Frobenius norm; the eigenvalues are then right to that, beside the rounding of T.
 */
export function eigenvaluesOf<T>(field: Field<T>, matrix: readonly (readonly T[])[], tolerance: number): T[] {
  const rows = matrix.map((row) => [...row]);
  const size = (value: T) => Math.abs(field.toNumber(value));
  const norm = Math.sqrt(rows.flat().reduce((sum, value) => sum + size(value) * size(value), 0));
  let rotated = true;
  for (let sweep = 0; rotated; sweep++) {
    invariant(sweep < mostSweeps, 'the matrix is finite and symmetric');
    rotated = false;
    for (let p = 0; p < rows.length; p++) {
      for (let q = p + 1; q < rows.length; q++) {
        if (size(at(rows, p, q)) <= tolerance * norm) continue;
        rotate(field, rows, p, q);
        rotated = true;
      }
    }
  }
  const values = rows.map((_, index) => at(rows, index, index));
  return values.sort((a, b) => field.toNumber(field.sub(a, b)));
}

function at<T>(rows: readonly (readonly T[])[], i: number, j: number): T {
  return (rows[i] as readonly T[])[j] as T;
}

/** Makes entry (p, q) zero by a rotation in that plane, in place. Source: Golub, Van Loan, algorithm 8.5.1. */
function rotate<T>(field: Field<T>, rows: T[][], p: number, q: number): void {
  const { add, sub, mul, div, neg, one } = field;
  const off = at(rows, p, q);
  const ratio = div(sub(at(rows, q, q), at(rows, p, p)), field.scale(off, 2));
  const hypotenuse = field.sqrt(add(mul(ratio, ratio), one));
  const tangent =
    field.toNumber(ratio) < 0 ? div(one, sub(ratio, hypotenuse)) : div(one, add(ratio, hypotenuse));
  const cosine = div(one, field.sqrt(add(mul(tangent, tangent), one)));
  const sine = mul(tangent, cosine);
  const shift = mul(tangent, off);
  const [left, right] = [rows[p] as T[], rows[q] as T[]];
  const [first, last] = [sub(left[p] as T, shift), add(right[q] as T, shift)];
  rows.forEach((row, k) => {
    if (k === p || k === q) return;
    const [a, b] = [row[p] as T, row[q] as T];
    row[p] = left[k] = add(mul(cosine, a), mul(neg(sine), b));
    row[q] = right[k] = add(mul(sine, a), mul(cosine, b));
  });
  left[p] = first;
  right[q] = last;
  left[q] = right[p] = field.zero;
}
