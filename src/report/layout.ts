/** Lays a graph out in layers, each node below all it needs, with few crossings. Pure; the same for the same graph. */

export interface GraphNode {
  readonly name: string;
  readonly needs: readonly string[];
  /** Room across that it takes; 1 where nothing is said. */
  readonly width?: number;
}

/** Where a node stands: its layer from the top, and its place across, in units of one node of width 1. */
export interface Placed {
  readonly layer: number;
  readonly across: number;
}

export interface Layout {
  readonly nodes: ReadonlyMap<string, Placed>;
  /** For each edge the places it passes, layer by layer, both ends included. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly way: readonly Placed[];
  }[];
  /** In units of a node of width 1. */
  readonly width: number;
  readonly layers: number;
}

/** A node of the drawing: a real one, or the place where a long edge passes a layer. */
interface Point {
  readonly layer: number;
  readonly above: Point[];
  readonly below: Point[];
  readonly width: number;
  across: number;
}

const sweeps = 8;
const slimWidth = 0.35;

/** Needs that are no node are left out. A cycle is broken where it is met first. */
export function layOut(nodes: readonly GraphNode[]): Layout {
  const layers = layersOf(nodes);
  const points = new Map(
    nodes.map(({ name, width = 1 }) => [name, newPoint(layers.get(name) as number, width)]),
  );
  const rows: Point[][] = [];
  const place = (point: Point) => (rows[point.layer] ??= []).push(point);
  points.forEach(place);
  const edges = nodes.flatMap(({ name, needs }) =>
    needs
      .filter((need) => points.has(need) && (layers.get(need) as number) < (layers.get(name) as number))
      .map((need) => ({ from: need, to: name, way: connect(points.get(need)!, points.get(name)!, place) })),
  );
  for (let i = 0; i < sweeps; i++) reorder(rows, i % 2 === 0 ? 'above' : 'below');
  const width = spread(rows);
  const at = ({ layer, across }: Point): Placed => ({ layer, across });
  return {
    nodes: new Map([...points].map(([name, point]) => [name, at(point)])),
    edges: edges.map(({ from, to, way }) => ({ from, to, way: way.map(at) })),
    width,
    layers: rows.length,
  };
}

function newPoint(layer: number, width: number): Point {
  return { layer, above: [], below: [], width, across: 0 };
}

/** The longest way down from a node that needs nothing. */
function layersOf(nodes: readonly GraphNode[]): Map<string, number> {
  const needs = new Map(nodes.map((node) => [node.name, node.needs]));
  const found = new Map<string, number>();
  const open = new Set<string>();
  const layerOf = (name: string): number => {
    const known = found.get(name);
    if (known !== undefined) return known;
    open.add(name);
    const above = (needs.get(name) ?? []).filter((need) => needs.has(need) && !open.has(need));
    const layer = Math.max(-1, ...above.map(layerOf)) + 1;
    open.delete(name);
    found.set(name, layer);
    return layer;
  };
  for (const { name } of nodes) layerOf(name);
  return found;
}

/** Joins two points through one slim point on every layer between. */
function connect(from: Point, to: Point, place: (point: Point) => void): Point[] {
  const way = [from];
  for (let layer = from.layer + 1; layer <= to.layer; layer++) {
    const next = layer === to.layer ? to : newPoint(layer, slimWidth);
    if (next !== to) place(next);
    const last = way.at(-1) as Point;
    last.below.push(next);
    next.above.push(last);
    way.push(next);
  }
  return way;
}

/** Sorts every layer by the mean place of the neighbours on one side; those without keep theirs. */
function reorder(rows: readonly Point[][], side: 'above' | 'below'): void {
  for (const row of rows) row.forEach((point, i) => (point.across = i));
  for (const row of side === 'above' ? rows : [...rows].reverse()) {
    const wish = new Map(row.map((point) => [point, mean(point[side]) ?? point.across]));
    row.sort((a, b) => (wish.get(a) as number) - (wish.get(b) as number));
    row.forEach((point, i) => (point.across = i));
  }
}

const mean = (points: readonly Point[]) => meanOf(points.map(({ across }) => across));

function meanOf(list: readonly number[]): number | undefined {
  return list.length === 0 ? undefined : list.reduce((sum, x) => sum + x, 0) / list.length;
}

/** Gives every point its final place: near its neighbours, none over another. Returns the width of the whole. */
function spread(rows: readonly Point[][]): number {
  for (const row of rows) pack(row, () => 0);
  for (let i = 0; i < sweeps; i++) {
    const side = i % 2 === 0 ? 'above' : 'below';
    for (const row of side === 'above' ? rows : [...rows].reverse())
      pack(row, (point) => mean(point[side]) ?? mean(point[side === 'above' ? 'below' : 'above']));
  }
  const all = rows.flat();
  const left = Math.min(...all.map((point) => point.across - point.width / 2));
  for (const point of all) point.across -= left;
  return Math.max(0, ...all.map((point) => point.across + point.width / 2));
}

/** A run of points that stand side by side, and where it wishes to begin, on the mean of its members. */
interface Block {
  readonly points: readonly Point[];
  readonly start: number;
}

/**
 * Puts the points of a row as near to their wishes as their order and widths allow, by least squares: blocks of
 * neighbours that would overlap are joined until none do (isotonic regression).
 */
function pack(row: readonly Point[], wish: (point: Point) => number | undefined): void {
  const wishes = row.map(wish);
  const middle = meanOf(wishes.filter((each) => each !== undefined)) ?? 0;
  const blocks: Block[] = [];
  let packed = 0;
  row.forEach((point, i) => {
    // Where the point would stand if all before it stood side by side from 0.
    const own = packed + point.width / 2;
    packed += point.width;
    let block: Block = { points: [point], start: (wishes[i] ?? middle) - own };
    for (let last = blocks.at(-1); last !== undefined && last.start > block.start; last = blocks.at(-1)) {
      blocks.pop();
      const count = last.points.length + block.points.length;
      const start = (last.start * last.points.length + block.start * block.points.length) / count;
      block = { points: [...last.points, ...block.points], start };
    }
    blocks.push(block);
  });
  let edge = 0;
  for (const { points, start } of blocks) {
    for (const point of points) {
      point.across = start + edge + point.width / 2;
      edge += point.width;
    }
  }
}
