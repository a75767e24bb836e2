/** Puts all critical points, from wherever they are known, into the published tables. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import { lineRows, mergePoints, pointRow } from '../src/science/minima/merge.ts';
import { foundList, resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () => z.object({});
export const deps = () => ({ found: gather(foundList) });
export const outs = () => ({ points: resultTable, spectrum: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ found }, _, { evidence }) => {
  const pieces = found.flatMap(({ value }) => value.map(({ point }) => point));
  const { points, disagreement } = mergePoints(pieces);
  evidence('points', points.length);
  evidence('told more than once', pieces.length - points.length);
  evidence('largest disagreement', disagreement);
  return {
    points: tableOf(
      [
        ...(['family', 'isotropy', 'k', 'd', 'loss', 'gradient_norm', 'min_eigenvalue'] as const),
        ...(['min_eigenvalue_irrep', 'index', 'nullity', 'certified'] as const),
      ],
      points.map(pointRow),
    ),
    spectrum: tableOf(['family', 'k', 'd', 'irrep', 'eigenvalue', 'multiplicity'], points.flatMap(lineRows)),
  };
};
