/** Counts the runs that ended at each critical point, points that symmetry takes to each other as one. */
import { z } from 'zod';
import { invariant } from '../src/base/invariant.ts';
import type { Run } from '../src/model/stage.ts';
import type { Matrix } from '../src/science/math/matrix.ts';
import { inOrder } from '../src/science/minima/block-form.ts';
import { distinct } from '../src/science/minima/distinct.ts';
import {
  type Classified,
  classifiedList,
  criticalPointList,
  minimumList,
  type ReachedPoint,
} from './kinds.ts';

export const params = () =>
  z.object({
    loss: z.number().positive().default(1e-10).describe('Largest difference of the losses of one point'),
    entry: z
      .number()
      .positive()
      .default(1e-6)
      .describe('Largest difference of the sorted entries of one point'),
  });
export const deps = () => ({ points: criticalPointList, classified: classifiedList });
export const outs = () => ({ minima: minimumList });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { points, classified },
  likeness,
  { evidence },
) => {
  const classOf = new Map(classified.map((each) => [each.run, each]));
  const placed = points.map((point) => {
    const found = classOf.get(point.run);
    invariant(found !== undefined, `run ${point.run} was classified`);
    return { ...point, isotropy: found.isotropy, sizes: found.sizes, weights: inBlocks(point, found) };
  });
  const minima = distinct(placed, likeness).map(({ representative, ...counted }) => {
    const { isotropy, sizes, loss, gradientNorm, spurious, weights } = representative;
    return { isotropy, sizes, loss, gradientNorm, spurious, weights, ...counted };
  });
  evidence('minima', minima.length);
  evidence('largest spread of loss', Math.max(0, ...minima.map(({ lossSpread }) => lossSpread)));
  evidence('largest spread of entries', Math.max(0, ...minima.map(({ entrySpread }) => entrySpread)));
  return { minima };
};

/** The weights in the order of their blocks; as they are where no group is known. */
function inBlocks({ weights }: ReachedPoint, { rowOrder, columnOrder, status }: Classified): Matrix {
  return status === 'decided' ? inOrder(weights, rowOrder, columnOrder) : weights;
}
