import { describe, expect, it } from 'vitest';
import { gaussianRoot } from '../../../src/science/universality/input.ts';
import { closedForm } from '../../../src/science/universality/closed-form.ts';
import { descend, randomWeights } from '../../../src/science/universality/descent.ts';
import { targetMatrix, targetNetwork } from '../../../src/science/universality/target.ts';
import { setting, stream } from './samples.ts';

const spec = { ...setting, activation: 'erf', d: 3 } as const;
const teacher = targetNetwork(spec);
const shape = teacher.architecture;
const objective = closedForm('erf', targetMatrix('identity', 3), gaussianRoot('gaussian', 3)!, 3);
const start = randomWeights(shape, stream(1));
const descent = { step: 0.1, steps: 600, batch: 8, data: 0 };
const run = (change: object, name = 2) =>
  descend(shape, teacher, 'gaussian', start, { ...descent, ...change }, stream(name))!;

describe('descent', () => {
  it('lowers the loss, with new inputs and with fixed ones, in small batches and in whole ones', () => {
    const before = objective.loss(start);
    for (const change of [{}, { data: 64 }, { data: 64, batch: 64 }]) {
      const { weights, restarts } = run(change);
      expect(restarts).toBe(0);
      expect(objective.loss(weights)).toBeLessThan(0.2 * before);
    }
  });

  it('depends on its stream alone', () => {
    expect(run({ steps: 20 })).toEqual(run({ steps: 20 }));
    expect(run({ steps: 20 }).weights).not.toEqual(run({ steps: 20 }, 3).weights);
  });

  it('is gradient descent on the fixed inputs where they are one batch', () => {
    const [one, two] = [1, 2].map((steps) => run({ data: 4, batch: 4, steps }).weights);
    const again = descend(
      shape,
      teacher,
      'gaussian',
      one!,
      { ...descent, data: 4, batch: 4, steps: 1 },
      stream(2),
    )!;
    expect([...again.weights]).toEqual([...two!]);
  });

  it('begins again with half the step where it diverges, and gives up in the end', () => {
    const wide = targetNetwork({ ...spec, activation: 'gelu', d: 8 });
    const from = randomWeights(wide.architecture, stream(1));
    const found = descend(wide.architecture, wide, 'correlated', from, { ...descent, step: 2 }, stream(2))!;
    expect(found.restarts).toBeGreaterThan(0);
    const hopeless = { ...descent, step: 1e9 };
    expect(descend(wide.architecture, wide, 'correlated', from, hopeless, stream(2))).toBeUndefined();
  });

  it('begins from weights of variance 1/inputs in every layer', () => {
    const weights = randomWeights({ widths: [25, 200, 4], activation: 'tanh' }, stream(6));
    const variance = (from: number, to: number) =>
      weights.subarray(from, to).reduce((sum, x) => sum + x * x, 0) / (to - from);
    expect(weights).toHaveLength(5800);
    expect(Math.abs(25 * variance(0, 5000) - 1)).toBeLessThan(0.1);
    expect(Math.abs(200 * variance(5000, 5800) - 1)).toBeLessThan(0.2);
  });
});

describe('targets', () => {
  it('are what they say', () => {
    const rows = (name: Parameters<typeof targetMatrix>[0]) => {
      const { rows: k, columns, data } = targetMatrix(name, 4);
      return Array.from({ length: k }, (_, i) => data.slice(i * columns, (i + 1) * columns).join(' '));
    };
    expect(rows('identity')).toEqual(['1 0 0 0', '0 1 0 0', '0 0 1 0', '0 0 0 1']);
    expect(rows('repeated')).toEqual(['1 0 0 0', '1 0 0 0', '0 1 0 0', '0 0 1 0']);
    expect(rows('zero')).toEqual(['1 0 0 0', '0 1 0 0', '0 0 1 0']);
    expect(rows('blocks')).toEqual(['1 0 0 0', '0 1 0 0', '0 0 0.5 0', '0 0 0 0.5']);
    expect(rows('pairs')).toEqual(['1 1 0 0', '0 0 1 0', '0 0 0 1']);
    expect(rows('mixed')[1]).toBe('0.25 1.25 0.25 0.25');
  });

  it('have further layers of their width', () => {
    const deep = targetNetwork({ ...setting, depth: 4, further: 'contrast', target: 'zero' });
    expect(deep.architecture.widths).toEqual([4, 3, 3, 3]);
    expect([...deep.layers[2]!.data]).toEqual([1, -1, -1, -1, 1, -1, -1, -1, 1]);
    expect(deep.weights).toHaveLength(12 + 9 + 9);
  });

  it('need three inputs and two layers', () => {
    expect(() => targetMatrix('identity', 2)).toThrow('no targets for 2 inputs');
    expect(() => targetNetwork({ ...setting, depth: 1 })).toThrow('no network of 1 layers');
  });
});
