/** Draws bifurcation diagrams: equilibria by λ and one coordinate, coloured by their instability. */
import { doubleField } from '../math/precision/field.ts';
import { atan2 } from '../math/elementary.ts';
import type { FigureSpec } from '../figure/figure.ts';
import type { Mark } from '../figure/mark.ts';
import { paletteColour } from '../figure/theme.ts';
import { axis } from './branches.ts';
import { jet, pointAt } from './curves.ts';
import type { CurveReport, Window } from './forced.ts';
import { eigenvalues } from './vector-field.ts';

type Panel = FigureSpec['panels'][number];
type Point = readonly [lambda: number, height: number];

const samples = 160;

/** Fixed weights that tell the coordinates apart, of sum 0 and norm 1. */
function height(x: ArrayLike<number>): number {
  const n = x.length;
  const weights = Array.from({ length: n }, (_, i) => (i + 1) * (i + 1) - ((n + 1) * (2 * n + 1)) / 6);
  const norm = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
  return weights.reduce((sum, weight, i) => sum + (weight / norm) * x[i]!, 0);
}

function line(points: readonly Point[], positive: number): Mark {
  const label = `${positive} positive`;
  return { type: 'line', label, points, colour: paletteColour(positive), width: positive === 0 ? 2.2 : 1.1 };
}

function panel(title: string, window: Window, marks: readonly Mark[]): Panel {
  const x = { title: '$\\lambda$', domain: [-window.lambda, window.lambda] as const };
  return { title, width: 170, height: 150, x, y: { title: '$u\\cdot x$' }, marks: byInstability(marks) };
}

/** Legends list marks in the order of their first use. */
function byInstability(marks: readonly Mark[]): Mark[] {
  const label = (mark: Mark) => ('label' in mark ? (mark.label ?? '') : '');
  return marks.toSorted((a, b) => (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : 0));
}

/** All equilibria of the symmetric field in the window, for β = 0 or n even. */
export function symmetricPanel(n: number, beta: number, window: Window): Panel {
  const { lambda } = window;
  const zero = ([from, to]: Point, positive: number) => line([[from, 0], [to, 0]], positive); // prettier-ignore
  const marks = [zero([-lambda, 0], 0), zero([0, lambda], n - 1)];
  for (let mask = 1; mask < 1 << n; mask++) {
    const members = Array.from({ length: n }, (_, i) => (mask >>> i) & 1);
    const p = members.reduce((sum, bit) => sum + bit, 0);
    if (2 * p > n || p === 0 || (beta === 0 && 2 * p === n)) continue;
    const direction = members.map((bit) => (bit === 1 ? 1 / p : -1 / (n - p)));
    marks.push(...[-1, 1].map((side) => axisLine(n, p, beta, direction, side, window)));
  }
  return panel(`$n=${n}$, symmetric`, window, marks);
}

/** Half an axis, as far as the window goes. */
function axisLine(
  n: number,
  p: number,
  beta: number,
  direction: readonly number[],
  side: number,
  window: Window,
): Mark {
  const { e, q } = axis(n, p);
  const reach = Math.min(window.radius / Math.sqrt(e), 2 * p === n ? Infinity : (2 * window.lambda) / q);
  const ts = Array.from({ length: samples + 1 }, (_, i) => (side * reach * i) / samples);
  const level = (t: number) => beta * e * t * t - q * t;
  const inside = ts.filter((t) => Math.abs(level(t)) <= window.lambda);
  const middle = inside[inside.length >> 1]!;
  const values = eigenvalues(
    { n, lambda: level(middle), beta },
    direction.map((part) => part * middle),
  );
  const positive = values.filter((value) => value > 0).length;
  return line(
    inside.map((t) => [level(t), t * height(direction)]),
    positive,
  );
}

/** All equilibria of a broken symmetry in the window; folds as points. */
export function forcedPanel(reports: readonly CurveReport[], window: Window): Panel {
  const { n } = reports[0]!.curve;
  const lines = reports.flatMap((report) => curveLines(report, window));
  const folds: Mark = {
    type: 'points',
    label: 'fold',
    colour: '#1a1a1a',
    size: 4,
    points: reports.flatMap((report) => report.folds.map(({ lambda, x }) => [lambda, height(x)] as const)),
  };
  return panel(`$n=${n}$, forced`, window, [...lines, folds]);
}

/** The curve cut at its folds, where alone the count of positive eigenvalues changes. */
function curveLines({ curve, folds, reach }: CurveReport, window: Window): Mark[] {
  const F = doubleField(atan2);
  const cuts = [-reach, ...folds.map(({ s }) => s), reach];
  return cuts.slice(1).flatMap((to, at) => {
    const from = cuts[at]!;
    const ss = Array.from({ length: 4 * samples + 1 }, (_, i) => from + ((to - from) * i) / (4 * samples));
    const inside = ss
      .map((s) => ({ lambda: jet(F, curve, s).lambda, x: pointAt(F, curve, s) }))
      .filter(({ lambda, x }) => Math.abs(lambda) <= window.lambda && norm(x) <= window.radius);
    if (inside.length === 0) return [];
    const { lambda, x } = inside[inside.length >> 1]!;
    const values = eigenvalues({ n: curve.n, lambda, beta: curve.beta }, x);
    const points = inside.map((place): Point => [place.lambda, height(place.x)]);
    return [line(points, values.filter((value) => value > 0).length)];
  });
}

function norm(x: readonly number[]): number {
  return Math.sqrt(x.reduce((sum, entry) => sum + entry * entry, 0));
}

/** Diagrams without and with c, one above the other. */
export function diagrams(
  pairs: readonly { readonly reports: readonly CurveReport[]; readonly window: Window }[],
): FigureSpec {
  const models = pairs.map(({ reports, window }) => ({ ...reports[0]!.curve, window }));
  return {
    title: 'Bifurcation on the standard representation',
    description:
      'Equilibria against λ, without (above) and with (below) forced symmetry breaking, coloured by the number of ' +
      'positive eigenvalues of the linearisation; folds are marked.',
    panels: [
      ...models.map(({ n, beta, window }) => symmetricPanel(n, beta, window)),
      ...pairs.map(({ reports, window }) => forcedPanel(reports, window)),
    ],
    columns: pairs.length,
    legend: 'below',
    lettered: true,
  };
}
