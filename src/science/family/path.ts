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

/**
 * Follows `curve` from `start` to the parameter `end`. The next point is predicted by the polynomial through the
 * last three and corrected by Newton's method; a step whose correction is too large is tried again at half its
 * length.
 */
export function follow(curve: Curve, start: CurvePoint, end: number, stride: Stride): Path {
  const points = [start];
  const sense = Math.sign(end - start.parameter);
  let step = stride.first;
  let worst = 0;
  while (at(points).parameter !== end) {
    const far = at(points).parameter + sense * step;
    const parameter = (end - far) * sense <= step / 8 ? end : far;
    const next = advance(curve, points, parameter);
    if (next.correction > stride.correction) {
      step /= 2;
      if (step < stride.shortest) return { status: 'ended', points, correction: worst };
      continue;
    }
    points.push(next.point);
    worst = Math.max(worst, next.correction);
    if (next.correction < stride.correction / 8) step = Math.min(2 * step, stride.longest);
  }
  return { status: 'arrived', points, correction: worst };
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
