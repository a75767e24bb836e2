/** Draws the spectra of the Hessian at the minima found, family by family, against k. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import type { PanelSpec } from '../src/science/figure/panel.ts';
import type { Point } from '../src/science/minima/describe.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { foundList } from './kinds.ts';

export const params = () => z.object({ families: z.array(z.string()).default(['global', 'II', '2', '3']) });
export const deps = () => ({ found: gather(foundList) });
export const outs = drawingOuts;

/** The letters of irreps, whatever their block, with how they are written. */
const letters = { t: '$t$', s: '$s$', x: '$x$', y: '$y$', 's*s': '$s\\otimes s$' } as const;

export const run: Run<typeof params, typeof deps, typeof outs> = ({ found }, { families }) => {
  const points = found.flatMap(({ value }) => value).map(({ point }) => point);
  const shown = families.filter((family) => points.some((point) => point.family === family));
  return drawn({
    title: 'Spectra of the Hessian',
    description: 'Eigenvalues at the minima of each family against k, by irreducible representation.',
    panels: shown.map((family) =>
      panel(
        family,
        points.filter((point) => point.family === family),
      ),
    ),
    columns: 2,
    sharedX: true,
    sharedY: true,
    legend: 'below',
    lettered: true,
  });
};

function panel(family: string, points: readonly Point[]): PanelSpec {
  return {
    title: titleOf(family),
    width: 190,
    height: 150,
    x: { title: 'neurons $k$', whole: true },
    y: { kind: 'sqrt', title: 'eigenvalue $\\lambda$', zero: true },
    marks: Object.entries(letters).map(([letter, label]) => ({
      type: 'points',
      label,
      size: 4,
      points: points.flatMap(({ k, lines }) =>
        lines
          .filter(({ irrep }) => irrep.replaceAll(/\d/g, '') === letter)
          .map(({ eigenvalue }) => [k, eigenvalue] as const),
      ),
    })),
  };
}

function titleOf(family: string): string {
  if (family === 'global') return 'global minimum';
  return Number.isInteger(Number(family)) ? `$(m)$, $m=${family}$` : `type ${family}`;
}
