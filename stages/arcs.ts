/** Follows tangency arcs from the critical points of one family. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { arcsFrom } from '../src/science/arcs/arcs-from.ts';
import { familyCentre } from '../src/science/arcs/centres.ts';
import { tracedArcs } from './arc-kinds.ts';

export const params = () =>
  z.object({
    family: z.enum(['A', 'I', 'II', '2', '3', '4', '5', '6']),
    sizes: z.array(z.int().min(6)).describe('d at which the arcs of least loss are followed'),
    all: z.array(z.int().min(6)).default([]).describe('d at which all arcs of the itinerary are followed'),
    branches: z.int().positive().default(1).describe('Eigenvalues of each component, the least ones'),
    critical: z.int().positive().default(2).describe('Critical points after which an arc ends'),
  });
export const deps = () => ({});
export const outs = () => ({ minimal: tracedArcs, all: tracedArcs });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, settings, { evidence }) => {
  const { family, branches, critical } = settings;
  const follow = (which: 'minimal' | 'all') => (d: number) =>
    arcsFrom(familyCentre(family, d), { which, branches, critical });
  const minimal = settings.sizes.flatMap(follow('minimal'));
  const all = settings.all.flatMap(follow('all'));
  const arcs = [...minimal, ...all];
  evidence('arcs', arcs.length);
  evidence('largest drift of the loss', Math.max(0, ...arcs.map(({ drift }) => drift)));
  evidence('largest residual', Math.max(0, ...arcs.map(({ residual }) => residual)));
  evidence('lost', arcs.filter(({ stop }) => stop === 'lost').length);
  return { minimal, all };
};
