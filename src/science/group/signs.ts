/** Decides where signs can be chosen in a matrix of signed classes. */
import { type Symmetry } from './matching.ts';
import { type ClassMatrix } from './matrix-graph.ts';
import { DisjointSets } from './orbits.ts';

/**
 * The connected components of rows (vertices i) and columns (vertices k+j) joined by entries of class other than 0.
 * Changes of sign that fix the matrix are those constant on each component: 2^components of them.
 */
export function supportComponents({ rows: k, columns: d, data }: ClassMatrix): number[][] {
  const sets = new DisjointSets(k + d);
  for (let i = 0; i < k; i++) for (let j = 0; j < d; j++) if (data[i * d + j] !== 0) sets.join(i, k + j);
  return sets.classes();
}

/**
 * Whether signs of rows and columns exist that make (π, ρ) fix `matrix`, whose entries are classes with −c the
 * negative of c: W[π(i)][ρ(j)] = s_i t_j W[i][j].
 */
export function liftsWithSigns(
  { rows: k, columns: d, data }: ClassMatrix,
  { rows, columns }: Symmetry,
): boolean {
  const n = k + d;
  const sets = new DisjointSets(2 * n);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < d; j++) {
      const [from, to] = [data[i * d + j]!, data[rows[i]! * d + columns[j]!]!];
      if (Math.abs(from) !== Math.abs(to)) return false;
      if (from === 0) continue;
      const apart = from === to ? 0 : n;
      sets.join(i, k + j + apart);
      sets.join(n + i, k + j + n - apart);
    }
  return Array.from({ length: n }, (_, v) => v).every((v) => sets.root(v) !== sets.root(n + v));
}

/**
 * Whether signs s, t exist such that every one of `symmetries` fixes the matrix (s_i t_j W[i][j]) without further
 * signs: linear equations over the field of two elements, one for each entry and symmetry, that are eliminated.
 */
export function signsCanBeBalanced(matrix: ClassMatrix, symmetries: readonly Symmetry[]): boolean {
  const { rows: k, columns: d, data } = matrix;
  const pivots = new Map<number, bigint>();
  for (const { rows, columns } of symmetries)
    for (let i = 0; i < k; i++)
      for (let j = 0; j < d; j++) {
        const [from, to] = [data[i * d + j]!, data[rows[i]! * d + columns[j]!]!];
        if (from === 0 || (rows[i] === i && columns[j] === j)) continue;
        // Bit 0 is the right-hand side; the unknown of vertex v is bit v + 1; equal vertices cancel.
        const right = from === to ? 0n : 1n;
        const equation = bit(i) ^ bit(rows[i]!) ^ bit(k + j) ^ bit(k + columns[j]!) ^ right;
        if (!eliminate(pivots, equation)) return false;
      }
  return true;
}

function bit(vertex: number): bigint {
  return 1n << BigInt(vertex + 1);
}

/** Adds an equation to a triangular system; false where it contradicts it. */
function eliminate(pivots: Map<number, bigint>, equation: bigint): boolean {
  let rest = equation;
  while (rest > 1n) {
    const lead = rest.toString(2).length;
    const pivot = pivots.get(lead);
    if (pivot === undefined) {
      pivots.set(lead, rest);
      return true;
    }
    rest ^= pivot;
  }
  return rest === 0n;
}
