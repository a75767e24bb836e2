/** The loss of a network on all its weights as a landscape. */
import { identity, matrix, type Matrix } from '../math/matrix.ts';
import { gradient } from '../network/gradient.ts';
import { hessian } from '../network/hessian.ts';
import { loss } from '../network/loss.ts';
import { measureRows } from '../network/rows.ts';
import type { Landscape } from './landscape.ts';

/** The weights of d neurons with d inputs, row by row, as a matrix. */
export function weightsAt(d: number, x: Float64Array): Matrix {
  return matrix(d, d, x);
}

/** L for the target I, on the d² weights row by row. Its functions throw RowError where a row vanishes. */
export function denseLandscape(d: number): Landscape {
  const target = identity(d);
  return {
    size: d * d,
    value: (x) => loss(weightsAt(d, x), target),
    gradient: (x) => gradient(weightsAt(d, x), target).data,
    hessian: (x) => hessian(weightsAt(d, x), target),
    room: (x) => Math.min(...measureRows(weightsAt(d, x), 'weights').lengths),
  };
}
