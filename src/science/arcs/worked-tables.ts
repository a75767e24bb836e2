/** Traces all arcs of the worked example, and holds them against the algebra. */
import type { FigureSpec } from '../figure/figure.ts';
import type { Mark } from '../figure/mark.ts';
import { palette } from '../figure/theme.ts';
import type { Row } from './tables.ts';
import { indexOnSphere, placeOf } from './tangency.ts';
import { type Arc, trace } from './trace.ts';
import {
  minimumOfWorked,
  type WorkedArc,
  workedArcs,
  workedCentre,
  workedExample,
  type WorkedKind,
} from './worked.ts';

/** A traced arc of h with how far it is from the exact one. */
export interface WorkedTrace {
  readonly exact: WorkedArc;
  readonly arc: Arc;
  /** The points of the arc. */
  readonly places: readonly Float64Array[];
  /** The largest value of the polynomial that vanishes on the exact arc. */
  readonly error: number;
}

const limits = { critical: 99, radius: 3.8, steps: 600, first: 0.01, longest: 0.04, room: 0 };

/** All arcs, as far as radius 3.8. */
export function tracedWorkedArcs(): WorkedTrace[] {
  const h = workedExample();
  return workedArcs().flatMap((exact) => {
    const centre = workedCentre(exact.centre);
    const { direction } = exact;
    const curvature = h.hessian(centre);
    const [u, v] = [direction[0] as number, direction[1] as number];
    const [xx, , xy, yy] = Array.from(curvature.data) as [number, number, number, number];
    const eigenvalue = u * u * xx + 2 * u * v * xy + v * v * yy;
    const index = (place: Float64Array, station: { readonly point: Arc['passed'][number]['point'] }) =>
      indexOnSphere(h.hessian(place), station.point);
    const arc = trace({ landscape: h, centre, direction, eigenvalue, from: 0.01, limits, index });
    if (arc === undefined) return [];
    const places = arc.passed.filter(({ point }) => point.r > 0).map(({ point }) => placeOf(centre, point));
    const misses = places.map((p) => Math.abs(exact.polynomial(p[0] as number, p[1] as number)));
    return [{ exact, arc, places, error: Math.max(...misses) }];
  });
}

/** The nine critical points of h. */
export function workedCriticalPoints(): {
  readonly kind: WorkedKind;
  readonly x: number;
  readonly y: number;
}[] {
  const a = minimumOfWorked();
  const signs = [1, -1];
  return [
    { kind: 'maximum' as const, x: 0, y: 0 },
    ...signs.flatMap((sign) => [
      { kind: 'saddle' as const, x: sign, y: 0 },
      { kind: 'saddle' as const, x: 0, y: sign },
    ]),
    ...signs.flatMap((x) => signs.map((y) => ({ kind: 'minimum' as const, x: x * a, y: y * a }))),
  ];
}

export const workedColumns = [
  'centre',
  'curve',
  'eigenvalue',
  'polynomial_error',
  'event',
  'r',
  'x',
  'y',
  'h',
  'met',
  'error',
];

/** The critical points and folds on an arc, with their distance from the exact critical point, and its end. */
export function workedRows({ exact, arc, places, error }: WorkedTrace): Row[] {
  const head = [exact.centre, exact.curve, arc.passed[0]?.point.mu ?? null, error];
  const rows = arc.events
    .filter(({ kind }) => kind === 'critical' || kind === 'fold')
    .map(({ kind, station, place, value }): Row => {
      const [x, y] = [place[0] as number, place[1] as number];
      const met = kind === 'critical' ? nearest(x, y) : undefined;
      return [...head, kind, station.point.r, x, y, value, met?.kind ?? null, met?.distance ?? null];
    });
  const last = places.at(-1);
  const [r, value] = [arc.passed.at(-1)?.point.r ?? null, arc.passed.at(-1)?.value ?? null];
  return [
    ...rows,
    [
      ...head,
      `end: ${arc.stop}`,
      arc.stop === 'returned' ? 0 : r,
      last?.[0] ?? null,
      last?.[1] ?? null,
      value,
      null,
      null,
    ],
  ];
}

function nearest(x: number, y: number) {
  const near = workedCriticalPoints().map((point) => {
    const [dx, dy] = [point.x - x, point.y - y];
    return { kind: point.kind, distance: Math.sqrt(dx * dx + dy * dy) };
  });
  return near.reduce((best, one) => (one.distance < best.distance ? one : best));
}

export const workedSummaryColumns = ['arcs', 'met', 'folds', 'returning', 'polynomial_error', 'point_error'];

/** Totals over all arcs. */
export function workedSummary(traces: readonly WorkedTrace[]): Row {
  const rows = traces.flatMap(workedRows);
  const errors = rows.flatMap((row) => (typeof row[10] === 'number' ? [row[10]] : []));
  const folds = traces.flatMap(({ arc }) => arc.events.filter(({ kind }) => kind === 'fold'));
  const returning = traces.filter(({ arc }) => arc.stop === 'returned');
  const worst = Math.max(...traces.map(({ error }) => error));
  return [traces.length, errors.length, folds.length, returning.length, worst, Math.max(...errors)];
}

/** The arcs in the plane, a panel for each kind of centre. */
export function workedFigure(traces: readonly WorkedTrace[]): FigureSpec {
  const kinds: readonly WorkedKind[] = ['maximum', 'saddle', 'minimum'];
  return {
    title: 'Tangency arcs of the worked example',
    description:
      'All tangency arcs of x^4 + x^2 y^2 + y^4 - 2x^2 - 2y^2 from its maximum, a saddle and a minimum, with the nine ' +
      'critical points.',
    panels: kinds.map((kind) => ({
      title: `from a ${kind}`,
      width: 160,
      height: 160,
      x: { title: '$x$', domain: [-1.7, 1.7] },
      y: { title: '$y$', domain: [-1.7, 1.7] },
      marks: [
        ...traces
          .filter(({ exact }) => exact.centre === kind)
          .map(({ exact, places }): Mark => {
            const centre = workedCentre(exact.centre);
            const points = [centre, ...places].map((p) => [p[0] as number, p[1] as number] as const);
            return { type: 'line', points, colour: palette.blue, width: 1.3 };
          }),
        ...critical(kind),
      ],
    })),
    lettered: true,
    legend: 'below',
  };
}

function critical(from: WorkedKind): Mark[] {
  const style = {
    maximum: { marker: 'triangle', colour: palette.vermilion },
    saddle: { marker: 'square', colour: palette.orange },
    minimum: { marker: 'circle', colour: palette.green },
  } as const;
  const kinds = ['maximum', 'saddle', 'minimum'] as const;
  const centre = workedCentre(from);
  return [
    ...kinds.map((kind): Mark => {
      const points = workedCriticalPoints()
        .filter((point) => point.kind === kind)
        .map(({ x, y }) => [x, y] as const);
      return { type: 'points', label: kind, points, size: 5.5, ...style[kind] };
    }),
    {
      type: 'points',
      label: 'centre',
      points: [[centre[0] as number, centre[1] as number]],
      colour: palette.ink,
      size: 9,
      marker: 'plus',
    },
  ];
}
