/** Takes a graph apart into the parts that hang together, and sets drawings of them in rows. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Node {
  readonly name: string;
  readonly needs: readonly string[];
}

/** The connected parts, in the order of their first nodes; in each the nodes keep their order. */
export function componentsOf<T extends Node>(nodes: readonly T[]): T[][] {
  const heads = new Map(nodes.map(({ name }) => [name, name]));
  const headOf = (name: string): string => {
    let at = name;
    for (let next = heads.get(at); next !== undefined && next !== at; next = heads.get(at)) at = next;
    heads.set(name, at);
    return at;
  };
  for (const { name, needs } of nodes)
    for (const need of needs) if (heads.has(need)) heads.set(headOf(need), headOf(name));
  return [...Map.groupBy(nodes, ({ name }) => headOf(name)).values()];
}

const gap = 70;
/** Width to height that the whole should have. */
const shape = 1.5;

/** Where the upper left corner of each goes: the highest first, row by row, none over another. */
export function inRows(sizes: readonly Size[]): Point[] {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const width = Math.max(Math.sqrt(area * shape), ...sizes.map((size) => size.width));
  const order = sizes
    .map((_, i) => i)
    .sort((a, b) => (sizes[b] as Size).height - (sizes[a] as Size).height || a - b);
  const places: Point[] = [];
  let [x, y, rowHeight] = [0, 0, 0];
  for (const i of order) {
    const size = sizes[i] as Size;
    if (x > 0 && x + size.width > width) [x, y, rowHeight] = [0, y + rowHeight + gap, 0];
    places[i] = { x, y };
    x += size.width + gap;
    rowHeight = Math.max(rowHeight, size.height);
  }
  return places;
}
