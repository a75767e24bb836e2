/**
 * The arc of degenerate critical points I_{d−2} ⊕ [[(1−tⁿ)^{1/n}, 0], [t, 0]] of the Frobenius loss: its last two rows
 * add up to e_{d−1}^{⊗n} and e_d^{⊗n} is missing, so that L = |e_d^{⊗n}|² = 1 (arXiv:2103.06234).
 */
import { pow } from '../math/elementary.ts';
import { frobenius, identity, type Matrix } from '../math/matrix.ts';
import { powerOf, type TensorNorm } from './kernel.ts';
import { gradient, loss } from './objective.ts';
import { type Inertia, inertia } from './point.ts';

/** The point of the arc at t in [0, 1]. Throws RangeError elsewhere and for d < 2. */
export function arcPoint({ order }: TensorNorm, d: number, t: number): Matrix {
  if (!(t >= 0 && t <= 1)) throw new RangeError(`the arc has no point at t = ${t}`);
  if (d < 2) throw new RangeError(`the arc needs two inputs, not ${d}`);
  const weights = identity(d);
  weights.data[(d - 2) * d + d - 2] = pow(1 - powerOf(t, order), 1 / order);
  weights.data[(d - 1) * d + d - 2] = t;
  weights.data[(d - 1) * d + d - 1] = 0;
  return weights;
}

/** What was computed at one point of the arc. */
export interface ArcSample extends Inertia {
  readonly t: number;
  readonly loss: number;
  readonly gradientNorm: number;
}

/** The arc at t = 0, 1/count, …, 1. */
export function arc(norm: TensorNorm, d: number, count: number): ArcSample[] {
  return Array.from({ length: count + 1 }, (_, i) => {
    const t = i / count;
    const weights = arcPoint(norm, d, t);
    return {
      t,
      loss: loss(norm, weights),
      gradientNorm: frobenius(gradient(norm, weights)),
      ...inertia(norm, weights),
    };
  });
}
