import { describe, expect, it } from 'vitest';
import { isotropy } from '../../../src/science/group/isotropy.ts';
import { layeredIsotropy, type LayeredIsotropy } from '../../../src/science/group/layered-isotropy.ts';
import type { MatrixLike } from '../../../src/science/group/matrix-graph.ts';
import { factorial } from '../../../src/science/group/young.ts';
import { matrixBy, matrixOf, youngPoint } from './samples.ts';

const identity = (n: number) => matrixBy(n, n, (i, j) => (i === j ? 1 : 0));

function decided(layers: readonly MatrixLike[], target = [identity(layers[0]!.columns)]): LayeredIsotropy {
  const found = layeredIsotropy(layers, target);
  if (found.status !== 'decided') throw new Error('undecided');
  return found;
}

/** A layer that a Young group with these parts fixes, rows and columns alike. */
const young = (parts: readonly number[], shift = 0) => {
  const { rows, columns, data } = youngPoint([...parts]);
  return { rows, columns, data: Array.from(data as ArrayLike<number>, (x) => x + shift) };
};

const permuted = ({ columns, data }: MatrixLike, rows: readonly number[], order: readonly number[]) =>
  matrixBy(rows.length, columns, (i, j) => data[rows[i]! * columns + order[j]!]!);

describe('one layer', () => {
  it('has the group that matrices have', () => {
    for (const parts of [[5], [4, 1], [3, 2], [2, 2, 1], [1, 1, 1, 1, 1]]) {
      const point = youngPoint(parts);
      const matrix = isotropy(point, { target: identity(5) });
      const found = decided([point]);
      if (matrix.status !== 'decided') throw new Error('undecided');
      expect(found.order).toBe(matrix.order);
      expect(found.name).toBe(matrix.name);
      expect(found.young).toBe(true);
      expect(found.inputOrbits).toEqual(matrix.columnOrbits);
      expect(found.neuronOrbits).toEqual([matrix.rowOrbits]);
    }
  });

  it('has equal neurons apart from what moves inputs', () => {
    const found = decided([
      matrixOf([
        [1, 0, 0],
        [0, 1, 1],
        [0, 1, 1],
        [5, 2, 2],
      ]),
    ]);
    expect(found.name).toBe('Δ(S_2×S_1)×S_2');
    expect(found.order).toBe(4n);
    expect(found.inputOrder).toBe(2n);
  });

  it('keeps only permutations that the target has', () => {
    const target = [
      matrixOf([
        [1, 0, 0],
        [0, 2, 0],
        [0, 0, 2],
      ]),
    ];
    expect(decided([identity(3)], target).name).toBe('Δ(S_2×S_1)');
    expect(decided([identity(3)]).inputOrder).toBe(factorial(3));
  });

  it('may be no product of symmetric groups', () => {
    const cycle = matrixOf([
      [3, 1, 2],
      [2, 3, 1],
      [1, 2, 3],
    ]);
    const found = decided([cycle]);
    expect(found.name).toBe('order 3 (inputs 3)');
    expect([found.young, found.inputOrder]).toEqual([false, 3n]);
    const trivial = matrixOf([
      [1, 2],
      [3, 4],
    ]);
    expect(decided([trivial])).toMatchObject({ name: '1', order: 1n, young: true });
  });
});

describe('several layers', () => {
  it('keep what all of them keep', () => {
    expect(decided([young([4, 1]), young([4, 1], 7)]).name).toBe('Δ(S_4×S_1)');
    expect(decided([young([5]), young([3, 2], 7)]).name).toBe('Δ(S_3×S_2)');
    expect(decided([young([4, 1]), young([3, 2], 7)]).name).toBe('Δ(S_3×S_1×S_1)');
    expect(decided([young([5]), young([5], 3), young([5], 9), young([4, 1])]).name).toBe('Δ(S_4×S_1)');
  });

  it('have the same group when neurons and inputs are renamed', () => {
    const [a, b] = [young([3, 1]), young([3, 1], 7)];
    const [inputs, first, second] = [
      [2, 0, 3, 1],
      [1, 3, 0, 2],
      [3, 2, 1, 0],
    ];
    const found = decided([permuted(a, first, inputs), permuted(b, second, first)]);
    expect(found.name).toBe('Δ(S_3×S_1)');
    expect(found.neuronOrbits.map((orbits) => orbits.map(({ length }) => length).sort())).toEqual([
      [1, 3],
      [1, 3],
    ]);
    expect(found.confirmation).toBe(0);
  });

  it('have neurons that trade places alone', () => {
    const equal = matrixOf([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    const found = decided([identity(3), equal]);
    expect(found.name).toBe('ΔS_3×S_2');
    expect(found.order).toBe(12n);
  });

  it('do not mistake a weight of one layer for one of another', () => {
    const found = decided([
      matrixOf([
        [1, 0],
        [0, 1],
      ]),
      matrixOf([[1, 2]]),
    ]);
    expect(found.name).toBe('1');
  });

  it('must fit each other and the target', () => {
    expect(() => layeredIsotropy([identity(3), identity(2)], [])).toThrow('layer 2 has 2 columns for 3');
    expect(() => layeredIsotropy([identity(3)], [identity(4)])).toThrow('layer 1 has 4 columns for 3');
  });
});

describe('noise', () => {
  const noisy = (size: number) =>
    matrixOf([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1 + size],
    ]);

  it('below 1e-8 is none, above 1e-4 is a difference', () => {
    expect(decided([noisy(1e-10)]).name).toBe('ΔS_3');
    expect(decided([noisy(1e-10)]).confirmation).toBeCloseTo(1e-10, 14);
    expect(decided([noisy(1e-3)]).name).toBe('Δ(S_2×S_1)');
  });

  it('between leaves the group open, unless it does not matter', () => {
    expect(layeredIsotropy([noisy(1e-6)], [identity(3)])).toEqual({ status: 'undecided' });
    const anyway = matrixOf([
      [1, 0, 0],
      [0, 2, 0],
      [0, 0, 2 + 1e-6],
      [0, 0, 7],
    ]);
    expect(decided([anyway]).name).toBe('1');
  });
});
