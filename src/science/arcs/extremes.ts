/** Finds the local minima of a form on the unit sphere. */
import type { RandomStream } from '../../base/random.ts';
import { normal } from '../math/normal.ts';
import { type Form, valueOf } from './forms.ts';

/** A local minimum, with the part of the gradient along the sphere that is left, against the size of the gradient. */
export interface Extreme {
  readonly v: Float64Array;
  readonly value: number;
  readonly rest: number;
}

const mostSteps = 300;
const converged = 1e-7;

/** The end of descent along the sphere from a random direction, for `sign` −1 that of −form. */
export function descendOnSphere(form: Form, dimension: number, stream: RandomStream, sign: 1 | -1): Extreme {
  let v = unit(Float64Array.from({ length: dimension }, () => normal(stream)));
  let value = sign * valueOf(form, v);
  let length = 1;
  let rest = 1;
  for (let step = 0; step < mostSteps; step++) {
    const slope = form.slope(v).map((entry) => sign * entry);
    const along = slope.reduce((sum, entry, i) => sum + entry * (v[i] as number), 0);
    const tangent = slope.map((entry, i) => entry - along * (v[i] as number));
    const scale = norm(slope);
    rest = norm(tangent) / scale;
    if (rest < converged) break;
    const next = shorter(form, sign, v, tangent, value, length / scale);
    if (next === undefined) break;
    [v, value, length] = [next.v, next.value, 2 * next.length * scale];
  }
  return { v, value: sign * value, rest };
}

/** The point after the longest of up to 30 halved steps that lowers the form. */
function shorter(
  form: Form,
  sign: 1 | -1,
  v: Float64Array,
  tangent: Float64Array,
  value: number,
  first: number,
) {
  let length = first;
  for (let cut = 0; cut < 30; cut++, length /= 2) {
    const to = unit(v.map((entry, i) => entry - length * (tangent[i] as number)));
    const reached = sign * valueOf(form, to);
    if (reached < value) return { v: to, value: reached, length };
  }
  return undefined;
}

function norm(v: Float64Array): number {
  return Math.sqrt(v.reduce((sum, entry) => sum + entry * entry, 0));
}

function unit(v: Float64Array): Float64Array {
  const length = norm(v);
  return v.map((entry) => entry / length);
}
