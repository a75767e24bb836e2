/** What several tests of universality use. */
import { randomStream } from '../../../src/base/random.ts';
import type { Setting } from '../../../src/science/universality/experiment.ts';
import type { Objective } from '../../../src/science/universality/objective.ts';
import { fillNormals } from '../../../src/science/math/normal.ts';

export const stream = (name = 0) => randomStream('1f'.repeat(16)).split(name);

export const setting: Setting = {
  input: 'correlated',
  activation: 'tanh',
  depth: 2,
  d: 4,
  target: 'identity',
  further: 'identity',
  extra: 0,
  base: 4,
};

export const normals = (count: number, name = 1) => fillNormals(stream(name), count);

const moved = (weights: Float64Array, at: number, by: number) =>
  weights.map((x, i) => (i === at ? x + by : x));

/** The largest differences between derivatives and differences of the loss and of the gradient. */
export function derivativeErrors(objective: Objective, weights: Float64Array, h = 1e-5) {
  const slope = objective.gradient(weights);
  const bend = objective.hessian(weights);
  let [first, second] = [0, 0];
  weights.forEach((_, p) => {
    const [ahead, behind] = [moved(weights, p, h), moved(weights, p, -h)];
    const difference = (objective.loss(ahead) - objective.loss(behind)) / (2 * h);
    first = Math.max(first, Math.abs(difference - slope[p]!));
    const [after, before] = [objective.gradient(ahead), objective.gradient(behind)];
    after.forEach((x, q) => {
      const change = (x - before[q]!) / (2 * h);
      second = Math.max(second, Math.abs(change - bend.data[p * bend.columns + q]!));
    });
  });
  return { first, second };
}
