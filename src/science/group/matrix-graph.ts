/** Turns matrices of classes into coloured graphs whose automorphisms are the matrices' symmetries. */
import { type ColouredGraph } from './refine.ts';

/** What this folder asks of a matrix: k×d entries, row-major. */
export interface MatrixLike {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** A matrix whose entries are class numbers ≥ 0. */
export interface ClassMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Int32Array;
}

/**
 * The graph of `matrix`: its rows, its columns and, with a `target` of as many columns, the target's rows are the
 * vertices, in this order, kept apart by labels; edges from rows to columns carry the entries' classes. Its
 * automorphisms are the pairs (π, ρ) that fix the matrix and permute the target's rows, with that permutation.
 */
export function matrixGraph(matrix: ClassMatrix, target?: ClassMatrix): ColouredGraph {
  const { rows: k, columns: d } = matrix;
  const extra = target === undefined ? 0 : target.rows;
  const size = k + d + extra;
  const colours = new Int32Array(size * size);
  join(colours, size, matrix, 0, k);
  if (target !== undefined) join(colours, size, target, k + d, k);
  const labels = Array.from({ length: size }, (_, v) => (v < k ? 0 : v < k + d ? 1 : 2));
  return { size, colours, labels };
}

/**
 * The graph of `doubled`, the 2k×2d classes of [[W, −W], [−W, W]]: as {@link matrixGraph}, with an edge of its own
 * colour from each row to its negative and from each column to its negative. Its automorphisms are the pairs of
 * signed permutations that fix W; the row i with sign − is vertex k+i, the column j with sign − vertex 2k+d+j.
 */
export function signedGraph(doubled: ClassMatrix): ColouredGraph {
  const graph = matrixGraph(doubled);
  const [k, d] = [doubled.rows / 2, doubled.columns / 2];
  const mates = [
    ...Array.from({ length: k }, (_, i) => [i, k + i] as const),
    ...Array.from({ length: d }, (_, j) => [2 * k + j, 2 * k + d + j] as const),
  ];
  for (const [u, v] of mates) {
    graph.colours[u * graph.size + v] = 1;
    graph.colours[v * graph.size + u] = 1;
  }
  return graph;
}

/** Colours 0 and 1 are kept for "no entry" and "negative of", so class c is colour c + 2. */
function join(
  colours: Int32Array,
  size: number,
  matrix: ClassMatrix,
  rowsAt: number,
  columnsAt: number,
): void {
  for (let i = 0; i < matrix.rows; i++)
    for (let j = 0; j < matrix.columns; j++) {
      const colour = matrix.data[i * matrix.columns + j]! + 2;
      colours[(rowsAt + i) * size + columnsAt + j] = colour;
      colours[(columnsAt + j) * size + rowsAt + i] = colour;
    }
}
