/** Describes a drawing by shapes alone: what every mark is turned into and every writer writes. */

/** A step of a path in absolute coordinates: move, line, cubic curve, close. */
export type Command =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z'];

/** Paint; what is left out is not painted. Lengths in points. */
export interface Paint {
  /** `#rrggbb`. */
  readonly fill?: string | undefined;
  readonly stroke?: string | undefined;
  readonly width?: number | undefined;
  /** Lengths of dashes and gaps in turn. */
  readonly dash?: readonly number[] | undefined;
  /** Of fill and stroke together, in (0, 1]; default 1. */
  readonly opacity?: number | undefined;
  readonly cap?: 'butt' | 'round' | undefined;
}

export interface Path extends Paint {
  readonly type: 'path';
  readonly commands: readonly Command[];
}

export interface Rectangle extends Paint {
  readonly type: 'rectangle';
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Circle extends Paint {
  readonly type: 'circle';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** A glyph at (x, y) of its text, y downwards, in thousandths of the text's size; `scale` is relative to it. */
export interface PlacedGlyph {
  readonly face: string;
  readonly character: string;
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A line of text as glyph outlines, its baseline beginning at (x, y). */
export interface Text {
  readonly type: 'text';
  readonly x: number;
  readonly y: number;
  /** Size of the em. */
  readonly size: number;
  /** Whether the text runs upwards. */
  readonly upright: boolean;
  readonly fill: string;
  /** The words, for readers that do not see. */
  readonly words: string;
  readonly glyphs: readonly PlacedGlyph[];
}

/** Shapes moved together. */
export interface Group {
  readonly type: 'group';
  readonly x: number;
  readonly y: number;
  /** What the group shows, for readers that do not see. */
  readonly label?: string | undefined;
  /** Whether edges are drawn without smoothing, so that neighbouring rectangles leave no seam. */
  readonly crisp?: boolean | undefined;
  readonly children: readonly Shape[];
}

export type Shape = Path | Rectangle | Circle | Text | Group;

/** A drawing of w × h points, origin at the upper left, y downwards. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly shapes: readonly Shape[];
}

/** An open or closed polygon through the points. */
export function polygon(points: readonly (readonly [number, number])[], paint: Paint, closed = false): Path {
  const commands: Command[] = points.map(([x, y], i) => [i === 0 ? 'M' : 'L', x, y]);
  if (closed) commands.push(['Z']);
  return { type: 'path', commands, ...paint };
}

/** A straight line. */
export function segment(x0: number, y0: number, x1: number, y1: number, paint: Paint): Path {
  return polygon(
    [
      [x0, y0],
      [x1, y1],
    ],
    paint,
  );
}

/** Shapes moved by (x, y). */
export function group(x: number, y: number, children: readonly Shape[], label?: string): Group {
  return { type: 'group', x, y, children, label };
}
