/** Diagonalizes the Hessian at each critical point, irrep by irrep, and recognises the families. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { describe } from '../src/science/minima/describe.ts';
import { foundList, minimumList } from './kinds.ts';

export const params = () => z.object({});
export const deps = () => ({ minima: minimumList });
export const outs = () => ({ found: foundList });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ minima }, _, { evidence }) => {
  const found = minima.map(({ weights, sizes, gradientNorm, ...counted }) => {
    const { isotropy, loss } = counted;
    return { ...counted, ...describe({ weights, isotropy, sizes, loss, gradientNorm }) };
  });
  evidence('without irreps', found.filter(({ method }) => method === 'dense').length);
  evidence('saddles', found.filter(({ point }) => point.index !== 0).length);
  evidence('largest shift', Math.max(0, ...found.map(({ shift }) => shift)));
  evidence(
    'largest difference from the dense spectrum',
    Math.max(0, ...found.map(({ difference }) => difference)),
  );
  return { found };
};
