/** Follows the arcs of a critical point, and says what they meet. */
import { symmetricEigen } from '../math/linear.ts';
import type { Centre } from './centres.ts';
import { begin } from './corrector.ts';
import { cubicAlong, type Departure, type Port, portOf } from './departures.ts';
import type { ArcEvent } from './events.ts';
import { itinerary, type Leg } from './itinerary.ts';
import { type FamilyLosses, familyLosses, type Met, met } from './meetings.ts';
import type { ReducedLandscape } from './reduced.ts';
import { slide } from './slide.ts';
import { placeOf } from './tangency.ts';
import { type Arc, type Limits, type Stop, trace } from './trace.ts';

/** A point of an arc as tables and figures have it. */
export interface Sample {
  readonly r: number;
  readonly loss: number;
  readonly mu: number;
  /** The number of directions of all k·d along the sphere that lower the loss. */
  readonly index: number;
  /** The least norm of a neuron. */
  readonly room: number;
}

/** An event of an arc. */
export interface Happening {
  readonly kind: ArcEvent['kind'];
  readonly r: number;
  readonly loss: number;
  readonly mu: number;
  readonly before: number;
  readonly after: number;
}

/** A critical point on an arc. */
export interface Encounter extends Met {
  readonly r: number;
  /** Where descent from it leads to both sides, by falling loss, if it is a saddle of index 1; else empty. */
  readonly below: readonly Met[];
}

/** An arc from a critical point. */
export interface TracedArc {
  /** The name of the critical point, and its loss. */
  readonly from: string;
  readonly d: number;
  readonly loss: number;
  readonly irrep: string;
  readonly parts: string;
  /** The place of the eigenvalue among those of the irrep, from 1, and which of the two directions it is. */
  readonly branch: number;
  readonly sign: 1 | -1;
  readonly eigenvalue: number;
  /** |H v − λ v| at the start. */
  readonly startError: number;
  /** The cubic form at the start: L = L(C) + λr²/2 + cubic·r³ + O(r⁴) along the arc. */
  readonly cubic: number;
  readonly samples: readonly Sample[];
  readonly happenings: readonly Happening[];
  readonly encounters: readonly Encounter[];
  readonly stop: Stop;
  readonly drift: number;
  readonly residual: number;
}

/** How arcs are followed. */
export interface ArcSettings {
  /**
   * `minimal`: only arcs that begin in directions of the least eigenvalue with index 0 on the sphere, so along local
   * minima of the loss on small spheres. `all`: the whole itinerary.
   */
  readonly which: 'minimal' | 'all';
  /** Eigenvalues of each component, the least ones. */
  readonly branches: number;
  /** Critical points after which an arc ends. */
  readonly critical: number;
}

const start = 0.005;
/** How far beside a saddle descents begin. */
const beside = 0.01;
/** Eigenvalues nearer than this to the least one are that one. */
const sameLevel = 1e-9;

/**
 * The arcs of a critical point at an integer d; without those whose first point Newton's method does not reach. Signs are
 * such that +1 is the side of the lower loss.
 */
export function arcsFrom(centre: Centre, settings: ArcSettings): TracedArc[] {
  const { name: from, d } = centre;
  const known = familyLosses(d);
  const starts = itinerary(centre).flatMap((leg) => {
    const port = portOf(leg.refinement, centre.entries, d, leg.component);
    return port.departures
      .slice(0, settings.branches)
      .flatMap((departure, at) => signed(leg, port, departure).map((one) => ({ ...one, branch: at + 1 })));
  });
  const least = Math.min(...starts.map(({ departure }) => departure.eigenvalue));
  const wanted = starts.filter(
    (one) =>
      settings.which === 'all' || (one.departure.eigenvalue - least < sameLevel && startIndex(one) === 0),
  );
  return wanted.flatMap((one) => {
    const arc = follow(one, settings.critical);
    if (arc === undefined) return [];
    const { leg, departure, branch, sign, cubic } = one;
    const { eigenvalue, error: startError } = departure;
    const { irrep, parts } = leg;
    const loss = one.port.landscape.value(one.port.centre);
    const heading = { from, d, loss, irrep, parts, branch, sign, eigenvalue, startError, cubic };
    return [{ ...heading, ...report({ landscape: one.port.landscape, known }, arc) }];
  });
}

/** A way to begin: a departure with its direction turned as `sign` says. */
interface Start {
  readonly leg: Leg;
  readonly port: Port;
  readonly departure: Departure;
  readonly sign: 1 | -1;
  readonly cubic: number;
}

/** Both signs, or one where they give images of one arc; +1 where the cubic form is negative. */
function signed(leg: Leg, port: Port, departure: Departure): Start[] {
  const form = cubicAlong(port, departure.direction);
  const down = form > 0 && !leg.even ? -1 : 1;
  const signs = leg.even ? [1 as const] : [1 as const, -1 as const];
  return signs.map((sign) => {
    const direction = departure.direction.map((value) => sign * down * value);
    return { leg, port, departure: { ...departure, direction }, sign, cubic: sign * down * form };
  });
}

function startIndex({ port: { landscape, centre }, departure: { direction, eigenvalue } }: Start): number {
  const setting = { landscape, centre, units: { mu: 1, radius: 1 } };
  const first = begin(setting, direction, eigenvalue, start);
  return first === undefined ? -1 : landscape.index(placeOf(centre, first.point), first.point);
}

function limitsFor({ d }: ReducedLandscape, critical: number): Limits {
  return { critical, radius: 2 * Math.sqrt(d), steps: 200, first: 0.02, longest: 0.1, room: 0.002 };
}

function follow({ port: { landscape, centre }, departure }: Start, critical: number): Arc | undefined {
  return trace({
    landscape,
    centre,
    direction: departure.direction,
    eigenvalue: departure.eigenvalue,
    from: start,
    limits: limitsFor(landscape, critical),
    index: (place, { point }) => landscape.index(place, point),
  });
}

/** What descriptions of critical points need. */
interface Scene {
  readonly landscape: ReducedLandscape;
  readonly known: FamilyLosses;
}

function report(scene: Scene, arc: Arc) {
  const { drift, residual, stop } = arc;
  return {
    samples: arc.passed
      .filter(({ point }) => point.r > 0)
      .map(({ point, value, index, room }) => ({ r: point.r, loss: value, mu: point.mu, index, room })),
    happenings: arc.events.map(happening),
    encounters: arc.events.filter(({ kind }) => kind === 'critical').map((event) => encounter(scene, event)),
    stop,
    drift,
    residual,
  };
}

function happening({ kind, station: { point }, value, index }: ArcEvent): Happening {
  return { kind, r: point.r, loss: value, mu: point.mu, before: index[0], after: index[1] };
}

function encounter(scene: Scene, event: ArcEvent): Encounter {
  const here = describeIn(scene, event.place, { loss: event.value, gradient: event.gradient });
  const below = here.index === 1 ? endsBelow(scene, event.place) : [];
  return { ...here, r: event.station.point.r, below };
}

function describeIn(
  { landscape, known }: Scene,
  place: Float64Array,
  seen: { readonly loss: number; readonly gradient: number },
): Met {
  return met(landscape.structure, landscape.d, known, landscape.entries(place), seen);
}

/** The ends of descent from both sides of a saddle, where its descending direction lies in this space. */
function endsBelow(scene: Scene, saddle: Float64Array): Met[] {
  const { landscape } = scene;
  const { values, vectors } = symmetricEigen(landscape.hessian(saddle));
  if (!((values[0] as number) < -1e-9)) return [];
  const n = values.length;
  const ends = [-beside, beside].flatMap((step) => {
    const end = slide(
      landscape,
      saddle.map((value, i) => value + step * (vectors.data[i * n] as number)),
    );
    if (end.status !== 'minimum') return [];
    return [describeIn(scene, end.place, { loss: end.value, gradient: end.gradient })];
  });
  return ends.sort((a, b) => b.loss - a.loss);
}
