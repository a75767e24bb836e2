/** Follows a branch up to its limit, so that Newton's method can be started as near to it as one likes. */
import { present } from '../../base/invariant.ts';
import type { Branch } from '../family/branch.ts';
import { descend } from '../family/descent.ts';
import { solveAt } from '../certificate/solve.ts';
import { fixedField } from '../math/precision/fixed-field.ts';
import { scaleByTwo } from '../math/precision/fixed.ts';

/** A point of the branch at t = d^{-1/2}. */
interface Point {
  readonly t: number;
  readonly entries: readonly bigint[];
}

/** The last points on the way up, from which the entries at other small t are interpolated. */
export type Approach = readonly Point[];

/** 512 bits hold an entry of the order of 1/d² with 90 digits at d = 2^100. */
const bits = 512;

/** t falls by this factor from one point to the next. */
const climb = 8;

/** The d at which branches are entered; the first points are at t, 2t, 3t, 4t for that one's t. */
const entrance = 1e8;
const remembered = 4;

/** Points of the branch down to t = 2^-step. */
export function approach(branch: Branch, step: number): Approach {
  const nearest = scaleByTwo(1, -step);
  let points = [4, 3, 2, 1].map((j) => {
    const d = entrance / (j * j);
    const entered = present(descend(branch, d)?.points.at(-1), `the entrance of branch ${branch.name}`);
    return pointAt(branch, 1 / Math.sqrt(d), entered.values);
  });
  for (let t = 1e-4 / climb; present(points.at(-1), 'the last point').t > nearest; t /= climb) {
    points = [...points.slice(1 - remembered), pointAt(branch, t, startAt(points, t))];
  }
  return points;
}

/** Entries near the branch at t: the polynomial through the remembered points, summed with all their digits. */
export function startAt(points: Approach, t: number): number[] {
  const { add, sub, mul, div, one, zero, fromNumber, toNumber } = fixedField(bits);
  const weights = points.map(({ t: own }) =>
    points.reduce((weight, { t: other }) => {
      if (other === own) return weight;
      const [above, below] = [sub(fromNumber(t), fromNumber(other)), sub(fromNumber(own), fromNumber(other))];
      return mul(weight, div(above, below));
    }, one),
  );
  const count = present(points[0], 'a point').entries.length;
  return Array.from({ length: count }, (_, i) =>
    toNumber(
      points.reduce((sum, { entries }, p) => add(sum, mul(weights[p] as bigint, entries[i] as bigint)), zero),
    ),
  );
}

function pointAt(branch: Branch, t: number, start: readonly number[]): Point {
  const field = fixedField(bits);
  const small = field.fromNumber(t);
  const solution = solveAt(field, branch, field.div(field.one, field.mul(small, small)), start);
  return { t, entries: present(solution, `a point of branch ${branch.name} near its limit`).values };
}
