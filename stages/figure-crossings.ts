/** Draws least eigenvalues against real d, irrep by irrep, with the dimensions at which they cross zero. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import type { Point } from '../src/science/figure/clip.ts';
import type { Mark } from '../src/science/figure/mark.ts';
import type { PanelSpec } from '../src/science/figure/panel.ts';
import { palette } from '../src/science/figure/theme.ts';
import type { Spectrum } from '../src/science/family/spectrum.ts';
import type { Threshold } from '../src/science/family/threshold.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { crossings, spectra } from './family-kinds.ts';
import { familyLabel, inOrder, irrepLabel } from './family-names.ts';

export const params = () => z.object({ domain: z.tuple([z.number(), z.number()]).default([-0.12, 0.16]) });
export const deps = () => ({ spectra: gather(spectra), thresholds: gather(crossings) });
export const outs = drawingOuts;

export const run: Run<typeof params, typeof deps, typeof outs> = (deps, { domain }) => {
  const thresholds = deps.thresholds.flatMap(({ value }) => value);
  const panels = inOrder(deps.spectra).map(({ value }) => panel(value, thresholds, domain));
  return drawn({
    title: 'Eigenvalues across their thresholds',
    description: 'The least eigenvalue of each irreducible representation against real d; zeros are marked.',
    panels,
    columns: 2,
    lettered: true,
    legend: 'below',
  });
};

function panel(found: readonly Spectrum[], thresholds: readonly Threshold[], domain: Point): PanelSpec {
  const family = found[0]?.family ?? '';
  const seen = found.flatMap(({ lines }) => lines.filter(({ eigenvalue }) => eigenvalue < domain[1]));
  const irreps = [...new Set(seen.map(({ irrep }) => irrep))];
  const lines = irreps.map((irrep): Mark => ({
    type: 'line',
    label: irrepLabel(irrep),
    points: found.map((one) => [one.d, least(one, irrep)] as const),
  }));
  const zeros = thresholds.filter((one) => one.family === family && one.d > (found[0]?.d ?? 0));
  const last = zeros[0]?.d ?? 0;
  return {
    title: familyLabel(family),
    width: 200,
    height: 150,
    x: { title: 'real dimension $d$' },
    y: { title: 'least eigenvalue', domain },
    marks: [
      { type: 'rule', y: 0, colour: palette.ink },
      ...lines,
      { type: 'points', points: zeros.map(({ d }) => [d, 0]), colour: palette.ink, size: 4 },
      { type: 'note', at: [last, 0], text: `$d_*=${last.toFixed(3)}$`, dx: 4, dy: 12 },
    ],
  };
}

function least({ lines }: Spectrum, irrep: string): number {
  return Math.min(...lines.filter((line) => line.irrep === irrep).map(({ eigenvalue }) => eigenvalue));
}
