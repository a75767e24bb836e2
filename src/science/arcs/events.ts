/** Finds what happens between two neighbouring points of an arc: critical points, folds, changes of index. */
import { luFactor, luSolve } from '../math/linear.ts';
import { attempt, type Landscape } from './landscape.ts';
import { ahead, correct, type Setting, type Station } from './corrector.ts';
import { placeOf } from './tangency.ts';

/**
 * `critical`: ∇L = 0, an extremum of L along the arc (μ = 0). `crossing`: μ changes its sign and no critical point is
 * found there. `fold`: the radius has an extremum along the arc, and so has L. `index`: the number of directions along
 * the sphere that lower L changes.
 */
export interface ArcEvent {
  readonly kind: 'critical' | 'crossing' | 'fold' | 'index';
  readonly station: Station;
  /** W there; for `critical` as Newton's method on ∇L = 0 leaves it. */
  readonly place: Float64Array;
  readonly value: number;
  /** |∇L| at `place`. */
  readonly gradient: number;
  /** The index on the sphere before and after. */
  readonly index: readonly [before: number, after: number];
}

/** A point of an arc with its index on the sphere. */
export interface Indexed extends Station {
  readonly index: number;
  readonly along: number;
}

export type IndexOf = (place: Float64Array, station: Station) => number;

/** How often an interval is cut to find a zero; a change of index is found by halving alone. */
const mostCuts = 40;
const halvings = 3;
/** A critical point is one if Newton's method leaves no more of ∇L. */
const critical = 1e-9;

/** The events between two neighbouring points, in the order `critical`, `fold`, `index`. */
export function eventsBetween(setting: Setting, from: Indexed, to: Indexed, indexOf?: IndexOf): ArcEvent[] {
  const length = to.along - from.along;
  const n = setting.landscape.size;
  const index = [from.index, to.index] as const;
  const events: ArcEvent[] = [];
  const zero = (measure: (station: Station) => number) => zeroBetween(setting, from, to, length, measure);
  const level = zero(({ point }) => point.mu);
  if (level !== undefined) events.push(criticalEvent(setting, level, index));
  const fold = zero(({ tangent }) => tangent[n + 1] as number);
  if (fold !== undefined) events.push(eventAt(setting, 'fold', fold, index));
  if (indexOf !== undefined && from.index !== to.index) {
    const change = changeBetween(setting, from, length, indexOf);
    events.push(eventAt(setting, 'index', change, index));
  }
  return events;
}

/** The point where `measure` is 0, by false position (the Illinois variant); undefined if it keeps its sign. */
function zeroBetween(
  setting: Setting,
  from: Station,
  to: Station,
  length: number,
  measure: (station: Station) => number,
): Station | undefined {
  let [low, high] = [0, length];
  let [below, above] = [measure(from), measure(to)];
  if (below === 0 || below * above > 0) return undefined;
  const scale = Math.max(Math.abs(below), Math.abs(above));
  let found = to;
  let side = 0;
  for (let cut = 0; cut < mostCuts; cut++) {
    const at = (low * above - high * below) / (above - below);
    const next = correct(setting, ahead(from, at), from.tangent);
    if (next === undefined) break;
    found = next;
    const value = measure(next);
    if (Math.abs(value) <= 1e-13 * scale || high - low <= 1e-14 * length) break;
    if (value * below > 0) {
      [low, below] = [at, value];
      if (side === -1) above /= 2;
      side = -1;
    } else {
      [high, above] = [at, value];
      if (side === 1) below /= 2;
      side = 1;
    }
  }
  return found;
}

/** The point where the index stops being that of `from`, to an eighth of the step. */
function changeBetween(setting: Setting, from: Indexed, length: number, indexOf: IndexOf): Station {
  let [low, high] = [0, length];
  let found: Station = from;
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2;
    const next = correct(setting, ahead(from, middle), from.tangent);
    if (next === undefined) break;
    if (indexOf(placeOf(setting.centre, next.point), next) === from.index) low = middle;
    else high = middle;
    found = next;
  }
  return found;
}

function eventAt(
  { landscape, centre }: Setting,
  kind: ArcEvent['kind'],
  station: Station,
  index: ArcEvent['index'],
): ArcEvent {
  const place = placeOf(centre, station.point);
  const gradient = sizeOf(landscape.gradient(place));
  return { kind, station, place, value: landscape.value(place), gradient, index };
}

function criticalEvent(setting: Setting, station: Station, index: ArcEvent['index']): ArcEvent {
  const { landscape } = setting;
  const event = eventAt(setting, 'critical', station, index);
  const place = polished(landscape, event.place);
  const gradient = sizeOf(landscape.gradient(place));
  if (gradient > critical) return { ...event, kind: 'crossing' };
  return { ...event, place, value: landscape.value(place), gradient };
}

/** Newton's method on ∇L = 0 from a point that is one but for rounding; the place itself where that does not help. */
function polished(landscape: Landscape, start: Float64Array): Float64Array {
  let place = start;
  let size = sizeOf(landscape.gradient(place));
  for (let step = 0; step < 3; step++) {
    const next = attempt(() => newtonStep(landscape, place));
    if (next === undefined) return place;
    const nextSize = sizeOf(landscape.gradient(next));
    if (!(nextSize < size)) return place;
    [place, size] = [next, nextSize];
  }
  return place;
}

function newtonStep(landscape: Landscape, place: Float64Array): Float64Array | undefined {
  const lu = luFactor(mirrored(landscape.hessian(place)));
  if (lu.status === 'singular') return undefined;
  const change = luSolve(lu, landscape.gradient(place));
  return place.map((value, i) => value - (change[i] as number));
}

/** The full matrix of one of which the lower triangle counts. */
function mirrored(a: ReturnType<Landscape['hessian']>): ReturnType<Landscape['hessian']> {
  const { columns: n } = a;
  const data = a.data.slice();
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) data[j * n + i] = data[i * n + j] as number;
  return { ...a, data };
}

function sizeOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
