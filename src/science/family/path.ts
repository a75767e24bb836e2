/** Follows a curve of critical points over one real parameter, in steps that cannot slip onto another curve unseen. */
import type { Solved } from './newton.ts';

/** Critical points over a parameter, in entries scaled so that they vary smoothly with it. */
export interface Curve {
  /** Newton's method at a parameter. */
  readonly solve: (parameter: number, start: readonly number[]) => Solved;
  /** What each entry is divided by at a parameter. */
  readonly scales: (parameter: number) => readonly number[];
}

/** A point of a curve. */
export interface CurvePoint {
  readonly parameter: number;
  readonly values: readonly number[];
}

/** How a curve was followed. */
export interface Path {
  /** `arrived` at the parameter asked for, or `ended` before it, where the steps became too short. */
  readonly status: 'arrived' | 'ended';
  /** In order; the first is the start. */
  readonly points: readonly CurvePoint[];
  /** The largest amount, over the steps, by which Newton's method corrected a predicted scaled entry. */
  readonly correction: number;
}

/** Bounds on a step of the parameter, and on what a step may correct. */
export interface Stride {
  readonly first: number;
  readonly longest: number;
  readonly shortest: number;
  readonly correction: number;
}

/** A curve as far as it was followed in one direction: who asks for a parameter further on goes on from there. */
export interface Trail {
  readonly curve: Curve;
  /** 1 where the parameter is to grow, −1 where it is to fall. */
  readonly sense: number;
  readonly stride: Stride;
  readonly points: CurvePoint[];
  /** How it stood before each try, of which some points are the fruit. */
  readonly standings: Standing[];
}

/** How many points there are, how long the next step is to be, and the largest correction so far. */
interface Standing {
  readonly count: number;
  readonly step: number;
  readonly correction: number;
}

/** A trail of one point. */
export function trailFrom(curve: Curve, start: CurvePoint, sense: number, stride: Stride): Trail {
  const standing = { count: 1, step: stride.first, correction: 0 };
  return { curve, sense, stride, points: [start], standings: [standing] };
}

/**
 * Follows `curve` from `start` to the parameter `end`. The next point is predicted by the polynomial through the
 * last three and corrected by Newton's method; a step whose correction is too large is tried again at half its
 * length.
 */
export function follow(curve: Curve, start: CurvePoint, end: number, stride: Stride): Path {
  return followTrail(trailFrom(curve, start, Math.sign(end - start.parameter), stride), end);
}

/** The same along a trail: up to the last steps, which alone depend on the end, nothing is done twice. */
export function followTrail(trail: Trail, end: number): Path {
  const { points, standings } = trail;
  for (let tries = 0; ; tries++) {
    const standing = standings[tries] as Standing;
    if (nextParameter(trail, points[standing.count - 1] as CurvePoint, standing, end) === end)
      return ended({ ...trail, points: points.slice(0, standing.count) }, standing, end);
    if (standing.step < trail.stride.shortest) return pathOf('ended', points, standing);
    if (tries + 1 === standings.length) standings.push(tried(trail, standing, end));
  }
}

/** The last steps. */
function ended(trail: Trail, from: Standing, end: number): Path {
  let standing = from;
  while (at(trail.points).parameter !== end) {
    if (standing.step < trail.stride.shortest) return pathOf('ended', trail.points, standing);
    standing = tried(trail, standing, end);
  }
  return pathOf('arrived', trail.points, standing);
}

function pathOf(
  status: Path['status'],
  points: readonly CurvePoint[],
  { count, correction }: Standing,
): Path {
  return { status, points: points.slice(0, count), correction };
}

/** Where the next step leads: to the end if that is about as near. */
function nextParameter({ sense }: Trail, { parameter }: CurvePoint, { step }: Standing, end: number): number {
  const far = parameter + sense * step;
  return (end - far) * sense <= step / 8 ? end : far;
}

/** How it stands after one more try, which adds a point to the trail if it succeeds. */
function tried(trail: Trail, standing: Standing, end: number): Standing {
  const { curve, points, stride } = trail;
  const { count, step, correction } = standing;
  const next = advance(curve, points, nextParameter(trail, at(points), standing, end));
  if (next.correction > stride.correction) return { ...standing, step: step / 2 };
  points.push(next.point);
  return {
    count: count + 1,
    step: next.correction < stride.correction / 8 ? Math.min(2 * step, stride.longest) : step,
    correction: Math.max(correction, next.correction),
  };
}

function at(points: readonly CurvePoint[]): CurvePoint {
  return points.at(-1) as CurvePoint;
}

function advance(curve: Curve, points: readonly CurvePoint[], parameter: number) {
  const scales = curve.scales(parameter);
  const predicted = predict(curve, points.slice(-3), parameter);
  const start = predicted.map((value, i) => value * (scales[i] as number));
  const solved = curve.solve(parameter, start);
  const moved = solved.values.map((value, i) =>
    Math.abs(value / (scales[i] as number) - (predicted[i] as number)),
  );
  return {
    point: { parameter, values: solved.values },
    correction: solved.status === 'converged' ? Math.max(...moved) : Infinity,
  };
}

/** The scaled entries at `parameter` by Lagrange's interpolation through `points`. */
function predict(curve: Curve, points: readonly CurvePoint[], parameter: number): number[] {
  const sum = at(points).values.map(() => 0);
  points.forEach((point, index) => {
    const scales = curve.scales(point.parameter);
    let weight = 1;
    points.forEach((other, place) => {
      if (place !== index) weight *= (parameter - other.parameter) / (point.parameter - other.parameter);
    });
    point.values.forEach((value, i) => {
      sum[i] = (sum[i] as number) + (weight * value) / (scales[i] as number);
    });
  });
  return sum;
}
