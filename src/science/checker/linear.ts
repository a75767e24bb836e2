/** Settles what the proofs ask of small matrices: an approximate inverse, and a proved count of signs. */
import { type Arithmetic, centre, type Enclosure, signOf, Undecided } from './arithmetic.ts';
import type { Matrix } from './forms.ts';

/**
 * A matrix near the inverse of the middle of `matrix`, with exact entries. It need not be near: only how well the
 * proof succeeds depends on it. Throws Undecided where no pivot can be told from 0.
 */
export function approximateInverse(a: Arithmetic, matrix: Matrix): Matrix {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [
    ...row.map(centre),
    ...Array.from({ length: size }, (_, j) => (i === j ? a.one : a.zero)),
  ]);
  for (let k = 0; k < size; k++) {
    const best = largest(rows, k);
    [rows[k], rows[best]] = [rows[best] as Enclosure[], rows[k] as Enclosure[]];
    const pivot = (rows[k] as Enclosure[])[k] as Enclosure;
    rows[k] = (rows[k] as Enclosure[]).map((value) => centre(a.div(value, pivot)));
    rows.forEach((row, i) => {
      if (i === k) return;
      const factor = row[k] as Enclosure;
      rows[i] = row.map((value, j) =>
        centre(a.sub(value, a.mul(factor, (rows[k] as Enclosure[])[j] as Enclosure))),
      );
    });
  }
  return rows.map((row) => row.slice(size));
}

function largest(rows: Matrix, k: number): number {
  const size = (i: number) => {
    const { lo } = (rows[i] as Enclosure[])[k] as Enclosure;
    return lo < 0n ? -lo : lo;
  };
  let best = k;
  for (let i = k + 1; i < rows.length; i++) if (size(i) > size(best)) best = i;
  return best;
}

/**
 * How many eigenvalues of every symmetric matrix within `matrix` are negative: the negative pivots of LDLᵀ, by
 * Sylvester's law of inertia; the others are positive. Throws Undecided where a pivot may vanish.
 */
export function negativeCount(a: Arithmetic, matrix: Matrix): number {
  const rows = matrix.map((row) => [...row]);
  let count = 0;
  for (let k = 0; k < rows.length; k++) {
    const pivot = (rows[k] as Enclosure[])[k] as Enclosure;
    if (signOf(pivot) === 0) throw new Undecided('the sign of a pivot');
    if (signOf(pivot) < 0) count++;
    for (let i = k + 1; i < rows.length; i++) {
      const row = rows[i] as Enclosure[];
      const factor = a.div(row[k] as Enclosure, pivot);
      for (let j = k + 1; j < rows.length; j++) {
        row[j] = a.sub(row[j] as Enclosure, a.mul(factor, (rows[k] as Enclosure[])[j] as Enclosure));
      }
    }
  }
  return count;
}

/** The product of a matrix and a vector. */
export function applied(a: Arithmetic, matrix: Matrix, vector: readonly Enclosure[]): Enclosure[] {
  return matrix.map((row) =>
    row.reduce((sum, value, j) => a.add(sum, a.mul(value, vector[j] as Enclosure)), a.zero),
  );
}

/** The product of two matrices. */
export function multiplied(a: Arithmetic, left: Matrix, right: Matrix): Matrix {
  return left.map((row) =>
    (right[0] ?? []).map((_, j) =>
      row.reduce(
        (sum, value, k) => a.add(sum, a.mul(value, (right[k] as Enclosure[])[j] as Enclosure)),
        a.zero,
      ),
    ),
  );
}

/** Rounds of the power method in which weights are sought. */
const rounds = 6;

/**
 * Whether some norm of every matrix within `matrix` is below 1: there are weights x > 0 with |B|x < x, where |B| bounds
 * the entries. `false` does not say that there is none.
 */
export function isContraction({ bits, one }: Arithmetic, matrix: Matrix): boolean {
  const bounds = matrix.map((row) => row.map(({ lo, hi }) => (-lo > hi ? -lo : hi)));
  const image = (x: readonly bigint[]) =>
    bounds.map((row) => (row.reduce((sum, b, j) => sum + b * (x[j] as bigint), 0n) >> BigInt(bits)) + 1n);
  let weights = bounds.map(() => one.lo);
  for (let round = 0; round < rounds; round++) {
    const next = image(weights);
    if (next.every((value, i) => value < (weights[i] as bigint))) return true;
    const largest = next.reduce((most, value) => (value > most ? value : most), 1n);
    // Never quite 0, and of the size of 1 again.
    weights = next.map((value) => (value << BigInt(bits)) / largest + (one.lo >> 10n));
  }
  return false;
}
