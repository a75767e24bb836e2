/** Draws how many eigenvalues of the Hessian lie where, at the global minimum and at families. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import type { PanelSpec } from '../src/science/figure/panel.ts';
import type { Spectrum } from '../src/science/family/spectrum.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { spectra } from './family-kinds.ts';
import { familyLabel } from './family-names.ts';

export const params = () =>
  z.object({
    families: z.array(z.string()).default(['global', 'II', 'A']),
    sizes: z.array(z.int()).default([20, 100]),
    high: z.number().positive().default(0.6).describe('Up to which eigenvalue'),
    bins: z.int().positive().default(60),
  });
export const deps = () => ({ spectra: gather(spectra) });
export const outs = drawingOuts;

export const run: Run<typeof params, typeof deps, typeof outs> = ({ spectra: gathered }, settings) => {
  const all = gathered.flatMap(({ value }) => value);
  const edges = Array.from({ length: settings.bins + 1 }, (_, i) => (settings.high * i) / settings.bins);
  const panels = settings.families.flatMap((family) =>
    settings.sizes
      .flatMap((d) => all.filter((one) => one.family === family && one.d === d))
      .map((one) => panel(one, edges)),
  );
  return drawn({
    title: 'Spectral densities',
    description: 'Share of the eigenvalues of the Hessian in each bin; those that grow with d lie outside.',
    panels,
    columns: settings.sizes.length,
    sharedX: true,
    sharedY: true,
    lettered: true,
  });
};

function panel({ family, d, k, lines }: Spectrum, edges: readonly number[]): PanelSpec {
  const heights = edges.slice(1).map((high, i) => share(lines, edges[i] as number, high, k * d));
  return {
    title: `${familyLabel(family)}, $d=${d}$`,
    width: 190,
    height: 100,
    x: { title: 'eigenvalue $\\lambda$' },
    y: { kind: 'sqrt', title: 'share', domain: [0, 0.6] },
    marks: [{ type: 'steps', edges, heights }],
  };
}

function share(lines: Spectrum['lines'], low: number, high: number, all: number): number {
  const inside = lines.filter(({ eigenvalue }) => eigenvalue >= low && eigenvalue < high);
  return inside.reduce((sum, { multiplicity }) => sum + multiplicity, 0) / all;
}
