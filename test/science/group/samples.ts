/** Matrices and random permutations that the tests of groups share. */
import { randomStream, type RandomStream } from '../../../src/base/random.ts';
import { type MatrixLike } from '../../../src/science/group/matrix-graph.ts';
import { identityPermutation } from '../../../src/science/group/permutation.ts';

/** A stream of its own for each test. */
export function stream(index: number): RandomStream {
  return randomStream('5eed'.repeat(8)).split(index);
}

/** An integer in [0, n). */
export function below(random: RandomStream, n: number): number {
  return Math.floor(random.uniform() * n);
}

/** A permutation drawn by Fisher and Yates. */
export function shuffle(random: RandomStream, n: number): number[] {
  const p = identityPermutation(n);
  for (let i = n - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [p[i], p[j]] = [p[j]!, p[i]!];
  }
  return p;
}

/** The matrix with these rows. */
export function matrixOf(rows: readonly (readonly number[])[]): MatrixLike {
  return { rows: rows.length, columns: rows[0]!.length, data: Float64Array.from(rows.flat()) };
}

/** The matrix with entry(i, j). */
export function matrixBy(k: number, d: number, entry: (i: number, j: number) => number): MatrixLike {
  const data = Float64Array.from({ length: k * d }, (_, at) => entry(Math.floor(at / d), at % d));
  return { rows: k, columns: d, data };
}

/** P_π W P_ρᵀ: entry (i, j) goes to (π(i), ρ(j)). */
export function moved(matrix: MatrixLike, rows: readonly number[], columns: readonly number[]): MatrixLike {
  const { columns: d } = matrix;
  const data = new Float64Array(matrix.data.length);
  for (let i = 0; i < matrix.rows; i++)
    for (let j = 0; j < d; j++) data[rows[i]! * d + columns[j]!] = matrix.data[i * d + j]!;
  return { rows: matrix.rows, columns: d, data };
}

/** A generic point of the fixed-point space of ΔS_{p₁} × …, with `extra` further rows constant on the blocks. */
export function youngPoint(parts: readonly number[], extra: readonly (readonly number[])[] = []): MatrixLike {
  const blockOf = parts.flatMap((part, a) => Array.from({ length: part }, () => a));
  const d = blockOf.length;
  return matrixBy(d + extra.length, d, (i, j) => {
    const b = blockOf[j]!;
    if (i >= d) return extra[i - d]![b]!;
    const a = blockOf[i]!;
    if (i === j) return 1 - 0.3 * a;
    return 0.01 * (1 + a) + 0.003 * (1 + b) * (1 + a);
  });
}

/** Adds noise of at most `size` to every entry. */
export function perturbed(matrix: MatrixLike, random: RandomStream, size: number): MatrixLike {
  return {
    ...matrix,
    data: Float64Array.from(matrix.data, (entry) => entry + size * (2 * random.uniform() - 1)),
  };
}

/** All permutations of n points. */
export function allPermutations(n: number): number[][] {
  if (n === 0) return [[]];
  return allPermutations(n - 1).flatMap((p) =>
    Array.from({ length: n }, (_, at) => [...p.slice(0, at), n - 1, ...p.slice(at)]),
  );
}

/** The entries as text, for exact comparison; −0 counts as 0. */
export function textOf(matrix: MatrixLike): string {
  return Array.from(matrix.data, (entry) => entry || 0).join();
}
