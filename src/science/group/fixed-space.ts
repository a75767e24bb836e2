/** Counts the dimension of fixed-point spaces, and from it the irreducible representations in M(k, d). */
import { type Symmetry } from './matching.ts';
import { DisjointSets } from './orbits.ts';
import { fromCycles } from './permutation.ts';

/** Dimension of {W ∈ M(k,d) : P_π W P_ρᵀ = W for all generators}: the number of orbits on the entries. */
export function fixedSpaceDimension(generators: readonly Symmetry[], k: number, d: number): number {
  return entryOrbits(generators, k, d).length;
}

/** The orbits on the entries i·d + j, each ascending, sorted by their least entries. */
export function entryOrbits(generators: readonly Symmetry[], k: number, d: number): number[][] {
  const sets = new DisjointSets(k * d);
  for (const { rows, columns } of generators)
    for (let i = 0; i < k; i++) for (let j = 0; j < d; j++) sets.join(i * d + j, rows[i]! * d + columns[j]!);
  return sets.classes();
}

/**
 * Generators of ΔS_{p₁} × … × S_{p_r} on k×d matrices, d = Σ p ≤ k: block after block, rows and columns alike; rows
 * d … k−1 stay. Throws RangeError where k < d.
 */
export function diagonalGenerators(parts: readonly number[], k: number): Symmetry[] {
  const d = parts.reduce((sum, part) => sum + part, 0);
  if (k < d) throw new RangeError(`${k} rows cannot move with ${d} columns`);
  const generators: Symmetry[] = [];
  let start = 0;
  for (const part of parts) {
    for (let i = start + 1; i < start + part; i++)
      generators.push({ rows: fromCycles(k, [i - 1, i]), columns: fromCycles(d, [i - 1, i]) });
    start += part;
  }
  return generators;
}

/** How often the irreducible representations of the block's symmetric group occur. */
export interface BlockMultiplicities {
  /** (p−1, 1), or the sign for p = 2. */
  readonly s: number;
  /** (p−2, 1, 1), from p = 3 on, and (p−2, 2), from p = 4 on. */
  readonly x: number;
  readonly y: number;
}

/** The decomposition of M(k, d) under a diagonal Young group. */
export interface Decomposition {
  /** Trivial representation. */
  readonly t: number;
  /** By block. */
  readonly blocks: readonly BlockMultiplicities[];
  /** By pair of blocks a < b: how often s_a ⊗ s_b occurs. */
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly count: number }[];
}

/**
 * The decomposition of M(k, d) under ΔS_{p₁} × … × S_{p_r}, from nothing but counts of orbits: the fixed-point
 * spaces of Young subgroups, in which t, s, x, y of one block have dimensions 1, 0, 0, 0; 1, 1, 0, 0 for
 * (1, p−1); 1, 1, 0, 1 for (2, p−2); 1, 2, 1, 1 for (1, 1, p−2) (Kostka numbers), and s_a ⊗ s_b first has a fixed
 * vector when both blocks are split.
 */
export function decomposition(parts: readonly number[], k: number): Decomposition {
  const dimension = (replace: ReadonlyMap<number, readonly number[]>) => {
    const refined = parts.flatMap((part, a) => replace.get(a) ?? [part]);
    return fixedSpaceDimension(
      diagonalGenerators(refined, k),
      k,
      refined.reduce((sum, part) => sum + part, 0),
    );
  };
  const t = dimension(new Map());
  const split = (a: number) => [1, parts[a]! - 1].filter((part) => part > 0);
  const s = parts.map((_, a) => dimension(new Map([[a, split(a)]])) - t);
  const blocks = parts.map((p, a) => {
    const y = p < 4 ? 0 : dimension(new Map([[a, [2, p - 2]]])) - t - s[a]!;
    const x = p < 3 ? 0 : dimension(new Map([[a, [1, 1, ...(p > 2 ? [p - 2] : [])]]])) - t - 2 * s[a]! - y;
    return { s: s[a]!, x, y };
  });
  const pairs = parts.flatMap((_, a) =>
    parts.slice(a + 1).map((_, after) => {
      const b = a + 1 + after;
      const both = dimension(
        new Map([
          [a, split(a)],
          [b, split(b)],
        ]),
      );
      return { a, b, count: both - t - s[a]! - s[b]! };
    }),
  );
  return { t, blocks, pairs };
}
