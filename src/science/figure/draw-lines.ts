/** Draws marks made of lines and of the areas between them. */
import { type Point, clamp, clipLine, clipPolygon } from './clip.ts';
import { type BandMark, type ErrorBarsMark, type LineMark, type RegionMark, type RuleMark } from './mark.ts';
import { type Plane } from './plane.ts';
import { type Shape, polygon, segment } from './scene.ts';
import { theme } from './theme.ts';

/** The pieces of the line that lie in the panel. */
export function drawLine(mark: LineMark, plane: Plane, colour: string): Shape[] {
  const points = mark.points.map(([x, y]): Point => [plane.x(x), plane.y(y)]);
  const paint = {
    stroke: colour,
    width: mark.width ?? theme.lineWidth,
    dash: mark.dash,
    opacity: mark.opacity,
  };
  return clipLine(points, plane).map((piece) => polygon(piece, paint));
}

/** The area, without outline; an x that has no place on the scale is left out. */
export function drawBand(mark: BandMark, plane: Plane, colour: string): Shape[] {
  const { opacity = 0.22 } = mark;
  const band = mark.band.filter(([x]) => Number.isFinite(plane.x(x)));
  const edge = (y: number) => clamp(plane.y(y), plane.height);
  const points = [
    ...band.map(([x, low]): Point => [plane.x(x), edge(low)]),
    ...band.toReversed().map(([x, , high]): Point => [plane.x(x), edge(high)]),
  ];
  const inside = clipPolygon(points, plane);
  return inside.length < 3 ? [] : [polygon(inside, { fill: colour, opacity }, true)];
}

/** Bars with caps at the ends that lie in the panel. */
export function drawErrorBars(mark: ErrorBarsMark, plane: Plane, colour: string): Shape[] {
  const { bars, cap = 4, opacity } = mark;
  const paint = { stroke: colour, width: 0.9, opacity };
  return bars.flatMap(([at, low, high]) => {
    const x = plane.x(at);
    if (!(x >= 0 && x <= plane.width)) return [];
    const ends = [plane.y(low), plane.y(high)] as const;
    const [from, to] = [clamp(ends[0], plane.height), clamp(ends[1], plane.height)];
    const caps = ends.filter((y) => y >= 0 && y <= plane.height && cap > 0);
    return [
      ...(from === to ? [] : [segment(x, from, x, to, paint)]),
      ...caps.map((y) => segment(x - cap / 2, y, x + cap / 2, y, paint)),
    ];
  });
}

/** The line across the panel, where it lies in it. */
export function drawRule(mark: RuleMark, plane: Plane, colour: string): Shape[] {
  const paint = { stroke: colour, width: mark.width ?? 0.8, dash: mark.dash, opacity: mark.opacity };
  const { width, height } = plane;
  const lines: Point[][] = [];
  if (mark.x !== undefined)
    lines.push([
      [plane.x(mark.x), 0],
      [plane.x(mark.x), height],
    ]);
  if (mark.y !== undefined)
    lines.push([
      [0, plane.y(mark.y)],
      [width, plane.y(mark.y)],
    ]);
  return lines.flatMap((line) => clipLine(line, plane)).map((piece) => polygon(piece, paint));
}

/** The shaded rectangle. */
export function drawRegion(mark: RegionMark, plane: Plane, colour: string): Shape[] {
  const across = mark.x === undefined ? [0, plane.width] : mark.x.map((x) => clamp(plane.x(x), plane.width));
  const along = mark.y === undefined ? [0, plane.height] : mark.y.map((y) => clamp(plane.y(y), plane.height));
  const [x, y] = [Math.min(...across), Math.min(...along)];
  const [w, h] = [Math.max(...across) - x, Math.max(...along) - y];
  return w === 0 || h === 0
    ? []
    : [{ type: 'rectangle', x, y, w, h, fill: colour, opacity: mark.opacity ?? 0.12 }];
}
