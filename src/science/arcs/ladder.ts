/** Climbs from type A towards the global minimum, one aligned neuron at a time, over saddles of index 1. */
import { arcsFrom } from './arcs-from.ts';
import { type Centre, rung } from './centres.ts';
import { familyLosses, met } from './meetings.ts';
import type { Rung } from './tables.ts';

/** Losses this near are one. */
const sameLoss = 1e-9;

/**
 * The rungs at d: the critical points in which j neurons stand near their targets and the others form a block of
 * type A, for j = 0, 1, … as far as there are such. A rung is linked to the next by a saddle of index 1 that its arc of
 * least loss meets first, and from which descent leads to both.
 */
export function ladder(d: number): Rung[] {
  const centres: Centre[] = [];
  for (let aligned = 0; d - aligned >= 3; aligned++) {
    const centre = rung(aligned, d);
    if (centre === undefined) break;
    centres.push(centre);
  }
  const known = familyLosses(d);
  const points = centres.map(({ minorities, entries }) =>
    met({ minorities, extras: [] }, d, known, entries, { loss: 0, gradient: 0 }),
  );
  return centres.map((centre, aligned): Rung => {
    const { isotropy, loss, index, least, leastIrrep } = points[aligned] as (typeof points)[number];
    const next = points[aligned + 1];
    const link = next === undefined ? undefined : linkBetween(centre, loss, next.loss);
    return { d, aligned, isotropy, loss, index, least: least ?? NaN, leastIrrep, link };
  });
}

function linkBetween(centre: Centre, from: number, to: number): Rung['link'] {
  const near = (a: number | undefined, b: number) => a !== undefined && Math.abs(a - b) <= sameLoss;
  for (const arc of arcsFrom(centre, { which: 'minimal', branches: 1, critical: 1 }))
    for (const { r, loss, below } of arc.encounters)
      if (near(below[0]?.loss, from) && near(below[1]?.loss, to))
        return { loss, distance: r, irrep: arc.irrep };
  return undefined;
}
