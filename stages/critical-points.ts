/** Puts the points of the families and those that gradient descent found into the published tables, each once. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import { lineRows, mergePoints, pointRow } from '../src/science/minima/merge.ts';
import { foundList, pointList, resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () => z.object({});
export const deps = () => ({ families: gather(pointList), others: pointList, found: gather(foundList) });
export const outs = () => ({ points: resultTable, spectrum: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (deps, _, { evidence }) => {
  const { families, others, found } = deps;
  const known = [...families.flatMap(({ value }) => value), ...others];
  const reached = found.flatMap(({ value }) => value.map(({ point }) => point));
  const { points, disagreement } = mergePoints([...known, ...reached]);
  evidence('points', points.length);
  evidence('found by descent alone', points.length - known.length);
  evidence('largest disagreement', disagreement);
  const columns = [
    ...(['family', 'isotropy', 'k', 'd', 'loss', 'gradient_norm', 'min_eigenvalue'] as const),
    ...(['min_eigenvalue_irrep', 'index', 'nullity', 'certified'] as const),
  ];
  return {
    points: tableOf(columns, points.map(pointRow)),
    spectrum: tableOf(['family', 'k', 'd', 'irrep', 'eigenvalue', 'multiplicity'], points.flatMap(lineRows)),
  };
};
