/** Where the cells of steps lie in the box of their stage; the server sizes boxes by it, the page draws by it. */

/** Side of a cell with the gap beside it, in units of the drawing. */
export const cellSize = 16;
export const cellGap = 3;
/** Height of a box above its cells. */
export const headHeight = 34;
export const padding = 10;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
}

/** The upper left corner of the cell of a stage's step number `index`. */
export function cellAt(box: Box, index: number): { readonly x: number; readonly y: number } {
  return {
    x: box.x + padding + (index % box.columns) * cellSize,
    y: box.y + headHeight + Math.floor(index / box.columns) * cellSize,
  };
}

/** The number of the cell at a point; undefined where there is none, or over `count`. */
export function cellUnder(box: Box, count: number, x: number, y: number): number | undefined {
  const column = Math.floor((x - box.x - padding) / cellSize);
  const row = Math.floor((y - box.y - headHeight) / cellSize);
  if (column < 0 || column >= box.columns || row < 0) return undefined;
  const index = row * box.columns + column;
  return index < count ? index : undefined;
}
