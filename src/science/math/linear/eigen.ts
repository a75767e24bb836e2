/** Eigenvalues and eigenvectors of symmetric matrices. */
import { type Matrix, identity, matrix } from '../matrix.ts';

/** Eigenvalues in ascending order; column i of `vectors` is the unit eigenvector of `values[i]`. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/** The eigenvalues in ascending order. Reads the lower triangle only. Throws RangeError if a is not square or not finite. */
export function symmetricEigenvalues(a: Matrix): Float64Array {
  return symmetricEigen(a).values;
}

/** Eigenvalues and vectors, by cyclic Jacobi rotations. Reads the lower triangle only. Throws RangeError if a is not square or not finite. */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  const n = a.rows;
  if (a.columns !== n) throw new RangeError(`only a square matrix has eigenvalues, not ${n}x${a.columns}`);
  if (!a.data.every(Number.isFinite))
    throw new RangeError('a matrix to diagonalise has an entry that is not finite');
  const m = a.data.map(
    (_, at) =>
      a.data[Math.max(Math.floor(at / n), at % n) * n + Math.min(Math.floor(at / n), at % n)] as number,
  );
  const v = identity(n).data;
  while (sweep(m, v, n) > 0);
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => (m[i * n + i] as number) - (m[j * n + j] as number),
  );
  const vectors = matrix(
    n,
    n,
    v.map((_, at) => v[Math.floor(at / n) * n + (order[at % n] as number)] as number),
  );
  return { values: Float64Array.from(order, (i) => m[i * n + i] as number), vectors };
}

function sweep(m: Float64Array, v: Float64Array, n: number): number {
  let rotations = 0;
  for (let p = 0; p < n; p++)
    for (let q = p + 1; q < n; q++) {
      const off = m[p * n + q] as number;
      const scale = Math.abs(m[p * n + p] as number) + Math.abs(m[q * n + q] as number);
      if (Math.abs(off) <= 1e-17 * scale || Math.abs(off) < 1e-300) continue;
      rotations++;
      rotate(m, v, n, p, q);
    }
  return rotations;
}

function rotate(m: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const theta = ((m[q * n + q] as number) - (m[p * n + p] as number)) / (2 * (m[p * n + q] as number));
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (x: Float64Array, i: number, j: number) => {
    const a = x[i] as number;
    const b = x[j] as number;
    x[i] = c * a - s * b;
    x[j] = s * a + c * b;
  };
  for (let k = 0; k < n; k++) turn(m, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(m, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q);
  m[p * n + q] = 0;
  m[q * n + p] = 0;
}
