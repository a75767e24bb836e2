/**
 * Finds the automorphism group of a coloured graph by individualisation and refinement, pruned by the
 * automorphisms found on the way (McKay and Piperno, Practical graph isomorphism II, 2014).
 */
import { Cells } from './cells.ts';
import { DisjointSets } from './orbits.ts';
import { type Permutation } from './permutation.ts';
import { type ColouredGraph, Refiner } from './refine.ts';

/** The whole group, or word that the search was given up after `nodes` refinements. */
export type Automorphisms =
  | {
      readonly status: 'complete';
      readonly order: bigint;
      /** Vertices that only the identity fixes together. */
      readonly base: readonly number[];
      /** Strong generators relative to `base`, each checked on every colour. */
      readonly generators: readonly Permutation[];
      readonly nodes: number;
    }
  | { readonly status: 'limit'; readonly nodes: number };

/** The permutations of the vertices that keep labels and colours. `limit` bounds the refinements tried. */
export function automorphisms(graph: ColouredGraph, limit = 20_000): Automorphisms {
  return new Search(graph, limit).run();
}

/** Whether `p` keeps labels and colours. */
export function isAutomorphism({ size, colours, labels }: ColouredGraph, p: Permutation): boolean {
  for (let u = 0; u < size; u++) {
    const image = p[u]!;
    if (image === u) continue;
    if (labels[u] !== labels[image]) return false;
    for (let v = 0; v < size; v++) if (colours[u * size + v] !== colours[image * size + p[v]!]) return false;
  }
  return true;
}

/** One choice on the first path from the root to a discrete partition. */
interface Step {
  /** Where the cell that was opened starts, the vertex chosen in it, and the hash of the refinement. */
  readonly start: number;
  readonly point: number;
  readonly trace: number;
  readonly before: Cells;
  readonly after: Cells;
}

/** A partial map under trial: what each base point so far goes to, and the generators that fix all those images. */
interface Trial {
  readonly cells: Cells;
  readonly sourceOf: ReadonlyMap<number, number>;
  readonly fixing: readonly Permutation[];
}

class Search {
  readonly #graph: ColouredGraph;
  readonly #limit: number;
  readonly #refiner: Refiner;
  readonly #path: Step[] = [];
  readonly #generators: Permutation[] = [];
  readonly #orbits: DisjointSets;
  #nodes = 0;

  constructor(graph: ColouredGraph, limit: number) {
    this.#graph = graph;
    this.#limit = limit;
    this.#refiner = new Refiner(graph);
    this.#orbits = new DisjointSets(graph.size);
  }

  run(): Automorphisms {
    this.#walkFirstPath();
    let order = 1n;
    for (let level = this.#path.length - 1; level >= 0; level--) {
      this.#sweep(level);
      if (this.#nodes > this.#limit) return { status: 'limit', nodes: this.#nodes };
      order *= BigInt(this.#orbits.size(this.#path[level]!.point));
    }
    const base = this.#path.map((step) => step.point);
    return { status: 'complete', order, base, generators: this.#generators, nodes: this.#nodes };
  }

  #walkFirstPath(): void {
    let cells = Cells.byLabel(this.#graph.labels);
    const starts: number[] = [];
    for (let from = 0; from < cells.size; from += cells.length[from]!) starts.push(from);
    this.#refiner.refine(cells, starts);
    while (!cells.discrete) {
      const start = cells.largestOpenCell();
      const point = cells.order[start]!;
      const { cells: after, trace } = this.#open(cells, point);
      this.#path.push({ start, point, trace, before: cells, after });
      cells = after;
    }
  }

  #open(cells: Cells, vertex: number): { cells: Cells; trace: number } {
    this.#nodes++;
    const opened = cells.clone();
    const trace = this.#refiner.refine(opened, [opened.individualize(vertex)]);
    return { cells: opened, trace };
  }

  /** Finds the orbit of the base point of `level` under the stabilizer of the base points above it. */
  #sweep(level: number): void {
    const { before, start, point } = this.#path[level]!;
    const refuted: number[] = [];
    for (const vertex of before.members(start).toSorted()) {
      const root = this.#orbits.root(vertex);
      if (root === this.#orbits.root(point)) continue;
      if (refuted.some((other) => this.#orbits.root(other) === root)) continue;
      const trial = { cells: before, sourceOf: new Map<number, number>(), fixing: this.#generators };
      const found = this.#assign(level, trial, vertex);
      if (this.#nodes > this.#limit) return;
      if (found === undefined) refuted.push(vertex);
      else {
        this.#generators.push(found);
        this.#orbits.joinAlong(found);
      }
    }
  }

  /** An automorphism that extends the trial and takes the base point of `level` to `vertex`. */
  #assign(level: number, trial: Trial, vertex: number): Permutation | undefined {
    const step = this.#path[level]!;
    const { cells, trace } = this.#open(trial.cells, vertex);
    if (trace !== step.trace || !sameShape(cells, step.after)) return undefined;
    const candidate = correspondence(step.after, cells);
    if (candidate !== undefined && isAutomorphism(this.#graph, candidate)) return candidate;
    if (cells.discrete) return undefined;
    return this.#extend(level + 1, {
      cells,
      sourceOf: new Map(trial.sourceOf).set(vertex, step.point),
      fixing: trial.fixing.filter((generator) => generator[vertex] === vertex),
    });
  }

  /** Tries the vertices that the next base point may go to, one of each orbit of what fixes the trial so far. */
  #extend(level: number, trial: Trial): Permutation | undefined {
    const { start, point } = this.#path[level]!;
    const favourite = preferred(trial, start, point);
    const first = this.#assign(level, trial, favourite);
    if (first !== undefined || trial.cells.length[start] === 1) return first;
    const orbits = new DisjointSets(this.#graph.size);
    for (const generator of trial.fixing) orbits.joinAlong(generator);
    const tried = new Set([orbits.root(favourite)]);
    for (const vertex of trial.cells.members(start).toSorted()) {
      if (this.#nodes > this.#limit) return undefined;
      if (tried.has(orbits.root(vertex))) continue;
      tried.add(orbits.root(vertex));
      const found = this.#assign(level, trial, vertex);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function sameShape(a: Cells, b: Cells): boolean {
  return a.count === b.count && a.length.every((length, from) => length === b.length[from]);
}

/**
 * The map that takes single cells to single cells and fixes all else, where the open cells of both partitions
 * hold the same vertices; most automorphisms show themselves so long before the partition is discrete.
 */
function correspondence(from: Cells, to: Cells): Permutation | undefined {
  const images = Array.from<number>({ length: from.size });
  for (let i = 0; i < from.size; i++) {
    const vertex = from.order[i]!;
    const start = from.start[vertex]!;
    if (from.length[start] === 1) images[vertex] = to.order[i]!;
    else if (to.start[vertex] === start) images[vertex] = vertex;
    else return undefined;
  }
  return images;
}

/** Where a base point should go first: to itself, else back along its cycle, so that generators move few vertices. */
function preferred({ cells, sourceOf }: Trial, start: number, point: number): number {
  let vertex: number | undefined = point;
  while (vertex !== undefined && cells.start[vertex] !== start) vertex = sourceOf.get(vertex);
  return vertex ?? cells.order[start]!;
}
