/** Finds the group of row and column permutations that keep a matrix of classes. */
import { type Action, type Symmetry } from './matching.ts';
import { type ClassMatrix, matrixGraph } from './matrix-graph.ts';
import { automorphisms, isAutomorphism } from './search.ts';
import { factorial } from './young.ts';

/** A group of symmetries of `matrix` with the number of refinements it took to find. */
export interface Group extends Pick<Action, 'matrix' | 'order' | 'holds'> {
  readonly generators: readonly Symmetry[];
  readonly nodes: number;
}

/**
 * The pairs (π, ρ) that fix `matrix` and, with a `target` of as many columns, permute the target's rows.
 * Undefined where the search met its limit of refinements.
 */
export function matrixGroup(
  matrix: ClassMatrix,
  target: ClassMatrix | undefined,
  limit: number,
): Group | undefined {
  const { rows: k, columns: d } = matrix;
  const found = automorphisms(matrixGraph(matrix, target), limit);
  if (found.status === 'limit') return undefined;
  const own = matrixGraph(matrix);
  return {
    matrix,
    order: found.order / (target === undefined ? 1n : equalRowOrder(target)),
    generators: found.generators.map((p) => part(p, k, d)).filter((one) => !isTrivial(one)),
    nodes: found.nodes,
    holds: ({ rows, columns }) =>
      isAutomorphism(own, [...rows, ...columns.map((j) => k + j)]) &&
      (target === undefined || sameRows(target, columns)),
  };
}

function part(p: readonly number[], k: number, d: number): Symmetry {
  return { rows: p.slice(0, k), columns: p.slice(k, k + d).map((vertex) => vertex - k) };
}

function isTrivial({ rows, columns }: Symmetry): boolean {
  return rows.every((image, i) => image === i) && columns.every((image, j) => image === j);
}

/** How many permutations of a target's rows leave it as it is: these are no symmetries of W and are divided out. */
function equalRowOrder(goal: ClassMatrix): bigint {
  const counts = new Map<string, number>();
  for (const row of rowWords(goal)) counts.set(row, (counts.get(row) ?? 0) + 1);
  return [...counts.values()].reduce((product, count) => product * factorial(count), 1n);
}

/** Whether permuting the columns gives the target's rows again, in some order. */
function sameRows(goal: ClassMatrix, columns: readonly number[]): boolean {
  return rowWords(goal).sort().join(';') === rowWords(goal, columns).sort().join(';');
}

function rowWords({ rows, columns: d, data }: ClassMatrix, columns?: readonly number[]): string[] {
  return Array.from({ length: rows }, (_, i) => {
    const row = Array.from(data.slice(i * d, i * d + d));
    return (columns === undefined ? row : columns.map((j) => row[j])).join(',');
  });
}
