/** Draws the minima between type A and the global minimum with the saddles that link neighbours. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { ladderPanels } from '../src/science/arcs/figures.ts';
import { rungList } from './arc-kinds.ts';
import { drawingOuts, drawn } from './drawing.ts';

export const params = () => z.object({ sizes: z.array(z.int()).default([9, 12, 20]) });
export const deps = () => ({ rungs: rungList });
export const outs = drawingOuts;

export const run: Run<typeof params, typeof deps, typeof outs> = ({ rungs }, { sizes }) =>
  drawn({
    title: 'The ladder of minima',
    description:
      'Loss of the critical points in which j neurons stand near their targets and the others form a block of type A, ' +
      'with the saddles of index 1 from which descent leads to two neighbours.',
    panels: ladderPanels(rungs, sizes),
    lettered: true,
    legend: 'below',
  });
