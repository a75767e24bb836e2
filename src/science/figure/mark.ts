/** Says what can be drawn in a panel: marks with their data, in the units of the axes. */
import { type ColourMap } from './colour-map.ts';
import { type Point } from './clip.ts';
import { type MarkerName } from './markers.ts';

/** What all marks have. Marks of one label share one line of the legend; without a label they have none. */
export interface MarkStyle {
  /** Markup. */
  readonly label?: string | undefined;
  /** `#rrggbb`; default: the palette colour of the label, ink without one. */
  readonly colour?: string | undefined;
  /** In (0, 1]; default depends on the mark. */
  readonly opacity?: number | undefined;
}

/** A line through the points in order; a point that is not finite, or has no place on the scale, breaks it. */
export interface LineMark extends MarkStyle {
  readonly type: 'line';
  readonly points: readonly Point[];
  readonly width?: number | undefined;
  readonly dash?: readonly number[] | undefined;
}

/** A sign at each point; `size` is its diameter in points, one for all or one for each. */
export interface PointsMark extends MarkStyle {
  readonly type: 'points';
  readonly points: readonly Point[];
  readonly marker?: MarkerName | undefined;
  readonly size?: number | readonly number[] | undefined;
  readonly hollow?: boolean | undefined;
}

/** A vertical bar from low to high at each x. An end with no place on the scale is drawn to the frame. */
export interface ErrorBarsMark extends MarkStyle {
  readonly type: 'error-bars';
  readonly bars: readonly (readonly [x: number, low: number, high: number])[];
  /** Width of the caps in points; default 4. */
  readonly cap?: number | undefined;
}

/** The area between low and high. */
export interface BandMark extends MarkStyle {
  readonly type: 'band';
  readonly band: readonly (readonly [x: number, low: number, high: number])[];
}

/** Rectangles between two values of x and of y each. */
export interface BarsMark extends MarkStyle {
  readonly type: 'bars';
  readonly bars: readonly (readonly [x0: number, x1: number, y0: number, y1: number])[];
}

/** A histogram: heights[i] between edges[i] and edges[i + 1], as an outline over a filled area. */
export interface StepsMark extends MarkStyle {
  readonly type: 'steps';
  readonly edges: readonly number[];
  readonly heights: readonly number[];
  /** Where the columns stand; default 0, on logarithmic axes the lower end. */
  readonly base?: number | undefined;
  readonly filled?: boolean | undefined;
}

/** A matrix as coloured cells: cell (i, j) lies around (j + 1, i + 1), so that axes count from 1. */
export interface HeatMapMark extends MarkStyle {
  readonly type: 'heat-map';
  readonly matrix: { readonly rows: number; readonly columns: number; readonly data: ArrayLike<number> };
  readonly colours: ColourMap;
  /** The values at both ends of the colours. */
  readonly domain: readonly [number, number];
}

/** A straight line across the panel at one x or one y. */
export interface RuleMark extends MarkStyle {
  readonly type: 'rule';
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width?: number | undefined;
  readonly dash?: readonly number[] | undefined;
}

/** A shaded part of the panel; an interval that is left out is the whole axis. */
export interface RegionMark extends MarkStyle {
  readonly type: 'region';
  readonly x?: Point | undefined;
  readonly y?: Point | undefined;
}

/** Words at a point, moved by (dx, dy) points to the right and downwards. */
export interface NoteMark {
  readonly type: 'note';
  readonly at: Point;
  readonly text: string;
  readonly colour?: string | undefined;
  readonly anchor?: 'start' | 'middle' | 'end' | undefined;
  readonly dx?: number | undefined;
  readonly dy?: number | undefined;
  readonly size?: number | undefined;
}

export type Mark =
  | LineMark
  | PointsMark
  | ErrorBarsMark
  | BandMark
  | BarsMark
  | StepsMark
  | HeatMapMark
  | RuleMark
  | RegionMark
  | NoteMark;

/** The values of x and of y that a mark brings to the default domains of the axes. */
export function extentOf(mark: Mark): { readonly x: readonly number[]; readonly y: readonly number[] } {
  switch (mark.type) {
    case 'line':
    case 'points':
      return { x: mark.points.map(([x]) => x), y: mark.points.map(([, y]) => y) };
    case 'error-bars':
      return { x: mark.bars.map(([x]) => x), y: mark.bars.flatMap(([, low, high]) => [low, high]) };
    case 'band':
      return { x: mark.band.map(([x]) => x), y: mark.band.flatMap(([, low, high]) => [low, high]) };
    case 'bars':
      return {
        x: mark.bars.flatMap(([x0, x1]) => [x0, x1]),
        y: mark.bars.flatMap(([, , y0, y1]) => [y0, y1]),
      };
    case 'steps':
      return { x: mark.edges, y: [mark.base ?? 0, ...mark.heights] };
    case 'heat-map':
      return { x: [0.5, mark.matrix.columns + 0.5], y: [0.5, mark.matrix.rows + 0.5] };
    case 'rule':
      return { x: mark.x === undefined ? [] : [mark.x], y: mark.y === undefined ? [] : [mark.y] };
    case 'region':
    case 'note':
      return { x: [], y: [] };
  }
}

/** The line of the legend that a mark belongs to. */
export function labelOf(mark: Mark): string | undefined {
  return mark.type === 'note' ? undefined : mark.label;
}
