import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../../src/science/math/matrix.ts';
import {
  type Architecture,
  layersOf,
  Network,
  weightCount,
  withSigns,
} from '../../../src/science/universality/network.ts';
import { normals } from './samples.ts';

const shapes: readonly Architecture[] = [
  { widths: [3, 2], activation: 'softplus' },
  { widths: [3, 4, 2], activation: 'gelu' },
  { widths: [2, 3, 2, 3, 2], activation: 'tanh' },
  { widths: [3, 2, 2, 2, 2, 3], activation: 'erf' },
];
const point = normals(3, 7);

function output(shape: Architecture, weights: Float64Array): number {
  const network = new Network(shape);
  network.load(weights);
  return network.output(point, 0);
}

function gradient(shape: Architecture, weights: Float64Array): Float64Array {
  const network = new Network(shape);
  network.load(weights);
  network.output(point, 0);
  const slope = new Float64Array(network.size);
  network.addGradient(1, slope);
  return slope;
}

const moved = (weights: Float64Array, at: number, by: number) =>
  weights.map((x, i) => (i === at ? x + by : x));

describe('a network', () => {
  it('is the sum of its last layer', () => {
    const [a, b] = layersOf(shapes[1]!, normals(20)) as [Matrix, Matrix];
    const gelu = (z: number) => {
      const network = new Network({ widths: [1, 1], activation: 'gelu' });
      network.load(Float64Array.of(1));
      return network.output(Float64Array.of(z), 0);
    };
    const layer = (m: Matrix, x: readonly number[]) =>
      Array.from({ length: m.rows }, (_, i) =>
        gelu(x.reduce((sum, value, j) => sum + m.data[i * m.columns + j]! * value, 0)),
      );
    const expected = layer(b, layer(a, [...point])).reduce((sum, x) => sum + x, 0);
    expect(output(shapes[1]!, normals(20))).toBeCloseTo(expected, 14);
  });

  it.each(shapes)('of widths $widths has the gradient of its differences', (shape) => {
    const weights = normals(weightCount(shape));
    gradient(shape, weights).forEach((x, p) => {
      const h = 1e-5;
      const ahead = output(shape, moved(weights, p, h));
      expect(Math.abs(x - (ahead - output(shape, moved(weights, p, -h))) / (2 * h))).toBeLessThan(1e-8);
    });
  });

  it.each(shapes)('of widths $widths has the Hessian of the differences of its gradient', (shape) => {
    const weights = normals(weightCount(shape));
    const network = new Network(shape);
    network.load(weights);
    network.output(point, 0);
    network.addGradient(1, new Float64Array(network.size));
    const bend = new Float64Array(network.size ** 2);
    network.addHessian(2, bend);
    const h = 1e-5;
    for (let p = 0; p < network.size; p++) {
      const [ahead, behind] = [gradient(shape, moved(weights, p, h)), gradient(shape, moved(weights, p, -h))];
      for (let q = 0; q <= p; q++)
        expect(Math.abs(bend[p * network.size + q]! - (ahead[q]! - behind[q]!) / h)).toBeLessThan(1e-8);
    }
  });

  it('adds to what is there', () => {
    const shape = shapes[0]!;
    const weights = normals(6);
    const network = new Network(shape);
    network.load(weights);
    network.output(point, 0);
    const twice = new Float64Array(6).fill(1);
    network.addGradient(2, twice);
    const once = gradient(shape, weights);
    twice.forEach((x, p) => expect(x).toBeCloseTo(1 + 2 * once[p]!, 14));
  });

  it('has its layers one after another', () => {
    expect(weightCount(shapes[2]!)).toBe(6 + 6 + 6 + 6);
    const layers = layersOf(shapes[1]!, normals(20));
    expect(layers.map(({ rows, columns }) => [rows, columns])).toEqual([
      [4, 3],
      [2, 4],
    ]);
    expect([...layers[0]!.data, ...layers[1]!.data]).toEqual([...normals(20)]);
  });
});

describe('signs', () => {
  it('are chosen without changing what an odd network computes', () => {
    const shape = shapes[3]!;
    const weights = normals(weightCount(shape), 3);
    const turned = Float64Array.from(withSigns(shape, weights).flatMap(({ data }) => [...data]));
    expect([...turned]).not.toEqual([...weights]);
    expect(output(shape, turned)).toBeCloseTo(output(shape, weights), 14);
    for (const { rows, columns, data } of withSigns(shape, weights).slice(0, -1))
      for (let i = 0; i < rows; i++)
        expect(data.subarray(i * columns, (i + 1) * columns).reduce((sum, x) => sum + x, 0)).toBeGreaterThan(
          0,
        );
  });

  it('are the same whatever they were before', () => {
    const shape: Architecture = { widths: [2, 2, 2], activation: 'tanh' };
    const one = Float64Array.of(1, 2, -3, 1, 4, 5, 6, 7);
    const other = Float64Array.of(-1, -2, -3, 1, -4, 5, -6, 7);
    expect(withSigns(shape, one)).toEqual(withSigns(shape, other));
    // The sum of the row is 0: the cubes decide.
    const flat = Float64Array.of(1, -1, 2, 1, 1, 1, 1, 1);
    expect(withSigns(shape, flat)[0]!.data[0]).toBe(1);
    const cubed = Float64Array.of(2, -1, -1 + 1e-9, 1, 1, 1);
    expect(withSigns({ widths: [3, 1, 3], activation: 'tanh' }, cubed)[0]!.data[0]).toBe(2);
  });

  it('stay as they are in the last layer and for other activations', () => {
    const weights = Float64Array.of(-1, -2, 3, -4);
    expect(withSigns({ widths: [2, 2], activation: 'erf' }, weights)[0]!.data).toEqual(weights);
    const deep = { widths: [2, 1, 2], activation: 'gelu' } as const;
    expect(withSigns(deep, weights)[0]!.data).toEqual(weights.slice(0, 2));
  });
});
