/**
 * Refines an ordered partition of a coloured graph's vertices until it is equitable: any two vertices of one
 * cell see each cell in the same colours (Weisfeiler and Leman's colour refinement, with Hopcroft's queue).
 */
import { type Cells } from './cells.ts';

/** A complete graph whose edges carry colours. */
export interface ColouredGraph {
  readonly size: number;
  /** size×size, symmetric, row-major: the colour between two vertices, a small integer ≥ 0. */
  readonly colours: Int32Array;
  /** By vertex: the label that an automorphism must keep. */
  readonly labels: readonly number[];
}

/** Stirs `value` into a 32-bit hash. */
export function stir(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x9e3779b1);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}

/**
 * Refinement over one graph. Signatures are hashes: a collision would leave a partition coarser than equitable,
 * which costs the search time and never its correctness, since every automorphism is checked on the colours.
 */
export class Refiner {
  readonly #size: number;
  readonly #weights: Int32Array;
  readonly #signature: Int32Array;
  readonly #waiting: Uint8Array;

  constructor(graph: ColouredGraph) {
    this.#size = graph.size;
    this.#weights = graph.colours.map((colour) => stir(0x1b873593, colour + 1));
    this.#signature = new Int32Array(graph.size);
    this.#waiting = new Uint8Array(graph.size);
  }

  /**
   * Splits `cells` in place, beginning with the cells that start at `splitters`. Returns a hash of all that was
   * seen; partitions that an automorphism takes to each other have equal hashes.
   */
  refine(cells: Cells, splitters: readonly number[]): number {
    const queue = [...splitters];
    for (const start of queue) this.#waiting[start] = 1;
    let trace = cells.count;
    for (let head = 0; head < queue.length; head++) {
      const start = queue[head]!;
      this.#waiting[start] = 0;
      trace = stir(trace, start);
      this.#sign(cells.members(start));
      for (let from = 0; from < this.#size;) {
        const length = cells.length[from]!;
        trace = this.#split(cells, from, length, queue, trace);
        from += length;
      }
    }
    return stir(trace, cells.count);
  }

  /** Gives every vertex the sum of the weights of its colours towards `splitter`. */
  #sign(splitter: Int32Array): void {
    this.#signature.fill(0);
    for (const member of splitter) {
      const row = member * this.#size;
      for (let v = 0; v < this.#size; v++)
        this.#signature[v] = (this.#signature[v]! + this.#weights[row + v]!) | 0;
    }
  }

  #split(cells: Cells, from: number, length: number, queue: number[], trace: number): number {
    const signature = this.#signature;
    const slice = cells.order.subarray(from, from + length);
    if (!this.#differ(slice)) return stir(trace, signature[slice[0]!]!);
    slice.sort((a, b) => signature[a]! - signature[b]! || a - b);
    const cuts: number[] = [];
    let seen = stir(trace, signature[slice[0]!]!);
    for (let i = 1; i < length; i++)
      if (signature[slice[i]!] !== signature[slice[i - 1]!]) {
        cuts.push(from + i);
        seen = stir(stir(seen, from + i), signature[slice[i]!]!);
      }
    cells.cut(from, cuts);
    this.#enqueue(cells, [from, ...cuts], queue);
    return seen;
  }

  #differ(slice: Int32Array): boolean {
    const first = this.#signature[slice[0]!];
    for (let i = 1; i < slice.length; i++) if (this.#signature[slice[i]!] !== first) return true;
    return false;
  }

  /** All pieces wait as splitters, but the largest where the whole cell did not wait (Hopcroft). */
  #enqueue(cells: Cells, pieces: readonly number[], queue: number[]): void {
    let spared = -1;
    if (this.#waiting[pieces[0]!] === 0) {
      spared = pieces[0]!;
      for (const piece of pieces) if (cells.length[piece]! > cells.length[spared]!) spared = piece;
    }
    for (const piece of pieces)
      if (piece !== spared && this.#waiting[piece] === 0) {
        this.#waiting[piece] = 1;
        queue.push(piece);
      }
  }
}
