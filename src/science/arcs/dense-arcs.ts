/** Finds the arcs of least loss without any assumption on their symmetry, on all weights of a network. */
import type { RandomStream } from '../../base/random.ts';
import { criticalPoint } from '../family/critical-point.ts';
import { denseMatrix } from '../family/dense.ts';
import type { SpuriousName } from '../family/families.ts';
import { isotropy } from '../group/isotropy.ts';
import { spectrumOf } from '../network/spectrum.ts';
import { symmetricEigenvalues } from '../math/linear.ts';
import { begin } from './corrector.ts';
import { denseLandscape, weightsAt } from './dense.ts';
import { leastEigenspace, project, spread } from './eigenspace.ts';
import { descendOnSphere, type Extreme } from './extremes.ts';
import { cubicForm, type Form, quarticForm, valueOf } from './forms.ts';
import type { Landscape } from './landscape.ts';
import { indexOnSphere, placeOf } from './tangency.ts';
import { type Stop, trace } from './trace.ts';

/** The directions of one level of a form, with the arc that leaves in one of them. */
export interface DenseArc {
  readonly family: SpuriousName;
  readonly d: number;
  readonly eigenvalue: number;
  /** Of its eigenspace. */
  readonly dimension: number;
  /** The degree of the first form that does not vanish on it, and the largest value of the cubic one that was met. */
  readonly degree: 3 | 4;
  readonly cubic: number;
  /** Whether the directions are minima or maxima of the form, its value there, and how many starts led to it. */
  readonly extremum: 'minimum' | 'maximum';
  readonly value: number;
  readonly hits: number;
  readonly rest: number;
  /** Along the arc: the isotropies of its points in order, the index on the sphere at the start. */
  readonly isotropies: readonly string[];
  readonly startIndex: number;
  readonly stop: Stop | 'not begun';
  readonly drift: number;
  /** The first critical point. */
  readonly distance: number | null;
  readonly loss: number | null;
  readonly index: number | null;
  readonly nullity: number | null;
}

/** Under this a cubic form is held to be 0: differences leave some 1e-12. */
const vanishing = 1e-6;
/** Values of a form that differ by less than this part are one level. */
const sameLevel = 1e-5;
/** Radii at which an arc is begun, the first at which Newton's method reaches it. */
const radii = [0.05, 0.1, 0.2];

/** The levels of local minima, then of local maxima, that `starts` random directions each lead to. */
export function denseArcs(family: SpuriousName, d: number, starts: number, stream: RandomStream): DenseArc[] {
  const landscape = denseLandscape(d);
  const centre = denseMatrix(criticalPoint({ family, d })).data;
  const space = leastEigenspace(landscape, centre);
  const dimension = space.basis.length;
  const cubic = cubicForm(landscape, centre, space);
  const largest = largestValue(cubic, dimension, stream.split(0));
  const form = largest > vanishing ? cubic : quarticForm(landscape, centre, space);
  const common = { family, d, eigenvalue: space.eigenvalue, dimension, degree: form.degree, cubic: largest };
  // For a cubic form −v is a maximum where v is a minimum.
  const kinds = form.degree === 3 ? (['minimum'] as const) : (['minimum', 'maximum'] as const);
  return kinds.flatMap((extremum, kind) => {
    const sign = extremum === 'minimum' ? 1 : -1;
    const ends = Array.from({ length: starts }, (_, at) =>
      descendOnSphere(form, dimension, stream.split(1 + 2 * at + kind), sign),
    );
    return levels(ends).map(({ end, hits }) => {
      const { value, rest } = end;
      const head = { ...common, extremum, value, hits, rest };
      return { ...head, ...follow(landscape, d, centre, spread(space.basis, end.v), space.eigenvalue) };
    });
  });
}

/** Over some random directions. */
function largestValue(form: Form, dimension: number, stream: RandomStream): number {
  const values = Array.from({ length: 4 }, (_, at) => {
    const v = project(
      Array.from({ length: dimension }, (_value, i) =>
        Float64Array.from({ length: dimension }, (_entry, j) => (i === j ? 1 : 0)),
      ),
      Float64Array.from({ length: dimension }, (_value, i) => stream.split(at).split(i).uniform() - 0.5),
    );
    const length = Math.sqrt(v.reduce((sum, entry) => sum + entry * entry, 0));
    return Math.abs(
      valueOf(
        form,
        v.map((entry) => entry / length),
      ),
    );
  });
  return Math.max(...values);
}

/** The distinct values, each with the end that has it best. */
function levels(ends: readonly Extreme[]): { readonly end: Extreme; readonly hits: number }[] {
  const found: Extreme[][] = [];
  for (const end of ends.toSorted((a, b) => a.value - b.value)) {
    const group = found.find(
      (members) => Math.abs(members[0]!.value - end.value) < sameLevel * Math.abs(end.value),
    );
    if (group === undefined) found.push([end]);
    else group.push(end);
  }
  return found.map((members) => ({
    end: members.reduce((best, one) => (one.rest < best.rest ? one : best)),
    hits: members.length,
  }));
}

function follow(
  landscape: Landscape,
  d: number,
  centre: Float64Array,
  direction: Float64Array,
  eigenvalue: number,
): Pick<
  DenseArc,
  'isotropies' | 'startIndex' | 'stop' | 'drift' | 'distance' | 'loss' | 'index' | 'nullity'
> {
  const setting = { landscape, centre, units: { mu: 1, radius: 1 } };
  const from = radii.find((r) => begin(setting, direction, eigenvalue, r) !== undefined);
  const nothing = { distance: null, loss: null, index: null, nullity: null };
  const none = { isotropies: [], startIndex: -1, stop: 'not begun' as const, drift: 0, ...nothing };
  if (from === undefined) return none;
  const limits = { critical: 1, radius: 4, steps: 60, first: 0.05, longest: 0.1, room: 0.01 };
  const arc = trace({ landscape, centre, direction, eigenvalue, from, limits });
  if (arc === undefined) return none;
  const places = arc.passed.map(({ point }) => placeOf(centre, point));
  const names = places.filter((_, i) => i % 5 === 4).map((place) => nameOf(d, place));
  const first = arc.passed[0]!;
  const found = arc.events.find(({ kind }) => kind === 'critical');
  const inertia = found && spectrumOf(symmetricEigenvalues(landscape.hessian(found.place)));
  return {
    isotropies: names.filter((name, i) => i === 0 || name !== names[i - 1]),
    startIndex: indexOnSphere(landscape.hessian(places[0]!), first.point),
    stop: arc.stop,
    drift: arc.drift,
    ...(found === undefined || inertia === undefined
      ? nothing
      : {
          distance: found.station.point.r,
          loss: found.value,
          index: inertia.index,
          nullity: inertia.nullity,
        }),
  };
}

function nameOf(d: number, place: Float64Array): string {
  const found = isotropy(weightsAt(d, place), { spread: 1e-7, confirmation: 1e-7, doubtful: 'compare' });
  return found.status === 'decided' ? found.name : 'undecided';
}

export const denseColumns = [
  'from',
  'd',
  'eigenvalue',
  'dimension',
  'degree',
  'cubic',
  'extremum',
  'value',
  'hits',
  'rest',
  'isotropy',
  'start_index',
  'stop',
  'distance',
  'loss',
  'index',
  'nullity',
  'drift',
];

/** One arc as a row of a table. */
export function denseRow(arc: DenseArc): (string | number | null)[] {
  const { family, d, eigenvalue, dimension, degree, cubic, extremum, value, hits, rest } = arc;
  const { isotropies, startIndex, stop, distance, loss, index, nullity, drift } = arc;
  const head = [family, d, eigenvalue, dimension, degree, cubic, extremum, value, hits, rest];
  return [...head, isotropies.join(' | '), startIndex, stop, distance, loss, index, nullity, drift];
}
