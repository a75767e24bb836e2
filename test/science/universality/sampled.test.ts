import { describe, expect, it } from 'vitest';
import { identity } from '../../../src/science/math/matrix.ts';
import { drawOf, inputNames, type InputName, pointSet } from '../../../src/science/universality/input.ts';
import type { Architecture } from '../../../src/science/universality/network.ts';
import { cubeCorners, orbitOf, permutations } from '../../../src/science/universality/points.ts';
import { sampledObjective } from '../../../src/science/universality/sampled.ts';
import { derivativeErrors, normals, stream } from './samples.ts';

const shapes: readonly Architecture[] = [
  { widths: [3, 3], activation: 'softplus' },
  { widths: [3, 2, 3], activation: 'gelu' },
  { widths: [3, 2, 2, 2, 2], activation: 'tanh' },
];

function objectiveOf(architecture: Architecture, input: InputName = 'laplace') {
  const teacher = { architecture: { ...architecture, widths: [3, 3] }, weights: identity(3).data };
  return sampledObjective(architecture, teacher, pointSet(input, 3, 4, stream(3)));
}

describe('the loss over points', () => {
  it.each(shapes)('of widths $widths has the derivatives of its differences', (shape) => {
    const objective = objectiveOf(shape);
    const { first, second } = derivativeErrors(objective, normals(objective.size, 5));
    expect(first).toBeLessThan(1e-8);
    expect(second).toBeLessThan(1e-8);
  });

  it.each(shapes)('of widths $widths is the same when it is linearised', (shape) => {
    const objective = objectiveOf(shape);
    const weights = normals(objective.size, 5);
    const { loss, slope, normal } = objective.linearised!(weights);
    expect(loss).toBe(objective.loss(weights));
    objective.gradient(weights).forEach((x, p) => expect(slope[p]).toBeCloseTo(x, 14));
    for (let p = 0; p < objective.size; p++)
      expect(normal.data[p * (objective.size + 1)]).toBeGreaterThanOrEqual(0);
  });

  it('has JᵀJ as its Hessian where the target is reached', () => {
    const shape = shapes[0]!;
    const objective = objectiveOf(shape);
    const weights = identity(3).data;
    expect(objective.loss(weights)).toBe(0);
    const { normal } = objective.linearised!(weights);
    const bend = objective.hessian(weights);
    for (let p = 0; p < 9; p++)
      for (let q = 0; q <= p; q++) expect(normal.data[9 * p + q]).toBeCloseTo(bend.data[9 * p + q]!, 14);
  });

  it.each(inputNames)('of %s is left alone by permutations of inputs with neurons', (input) => {
    const objective = objectiveOf(shapes[0]!, input);
    const weights = normals(9, 6);
    const order = [2, 0, 1];
    const image = weights.map((_, at) => weights[3 * order[Math.floor(at / 3)]! + order[at % 3]!]!);
    expect(objective.loss(image)).toBeCloseTo(objective.loss(weights), 14);
    const slope = objective.gradient(weights);
    objective.gradient(image).forEach((x, at) => {
      expect(x).toBeCloseTo(slope[3 * order[Math.floor(at / 3)]! + order[at % 3]!]!, 13);
    });
  });

  it('refuses networks for other inputs', () => {
    const teacher = { architecture: { widths: [2, 2], activation: 'tanh' as const }, weights: normals(4) };
    const points = cubeCorners(3, () => 1);
    expect(() => sampledObjective(shapes[0]!, teacher, points)).toThrow('other than 3 inputs');
  });
});

describe('points', () => {
  it('of an orbit are all images, each as probable', () => {
    const { coordinates, probabilities } = orbitOf(Float64Array.of(1, 2, 3), 3);
    expect(probabilities).toEqual(new Float64Array(6).fill(1 / 6));
    const rows = Array.from({ length: 6 }, (_, n) => coordinates.slice(3 * n, 3 * n + 3).join());
    expect(rows).toEqual(['1,2,3', '1,3,2', '2,1,3', '2,3,1', '3,1,2', '3,2,1']);
  });

  it('of a cube are its corners, as probable as their numbers of ones say', () => {
    const { coordinates, probabilities } = cubeCorners(3, (m) => m);
    expect(coordinates).toHaveLength(24);
    expect(probabilities[0]).toBe(0);
    expect(probabilities[7]).toBe(3 / 12);
    expect([...coordinates.slice(3, 6)]).toEqual([1, -1, -1]);
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 15);
  });

  it('have permutations of at most 8 coordinates', () => {
    expect(permutations(4)).toHaveLength(24);
    expect(new Set(permutations(4).map(String)).size).toBe(24);
    expect(() => permutations(9)).toThrow('too many permutations of 9');
  });

  it.each(['signs', 'correlated-signs'] as const)('of %s are as probable as they are drawn', (name) => {
    const exact = pointSet(name, 3, 1, stream());
    const counts = new Float64Array(8);
    const [source, x, draws] = [stream(8), new Float64Array(3), 40_000];
    for (let n = 0; n < draws; n++) {
      drawOf(name)(source, x, 0, 3);
      counts[x.reduce((sum, sign, j) => sum + (sign > 0 ? 1 << j : 0), 0)]! += 1;
    }
    counts.forEach((count, corner) => {
      const p = exact.probabilities[corner]!;
      expect(Math.abs(count / draws - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws));
    });
  });
});

describe('inputs', () => {
  /** Diagonal and off-diagonal entry of E xxᵀ, which the definitions imply. */
  const moments: Record<InputName, readonly [number, number]> = {
    gaussian: [1, 0],
    correlated: [1.5, 0.5],
    sphere: [1, 0],
    laplace: [1, 0],
    'laplace-mixture': [1.5, 0.5],
    signs: [1, 0],
    'correlated-signs': [1, 0.25],
    mixture: [0.5625 + 0.75, 0.5625],
  };

  it.each(inputNames)('%s has the second moments of its definition', (name) => {
    const [source, x, draws, d] = [stream(4), new Float64Array(3), 40_000, 3];
    let [own, mixed, mean] = [0, 0, 0];
    for (let n = 0; n < draws; n++) {
      drawOf(name)(source, x, 0, d);
      own += x[0]! * x[0]! + x[2]! * x[2]!;
      mixed += x[0]! * x[1]! + x[1]! * x[2]!;
      mean += x[0]! + x[1]! + x[2]!;
    }
    const [diagonal, off] = moments[name];
    expect(Math.abs(own / (2 * draws) - diagonal)).toBeLessThan(0.05);
    expect(Math.abs(mixed / (2 * draws) - off)).toBeLessThan(0.05);
    expect(Math.abs(mean / (3 * draws))).toBeLessThan(0.03);
  });

  it('on the sphere have length √d', () => {
    const x = new Float64Array(5);
    drawOf('sphere')(stream(), x, 1, 4);
    expect(x[0]).toBe(0);
    expect(x.reduce((sum, entry) => sum + entry * entry, 0)).toBeCloseTo(4, 14);
  });
});
