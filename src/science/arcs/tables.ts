/** Lays out traced arcs as rows of published tables. */
import type { Encounter, TracedArc } from './arcs-from.ts';

export type Row = readonly (string | number | boolean | null)[];

export const arcColumns = [
  'from',
  'd',
  'irrep',
  'parts',
  'branch',
  'sign',
  'eigenvalue',
  'cubic',
  'event',
  'r',
  'loss',
  'mu',
  'index_before',
  'index_after',
  'met',
  'isotropy',
  'aligned',
  'index',
  'nullity',
  'least',
  'gradient_norm',
];

/** The first point of an arc, its events, and its last point with the reason why it ends. */
export function arcRows(arc: TracedArc): Row[] {
  const { from, d, irrep, parts, branch, sign, eigenvalue, cubic, samples, happenings } = arc;
  const head = [from, d, irrep, parts, branch, sign, eigenvalue, cubic];
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return [];
  const nothing = Array<null>(7).fill(null);
  const plain = (event: string, { r, loss, mu, index }: typeof first): Row => {
    return [...head, event, r, loss, mu, index, index, ...nothing];
  };
  let seen = 0;
  const events = happenings.map(({ kind, r, loss, mu, before, after }): Row => {
    const met = kind === 'critical' ? arc.encounters[seen++] : undefined;
    return [...head, kind, r, loss, mu, before, after, ...(met === undefined ? nothing : metCells(met))];
  });
  return [plain('start', first), ...events, plain(`end: ${arc.stop}`, last)];
}

function metCells({ family, isotropy, aligned, index, nullity, least, gradientNorm }: Encounter): Row {
  return [family, isotropy, aligned, index, nullity, least, gradientNorm];
}

export const neighbourColumns = [
  'from',
  'd',
  'loss',
  'irrep',
  'parts',
  'eigenvalue',
  'cubic',
  'saddle_isotropy',
  'saddle_distance',
  'saddle_loss',
  'barrier',
  'saddle_index',
  'saddle_nullity',
  'saddle_least',
  'next',
  'next_isotropy',
  'next_aligned',
  'next_distance',
  'next_loss',
  'next_index',
  'next_nullity',
  'falls_to',
  'falls_to_isotropy',
  'falls_back_to',
];

/** A row with the first two critical points on an arc; none for one that meets fewer. */
export function neighbourRow(arc: TracedArc): Row[] {
  const [saddle, next] = arc.encounters;
  if (saddle === undefined || next === undefined) return [];
  const { from, d, loss, irrep, parts, eigenvalue, cubic } = arc;
  const [upper, lower] = saddle.below;
  const row = [
    from,
    d,
    loss,
    irrep,
    parts,
    eigenvalue,
    cubic,
    saddle.isotropy,
    saddle.r,
    saddle.loss,
    saddle.loss - loss,
    saddle.index,
    saddle.nullity,
    saddle.least,
    next.family,
    next.isotropy,
    next.aligned,
    next.r,
    next.loss,
    next.index,
    next.nullity,
    lower?.family ?? null,
    lower?.isotropy ?? null,
    upper?.family ?? null,
  ];
  return [row];
}

export const startColumns = [
  'from',
  'arcs',
  'first_d',
  'last_d',
  'irreps',
  'parts',
  'largest_cubic',
  'least_cubic',
  'simple_saddles',
  'returning',
  'to_minima',
  'one_more_aligned',
  'to_global',
  'largest_drift',
];

/**
 * What the arcs of least loss of one family have in common: over all d the irreps they start in, the divisions of the
 * block (the largest part left out), bounds of |cubic|, and how many meet first a saddle of index 1 and no nullity,
 * one from which descent leads back to the start, then a minimum, one with one aligned neuron more, the global one.
 */
export function startRow(arcs: readonly TracedArc[]): Row {
  const count = (holds: (arc: TracedArc) => boolean) => arcs.filter(holds).length;
  const sizes = arcs.map(({ d }) => d);
  const cubics = arcs.map(({ cubic }) => Math.abs(cubic));
  const irreps = [...new Set(arcs.map(({ irrep }) => irrep))];
  const parts = [...new Set(arcs.map((arc) => arc.parts.split('+').slice(0, -1).join('+')))];
  return [
    (arcs[0] as TracedArc).from,
    arcs.length,
    Math.min(...sizes),
    Math.max(...sizes),
    irreps.join('|'),
    parts.join('|'),
    Math.max(...cubics),
    Math.min(...cubics),
    count(({ encounters: [saddle] }) => saddle?.index === 1 && saddle.nullity === 0),
    count(({ loss, encounters: [saddle] }) =>
      (saddle?.below ?? []).some((end) => Math.abs(end.loss - loss) < sameLoss),
    ),
    count(({ encounters: [, next] }) => next?.index === 0 && next.nullity === 0),
    count((arc) => arc.encounters[1]?.aligned === alignedAtStart(arc) + 1),
    count(({ encounters: [, next] }) => next?.family === 'global'),
    Math.max(...arcs.map(({ drift }) => drift)),
  ];
}

const sameLoss = 1e-9;

/** Of d neurons those near their targets at the minima of a family. */
function alignedAtStart({ from, d }: TracedArc): number {
  if (from === 'A') return 0;
  if (from === 'I') return 1;
  return d - (from === 'II' ? 1 : Number(from));
}

export const ladderSummaryColumns = ['d', 'rungs', 'minima', 'links', 'lowest_linked', 'falling'];

/** What one d has of rungs: how many there are, are minima, and are linked to the next by a saddle of index 1. */
export function ladderSummary(d: number, rungs: readonly Rung[]): Row {
  const minima = rungs.filter(({ index }) => index === 0);
  const links = minima.filter((rung) => rung.link !== undefined);
  const losses = rungs.map(({ loss }) => loss);
  const falling = losses.every((loss, i) => i === 0 || loss < (losses[i - 1] as number));
  const unbroken = rungs.findIndex((rung) => rung.link === undefined);
  return [d, rungs.length, minima.length, links.length, unbroken < 0 ? rungs.length : unbroken, falling];
}

/** A rung of the ladder from type A: the critical point with `aligned` neurons near their targets. */
export interface Rung {
  readonly d: number;
  readonly aligned: number;
  readonly isotropy: string;
  readonly loss: number;
  readonly index: number | null;
  readonly least: number;
  readonly leastIrrep: string;
  /** The saddle of index 1 on its arc towards the next rung, if descent from it leads to this rung and the next. */
  readonly link: { readonly loss: number; readonly distance: number; readonly irrep: string } | undefined;
}

export const ladderColumns = [
  'd',
  'aligned',
  'isotropy',
  'loss',
  'index',
  'least',
  'least_irrep',
  'saddle_loss',
  'barrier',
  'saddle_distance',
  'saddle_irrep',
];

/** One rung with its link upwards. */
export function ladderRow({ d, aligned, isotropy, loss, index, least, leastIrrep, link }: Rung): Row {
  const saddle =
    link === undefined ? [null, null, null, null] : [link.loss, link.loss - loss, link.distance, link.irrep];
  return [d, aligned, isotropy, loss, index, least, leastIrrep, ...saddle];
}
