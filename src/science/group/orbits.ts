/** Finds the orbits of permutation groups given by generators. */
import { type Permutation } from './permutation.ts';

/** Disjoint sets of 0 … n−1 that can be joined; the root of a set is its least element. */
export class DisjointSets {
  readonly #parent: number[];
  readonly #size: number[];

  constructor(n: number) {
    this.#parent = Array.from({ length: n }, (_, i) => i);
    this.#size = Array.from({ length: n }, () => 1);
  }

  /** The least element of the set of `point`. */
  root(point: number): number {
    let at = point;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]!]!;
      at = this.#parent[at]!;
    }
    return at;
  }

  /** How many elements the set of `point` has. */
  size(point: number): number {
    return this.#size[this.root(point)]!;
  }

  /** Makes the sets of `a` and `b` one. */
  join(a: number, b: number): void {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y) return;
    const [low, high] = x < y ? [x, y] : [y, x];
    this.#parent[high] = low;
    this.#size[low]! += this.#size[high]!;
  }

  /** Joins each point to its image under `p`. */
  joinAlong(p: Permutation): void {
    for (let i = 0; i < p.length; i++) if (p[i] !== i) this.join(i, p[i]!);
  }

  /** The sets, each ascending, sorted by their least elements. */
  classes(): number[][] {
    const byRoot = new Map<number, number[]>();
    for (let i = 0; i < this.#parent.length; i++) {
      const root = this.root(i);
      const members = byRoot.get(root);
      if (members === undefined) byRoot.set(root, [i]);
      else members.push(i);
    }
    return [...byRoot.values()];
  }
}

/** The orbits on 0 … degree−1 of the group generated, each ascending, sorted by their least points. */
export function orbitsOf(generators: readonly Permutation[], degree: number): number[][] {
  const sets = new DisjointSets(degree);
  for (const generator of generators) sets.joinAlong(generator);
  return sets.classes();
}

/** Whether the group generated has one orbit (true for degree 0 and 1). */
export function isTransitive(generators: readonly Permutation[], degree: number): boolean {
  return orbitsOf(generators, degree).length <= 1;
}
