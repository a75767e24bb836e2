/** Draws the signs that stand for single points. */
import { type Paint, type Shape, polygon, segment } from './scene.ts';

/** Signs, in the order in which to use them; the last three are strokes and cannot be filled. */
export type MarkerName =
  | 'circle'
  | 'square'
  | 'triangle'
  | 'diamond'
  | 'triangle-down'
  | 'pentagon'
  | 'plus'
  | 'cross'
  | 'dash';

/** A sign of about the area of a circle of this diameter, centred at (x, y). */
export interface Marker {
  readonly name: MarkerName;
  readonly size: number;
  readonly colour: string;
  /** Only an outline, filled white so that lines do not show through. */
  readonly hollow?: boolean | undefined;
  readonly opacity?: number | undefined;
}

/** The shapes of a marker. */
export function markerAt(x: number, y: number, marker: Marker): Shape[] {
  const { name, size, colour, hollow = false, opacity } = marker;
  const paint: Paint = hollow
    ? { fill: '#ffffff', stroke: colour, width: 1, opacity }
    : { fill: colour, stroke: '#ffffff', width: 0.4, opacity };
  const stroke: Paint = { stroke: colour, width: 1.3, opacity, cap: 'round' };
  const r = size / 2;
  const corners = (...points: (readonly [number, number])[]) => [
    polygon(
      points.map(([dx, dy]) => [x + r * dx, y + r * dy] as const),
      paint,
      true,
    ),
  ];
  switch (name) {
    case 'circle':
      return [{ type: 'circle', x, y, radius: r, ...paint }];
    case 'square':
      return [{ type: 'rectangle', x: x - 0.89 * r, y: y - 0.89 * r, w: 1.78 * r, h: 1.78 * r, ...paint }];
    case 'triangle':
      return corners([0, -1.2], [1.08, 0.75], [-1.08, 0.75]);
    case 'triangle-down':
      return corners([0, 1.2], [-1.08, -0.75], [1.08, -0.75]);
    case 'diamond':
      return corners([0, -1.3], [1.1, 0], [0, 1.3], [-1.1, 0]);
    case 'pentagon':
      return corners([0, -1.1], [1.05, -0.34], [0.65, 0.89], [-0.65, 0.89], [-1.05, -0.34]);
    case 'plus':
      return [segment(x - r, y, x + r, y, stroke), segment(x, y - r, x, y + r, stroke)];
    case 'cross':
      return [
        segment(x - 0.8 * r, y - 0.8 * r, x + 0.8 * r, y + 0.8 * r, stroke),
        segment(x - 0.8 * r, y + 0.8 * r, x + 0.8 * r, y - 0.8 * r, stroke),
      ];
    case 'dash':
      return [segment(x - r, y, x + r, y, stroke)];
  }
}

/** The filled signs, for telling kinds of points apart in print without colour. */
export function markerName(index: number): MarkerName {
  const names = ['circle', 'square', 'triangle', 'diamond', 'triangle-down', 'pentagon'] as const;
  return names[index % names.length]!;
}
