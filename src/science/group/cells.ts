/** Keeps an ordered partition of the vertices 0 … n−1 into cells. */

/** Cells lie one after another in `order`; a cell is named by the position at which it starts. */
export class Cells {
  /** The vertices, cell by cell. */
  readonly order: Int32Array;
  /** By vertex: its position in `order`. */
  readonly place: Int32Array;
  /** By vertex: the start of its cell. */
  readonly start: Int32Array;
  /** By start: how many vertices the cell has; 0 at other positions. */
  readonly length: Int32Array;
  /** How many cells there are. */
  count: number;

  private constructor(parts: Pick<Cells, 'order' | 'place' | 'start' | 'length' | 'count'>) {
    this.order = parts.order;
    this.place = parts.place;
    this.start = parts.start;
    this.length = parts.length;
    this.count = parts.count;
  }

  /** The partition by label, cells in ascending order of their labels. */
  static byLabel(labels: readonly number[]): Cells {
    const n = labels.length;
    const order = Int32Array.from({ length: n }, (_, i) => i).sort(
      (a, b) => labels[a]! - labels[b]! || a - b,
    );
    const cells = new Cells({
      order,
      place: new Int32Array(n),
      start: new Int32Array(n),
      length: new Int32Array(n),
      count: 0,
    });
    for (let from = 0; from < n;) {
      let to = from + 1;
      while (to < n && labels[order[to]!] === labels[order[from]!]) to++;
      cells.mark(from, to);
      from = to;
    }
    return cells;
  }

  clone(): Cells {
    return new Cells({
      order: this.order.slice(),
      place: this.place.slice(),
      start: this.start.slice(),
      length: this.length.slice(),
      count: this.count,
    });
  }

  get size(): number {
    return this.order.length;
  }

  /** Whether every cell has one vertex. */
  get discrete(): boolean {
    return this.count === this.order.length;
  }

  /** Declares positions from … to−1 a new cell, after they were put in order. */
  mark(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const vertex = this.order[i]!;
      this.place[vertex] = i;
      this.start[vertex] = from;
    }
    this.length[from] = to - from;
    this.count++;
  }

  /** Cuts the cell at `from` into the pieces that start at `from` and at each of `cuts` (ascending positions). */
  cut(from: number, cuts: readonly number[]): void {
    const end = from + this.length[from]!;
    this.count--;
    let begin = from;
    for (const cut of [...cuts, end]) {
      this.mark(begin, cut);
      begin = cut;
    }
  }

  /** Puts a vertex alone into a cell before the rest of its cell; returns the start of that single cell. */
  individualize(vertex: number): number {
    const from = this.start[vertex]!;
    if (this.length[from] === 1) return from;
    const at = this.place[vertex]!;
    const first = this.order[from]!;
    this.order[at] = first;
    this.order[from] = vertex;
    this.cut(from, [from + 1]);
    return from;
  }

  /** The vertices of the cell at `from`, in the order kept. */
  members(from: number): Int32Array {
    return this.order.slice(from, from + this.length[from]!);
  }

  /**
   * The start of the first among the largest cells; −1 where all cells are single. Small cells first were tried:
   * in a projective plane they open the points of one line, which refinement cannot tell apart, and the search
   * for the plane of order 7 ran past 100 000 refinements instead of 20.
   */
  largestOpenCell(): number {
    let best = -1;
    for (let from = 0; from < this.size; from += this.length[from]!)
      if (this.length[from]! > 1 && (best < 0 || this.length[from]! > this.length[best]!)) best = from;
    return best;
  }
}
