/** Cuts lines and areas to a rectangle, so that figures need no clipping by whoever shows them. */

export type Point = readonly [number, number];

/** The rectangle [0, width] × [0, height]. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

/** The pieces of a line inside the frame. Points that are not finite break the line. */
export function clipLine(points: readonly Point[], frame: Frame): Point[][] {
  const pieces: Point[][] = [];
  let piece: Point[] = [];
  const finish = () => {
    if (piece.length > 1) pieces.push(piece);
    piece = [];
  };
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1]!, points[i]!];
    const inside = clipSegment(from, to, frame);
    if (inside === undefined) {
      finish();
      continue;
    }
    const last = piece.at(-1);
    if (last === undefined || last[0] !== inside[0][0] || last[1] !== inside[0][1]) {
      finish();
      piece.push(inside[0]);
    }
    piece.push(inside[1]);
  }
  finish();
  return pieces;
}

/** The part of a segment inside the frame (Liang and Barsky), undefined where there is none. */
function clipSegment(from: Point, to: Point, { width, height }: Frame): readonly [Point, Point] | undefined {
  if (![...from, ...to].every(Number.isFinite)) return undefined;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  let [enter, leave] = [0, 1];
  for (const [step, room] of [
    [-dx, from[0]],
    [dx, width - from[0]],
    [-dy, from[1]],
    [dy, height - from[1]],
  ] as const) {
    if (step === 0 && room < 0) return undefined;
    if (step < 0) enter = Math.max(enter, room / step);
    if (step > 0) leave = Math.min(leave, room / step);
  }
  if (enter > leave) return undefined;
  const at = (share: number): Point => [from[0] + share * dx, from[1] + share * dy];
  return [enter === 0 ? from : at(enter), leave === 1 ? to : at(leave)];
}

/** The part of a polygon inside the frame (Sutherland and Hodgman); its points must be finite. */
export function clipPolygon(points: readonly Point[], { width, height }: Frame): Point[] {
  const left = cutPolygon(points, ([x]) => x);
  const right = cutPolygon(left, ([x]) => width - x);
  const top = cutPolygon(right, ([, y]) => y);
  return cutPolygon(top, ([, y]) => height - y);
}

/** The part where `room`, an affine function, is not negative. */
function cutPolygon(points: readonly Point[], room: (point: Point) => number): Point[] {
  return points.flatMap((to, i) => {
    const from = points.at(i - 1)!;
    const [before, after] = [room(from), room(to)];
    const share = before / (before - after);
    const crossing: Point = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    const crosses = before < 0 !== after < 0;
    return [...(crosses ? [crossing] : []), ...(after < 0 ? [] : [to])];
  });
}

/** The value, moved into [0, limit] where it lies outside; the ends for infinities. */
export function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, 0), limit);
}

/** Whether a point lies in the frame or within `margin` of it. */
export function isInside([x, y]: Point, { width, height }: Frame, margin = 0): boolean {
  return x >= -margin && x <= width + margin && y >= -margin && y <= height + margin;
}
