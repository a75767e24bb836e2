/** Finds where the panels of a figure lie, so that their rectangles are aligned in columns and rows. */
import { type PreparedPanel, titleRise } from './panel.ts';

/** The place of a column of panels. */
export interface Column {
  /** The left edge of the rectangles inside the axes. */
  readonly left: number;
  /** Room to the left of them, for the words of axes. */
  readonly room: number;
}

/** The place of a row of panels. */
export interface Row {
  /** The upper edge of the rectangles inside the axes, and the lower edge of the highest. */
  readonly top: number;
  readonly bottom: number;
  /** Room below them, for the words of axes. */
  readonly room: number;
  /** How far above them titles stand. */
  readonly rise: number;
}

export interface Layout {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Where all ends, words included. */
  readonly right: number;
  readonly end: number;
}

const between = { columns: 14, rows: 12 } as const;

/** Panels fill rows of `count` in reading order, from (x, y). There is at least one panel. */
export function layoutOf(panels: readonly PreparedPanel[], count: number, x: number, y: number): Layout {
  const columns: Column[] = [];
  let right = x;
  for (let c = 0; c < count; c++) {
    const members = panels.filter((_, i) => i % count === c);
    const room = greatest(members, (panel) => panel.left.across);
    columns.push({ left: right + room, room });
    const past = greatest(members, (panel) => panel.below.pastEnd);
    right += room + greatest(members, (panel) => panel.plane.width);
    right += c < count - 1 ? Math.max(past, between.columns) : past;
  }
  const rows: Row[] = [];
  let end = y;
  for (let from = 0; from < panels.length; from += count) {
    const members = panels.slice(from, from + count);
    const rise = greatest(members, titleRise);
    const top = end + (from > 0 ? between.rows : 0) + greatest(members, (panel) => panel.titleRoom) + rise;
    const bottom = top + greatest(members, (panel) => panel.plane.height);
    const room = greatest(members, (panel) => panel.below.across);
    rows.push({ top, bottom, room, rise });
    end = bottom + room;
  }
  return { columns, rows, right, end };
}

function greatest(panels: readonly PreparedPanel[], of: (panel: PreparedPanel) => number): number {
  return Math.max(0, ...panels.map(of));
}
