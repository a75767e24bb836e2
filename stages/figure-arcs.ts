/** Draws tangency arcs: loss against distance for those of least loss, and all of two families with their index. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import { allPanels, minimalPanels } from '../src/science/arcs/figures.ts';
import { tracedArcs } from './arc-kinds.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { inOrder } from './family-names.ts';

export const params = () =>
  z.object({
    sizes: z.array(z.int()).default([9, 20]).describe('d of the arcs of least loss'),
    all: z.int().default(9).describe('d of the arcs of types I and II'),
  });
export const deps = () => ({ minimal: gather(tracedArcs), all: gather(tracedArcs) });
export const outs = drawingOuts;

export const run: Run<typeof params, typeof deps, typeof outs> = (deps, { sizes, all }) => {
  const arcs = inOrder(deps.minimal).flatMap(({ value }) => value);
  const every = inOrder(deps.all).flatMap(({ value }) => value);
  const [hidden, detected] = [allPanels(every, 'I', all), allPanels(every, 'II', all)];
  return drawn({
    title: 'Tangency arcs',
    description:
      'Loss against distance along the arcs of least loss of several families; then loss and index along the arcs of ' +
      'types I and II, one line for each, coloured by irrep, dashed on the side of the higher ' +
      'loss. Dots are critical points.',
    panels: [...minimalPanels(arcs, sizes), hidden[0], detected[0], hidden[1], detected[1]],
    columns: 2,
    lettered: true,
  });
};
