/** Follows a tangency arc from a critical point, and finds the events on it. */
import { ahead, begin, correct, product, type Setting, type Station } from './corrector.ts';
import { type ArcEvent, eventsBetween, type IndexOf } from './events.ts';
import type { Landscape } from './landscape.ts';
import { placeOf } from './tangency.ts';
import { work } from './work.ts';

/** When to end. */
export interface Limits {
  /** Critical points after which an arc is not followed farther. */
  readonly critical: number;
  readonly radius: number;
  readonly steps: number;
  /** Steps, as lengths of (u, μ/σ, r) with σ the eigenvalue that the arc begins at. */
  readonly first: number;
  readonly longest: number;
  /** The room (`Landscape.room`) under which an arc has run into a place without derivative. */
  readonly room: number;
}

/** Where an arc begins and how far it is followed. */
export interface ArcQuery {
  readonly landscape: Landscape;
  readonly centre: Float64Array;
  /** A unit eigenvector of the Hessian at the centre, with its eigenvalue. */
  readonly direction: Float64Array;
  readonly eigenvalue: number;
  /** The radius of the first point. */
  readonly from: number;
  readonly limits: Limits;
  /** The number of directions along the sphere that lower the function, if that is to be watched. */
  readonly index?: IndexOf;
}

/**
 * Why an arc was not followed farther: `critical`: it met as many critical points as asked. `edge`: it came to a
 * place where the function has no derivative. `returned`: to its own centre. `far`: to the largest radius.
 * `steps`: they are used up. `lost`: no shorter step leads on.
 */
export type Stop = 'critical' | 'edge' | 'returned' | 'far' | 'steps' | 'lost';

/** A point of a traced arc. */
export interface Passed extends Station {
  /** The length of the steps so far. */
  readonly along: number;
  readonly value: number;
  readonly index: number;
  readonly room: number;
}

/** A traced arc. */
export interface Arc {
  readonly passed: readonly Passed[];
  readonly events: readonly ArcEvent[];
  readonly stop: Stop;
  /** The largest difference of a value along the arc from the first one plus ∫ μ r dr, and the largest residual. */
  readonly drift: number;
  readonly residual: number;
}

/** Steps shorter than this are not tried. */
const shortest = 1e-7;
/** Tangents of neighbours may turn by an angle with this cosine. */
const straight = 0.95;
/** Where no step leads on and the room is under this, it is for want of room. */
const narrow = 0.03;

/** The arc, or undefined where Newton's method does not reach its first point. */
export function trace(query: ArcQuery): Arc | undefined {
  const { landscape, centre, eigenvalue, limits } = query;
  const units = { mu: Math.max(0.05, Math.abs(eigenvalue)), radius: 1 };
  const setting: Setting = { landscape, centre, units };
  const first = begin(setting, query.direction, eigenvalue, query.from);
  if (first === undefined) return undefined;
  let at = pass(query, first, 0);
  const passed = [at];
  const events: ArcEvent[] = [];
  let [step, integral, drift] = [limits.first, 0, 0];
  let stop: Stop | undefined;
  while (stop === undefined) {
    const next = advance(setting, at, step, limits.longest);
    if (next === undefined) {
      stop = at.room < narrow ? 'edge' : 'lost';
      break;
    }
    const reached = pass(query, next.station, at.along + next.length);
    if (reached.point.r > 0) events.push(...eventsBetween(setting, at, reached, query.index));
    integral += work(at, reached, next.length);
    drift = Math.max(drift, Math.abs(reached.value - (passed[0] as Passed).value - integral));
    passed.push(reached);
    [at, step] = [reached, next.wanted];
    stop = stopAt(at, limits, events, passed.length);
  }
  return { passed, events, stop, drift, residual: Math.max(...passed.map(({ residual }) => residual)) };
}

function pass({ landscape, centre, index }: ArcQuery, station: Station, along: number): Passed {
  const place = placeOf(centre, station.point);
  const room = landscape.room?.(place) ?? Infinity;
  return { ...station, along, value: landscape.value(place), index: index?.(place, station) ?? 0, room };
}

/** The next point, after as long a step as works, and the step to try then; undefined if none works. */
function advance(setting: Setting, at: Station, wished: number, longest: number) {
  for (let length = wished; length >= shortest; length /= 2) {
    const station = correct(setting, ahead(at, length), at.tangent);
    if (station === undefined || !isNext(setting, at, station, length)) continue;
    const easy = length === wished && station.iterations <= 4;
    return { station, length, wanted: easy ? Math.min(1.5 * length, longest) : length };
  }
  return undefined;
}

/** Whether the point is the continuation of the arc: the tangent hardly turned, and it is near where it was expected. */
function isNext({ units }: Setting, from: Station, to: Station, length: number): boolean {
  const turn = product(from.tangent, to.tangent, units);
  if (turn < straight) return false;
  const { u } = ahead(from, length);
  const gap = u.reduce((sum, value, i) => {
    const difference = value - (to.point.u[i] as number);
    return sum + difference * difference;
  }, 0);
  return 4 * gap < length * length;
}

function stopAt(
  { point, room }: Passed,
  limits: Limits,
  events: readonly ArcEvent[],
  steps: number,
): Stop | undefined {
  if (events.filter(({ kind }) => kind === 'critical').length >= limits.critical) return 'critical';
  if (point.r <= 0) return 'returned';
  if (room < limits.room) return 'edge';
  if (point.r > limits.radius) return 'far';
  return steps >= limits.steps ? 'steps' : undefined;
}
