/** Locates the fold at which a branch turns back in d, by following it in one of its entries instead of d. */
import { luFactor, luSolve } from '../math/linear.ts';
import { fromRows } from '../math/matrix.ts';
import { plain } from './arithmetic.ts';
import { blockOf } from './blocks.ts';
import { type Branch, problemAt } from './branch.ts';
import { twoPi } from './critical-point.ts';
import { scalesAt } from './descent.ts';
import { gradientAt } from './gradient.ts';
import type { CurvePoint } from './path.ts';
import { multiplicities, stateAt } from './problem.ts';
import { rootBetween } from './root.ts';
import { eigenvaluesOf } from './symmetric.ts';
import { valueAt } from './value.ts';

/** A fold: there an eigenvalue of t is zero, and the branch has no points at smaller d nearby. */
export interface Fold {
  readonly d: number;
  readonly loss: number;
  /** The entries there, and the place of the one that the branch was followed in. */
  readonly entries: readonly number[];
  readonly pivot: number;
  /** The sign of that eigenvalue on the side the branch was followed on. */
  readonly signAbove: 1 | -1;
  /** The width in d of the interval in which the sign changes. */
  readonly width: number;
  readonly evaluations: number;
}

/** A point (t, scaled entries) of the branch. */
interface Point {
  readonly t: number;
  readonly entries: readonly number[];
}

/** A point with the eigenvalue of t that is to vanish. */
interface Probe extends Point {
  readonly level: number;
}

const mostSteps = 60;

/**
 * The fold beyond the last two points of a path that could not be followed further in t = d^{-1/2}; undefined if
 * no eigenvalue of t changes its sign there. The entry that changes fastest takes the place of t: the equations
 * are regular in it where they are not in t.
 */
export function foldBeyond(branch: Branch, points: readonly CurvePoint[]): Fold | undefined {
  const [before, last] = points.map((point) => pointOf(branch, point));
  if (before === undefined || last === undefined) return undefined;
  const moves = last.entries.map((value, i) => value - (before.entries[i] as number));
  const pivot = moves.reduce(
    (best, move, i) => (Math.abs(move) > Math.abs(moves[best] as number) ? i : best),
    0,
  );
  const place = vanishing(eigenvaluesAt(branch, last));
  const probe = (point: Point): Probe => ({ ...point, level: eigenvaluesAt(branch, point)[place] as number });
  let near = probe(last);
  let step = moves[pivot] as number;
  const track = (value: number, start: Point) => solvePivot(branch, pivot, value, start);
  for (let count = 0; count < mostSteps; count++) {
    const next = track((near.entries[pivot] as number) + step, near);
    if (next === undefined) step /= 4;
    else {
      const far = probe(next);
      if (far.level > 0 !== near.level > 0) return foldBetween(branch, pivot, place, near, far);
      near = far;
      step *= 2;
    }
  }
  return undefined;
}

function foldBetween(branch: Branch, pivot: number, place: number, near: Probe, far: Probe): Fold {
  const point = (value: number) => solvePivot(branch, pivot, value, near) ?? far;
  const level = (value: number) => eigenvaluesAt(branch, point(value))[place] as number;
  const [from, to] = [near, far].map(({ entries }) => entries[pivot] as number) as [number, number];
  const root = rootBetween(level, from, to, 1e-14);
  const at = point(root.at);
  const beside = point(root.at + root.width);
  const d = 1 / (at.t * at.t);
  return {
    d,
    loss: valueAt(stateOf(branch, at)) / twoPi(),
    entries: scalesAt(branch, d).map((scale, i) => scale * (at.entries[i] as number)),
    pivot,
    signAbove: near.level > 0 ? 1 : -1,
    width: Math.abs(d - 1 / (beside.t * beside.t)),
    evaluations: root.evaluations,
  };
}

function pointOf(branch: Branch, { parameter, values }: CurvePoint): Point {
  const scales = scalesAt(branch, 1 / (parameter * parameter));
  return { t: parameter, entries: values.map((value, i) => value / (scales[i] as number)) };
}

function stateOf(branch: Branch, { t, entries }: Point) {
  const d = 1 / (t * t);
  const scales = scalesAt(branch, d);
  return stateAt(
    problemAt(plain(), branch, d),
    entries.map((value, i) => value * (scales[i] as number)),
  );
}

function eigenvaluesAt(branch: Branch, point: Point): number[] {
  return eigenvaluesOf(plain(), blockOf(stateOf(branch, point), { kind: 't' }), 1e-16);
}

/** The place of the eigenvalue nearest to zero. */
function vanishing(eigenvalues: readonly number[]): number {
  return eigenvalues.reduce(
    (best, value, i) => (Math.abs(value) < Math.abs(eigenvalues[best] as number) ? i : best),
    0,
  );
}

/** The point with the pivot entry set to `value`: Newton's method in t and the other entries; undefined if it fails. */
function solvePivot(branch: Branch, pivot: number, value: number, start: Point): Point | undefined {
  let point: Point = { t: start.t, entries: start.entries.with(pivot, value) };
  for (let iteration = 0; iteration < 30; iteration++) {
    const step = point.t > 0 ? pivotStep(branch, pivot, point) : undefined;
    if (step === undefined) return undefined;
    const size = Math.max(...step.map(Math.abs));
    if (!(size < 0.3)) return undefined;
    point = {
      t: point.t - (step[pivot] as number),
      entries: point.entries.map((entry, i) => (i === pivot ? entry : entry - (step[i] as number))),
    };
    if (size < 1e-13) return point;
  }
  return undefined;
}

/** The Newton step: in place `pivot` that of t, elsewhere those of the entries. */
function pivotStep(branch: Branch, pivot: number, point: Point): Float64Array | undefined {
  const state = stateOf(branch, point);
  const scales = scalesAt(branch, 1 / (point.t * point.t));
  const lengths = multiplicities(state.problem).map(Math.sqrt);
  const slope = slopeInT(branch, point);
  const matrix = blockOf(state, { kind: 't' }).map((row, i) =>
    row.map((entry, j) =>
      j === pivot ? (slope[i] as number) : entry * (lengths[j] as number) * (scales[j] as number),
    ),
  );
  if (!matrix.every((row) => row.every(Number.isFinite))) return undefined;
  const lu = luFactor(fromRows(matrix));
  return lu.status === 'regular' ? luSolve(lu, residual(branch, point)) : undefined;
}

/** The gradient in orthonormal coordinates. */
function residual(branch: Branch, point: Point): Float64Array {
  const state = stateOf(branch, point);
  const lengths = multiplicities(state.problem).map(Math.sqrt);
  return Float64Array.from(gradientAt(state), (value, i) => value * (lengths[i] as number));
}

/** Its derivative in t at fixed scaled entries, by a central difference: Newton's method needs no more. */
function slopeInT(branch: Branch, { t, entries }: Point): number[] {
  const h = 1e-5 * t;
  const [more, less] = [t + h, t - h].map((at) => residual(branch, { t: at, entries })) as [
    Float64Array,
    Float64Array,
  ];
  return Array.from(more, (value, i) => (value - (less[i] as number)) / (2 * h));
}
