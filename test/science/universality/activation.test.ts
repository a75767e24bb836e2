import { describe, expect, it } from 'vitest';
import {
  activation,
  activationNames,
  isOdd,
  isSmooth,
  leak,
} from '../../../src/science/universality/activation.ts';

const places = [-30, -6.5, -2.1, -0.7, -1e-3, 1e-3, 0.4, 1.3, 2.9, 7, 30];

function jet(name: (typeof activationNames)[number], z: number) {
  const out = new Float64Array(3);
  activation(name)(z, out);
  return out as unknown as readonly [number, number, number];
}

describe('activations', () => {
  it.each(activationNames)('%s has the slope of its differences', (name) => {
    const h = 1e-5;
    for (const z of places) {
      const difference = (jet(name, z + h)[0] - jet(name, z - h)[0]) / (2 * h);
      expect(Math.abs(difference - jet(name, z)[1])).toBeLessThan(1e-9);
    }
  });

  it.each(activationNames)('%s has the second derivative of its slope', (name) => {
    const h = 1e-5;
    for (const z of places) {
      const difference = (jet(name, z + h)[1] - jet(name, z - h)[1]) / (2 * h);
      expect(Math.abs(difference - jet(name, z)[2])).toBeLessThan(1e-9);
    }
  });

  it('are what their names say', () => {
    for (const z of places) {
      expect(jet('relu', z)[0]).toBeCloseTo(Math.max(0, z), 15);
      expect(jet('leaky-relu', z)[0]).toBeCloseTo(leak * z + (1 - leak) * Math.max(0, z), 14);
      const soft = Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z)));
      expect(Math.abs(jet('softplus', z)[0] - soft)).toBeLessThan(4e-15 * Math.max(1, Math.abs(z)));
      expect(jet('tanh', z)[0]).toBeCloseTo(Math.tanh(z), 15);
    }
    // erf(1/√2) is the probability within one standard deviation.
    expect(jet('erf', 1)[0]).toBeCloseTo(0.682689492137086, 15);
    expect(jet('gelu', 1)[0]).toBeCloseTo(0.841344746068543, 15);
    expect(jet('gelu', -40)[0]).toBeCloseTo(0, 300);
  });

  it('lose no digits far out', () => {
    expect(jet('softplus', -30)[0] / Math.exp(-30)).toBeCloseTo(1, 12);
    expect(jet('softplus', 800)).toEqual(Float64Array.of(800, 1, 0));
    expect(jet('softplus', -800)[0]).toBe(0);
    expect(jet('tanh', 30)[1]).toBeGreaterThanOrEqual(0);
  });

  it('are odd, or smooth, as they say', () => {
    for (const name of activationNames) {
      const odd = places.every((z) => Math.abs(jet(name, z)[0] + jet(name, -z)[0]) < 1e-15);
      expect(isOdd(name)).toBe(odd);
    }
    expect(activationNames.filter((name) => !isSmooth(name))).toEqual(['relu', 'leaky-relu']);
  });
});
