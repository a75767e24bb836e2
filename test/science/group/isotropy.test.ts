import { describe, expect, it } from 'vitest';
import { stabilizerChain } from '../../../src/science/group/chain.ts';
import { type Isotropy, type IsotropyOptions, isotropy } from '../../../src/science/group/isotropy.ts';
import { type MatrixLike } from '../../../src/science/group/matrix-graph.ts';
import { compose } from '../../../src/science/group/permutation.ts';
import { factorial } from '../../../src/science/group/young.ts';
import {
  allPermutations,
  below,
  matrixBy,
  matrixOf,
  moved,
  perturbed,
  shuffle,
  stream,
  textOf,
  youngPoint,
} from './samples.ts';

function decided(matrix: MatrixLike, options?: IsotropyOptions): Extract<Isotropy, { status: 'decided' }> {
  const found = isotropy(matrix, options);
  if (found.status !== 'decided') throw new Error(`undecided: ${found.reason}`);
  return found;
}

const name = (parts: number[], extra?: number[][]) => decided(youngPoint(parts, extra)).name;
const identity = (n: number) => matrixBy(n, n, (i, j) => (i === j ? 1 : 0));
const blockForm = (
  matrix: MatrixLike,
  { rowOrder, columnOrder }: { rowOrder: readonly number[]; columnOrder: readonly number[] },
) => rowOrder.map((i) => columnOrder.map((j) => matrix.data[i * matrix.columns + j]!));

describe('isotropy against brute force', () => {
  it('agrees with trying all of S_k × S_d on random matrices of few values', () => {
    const random = stream(10);
    for (let round = 0; round < 300; round++) {
      const [k, d] = [1 + below(random, 4), 1 + below(random, 4)];
      const values = 1 + below(random, 3);
      const matrix = matrixBy(k, d, () => below(random, values) - 1);
      const fixing = allPermutations(k).flatMap((rows) =>
        allPermutations(d)
          .filter((columns) => textOf(moved(matrix, rows, columns)) === textOf(matrix))
          .map((columns) => ({ rows, columns })),
      );
      const found = decided(matrix);
      expect(found.order).toBe(BigInt(fixing.length));
      expect(found.rowOrbits).toEqual(
        orbitsFrom(
          fixing.map((one) => one.rows),
          k,
        ),
      );
      expect(found.columnOrbits).toEqual(
        orbitsFrom(
          fixing.map((one) => one.columns),
          d,
        ),
      );
    }
  });

  it('agrees with trying all permutations that permute a target, too', () => {
    const random = stream(11);
    for (let round = 0; round < 100; round++) {
      const [k, d] = [1 + below(random, 4), 1 + below(random, 4)];
      const matrix = matrixBy(k, d, () => below(random, 2));
      const target = matrixBy(1 + below(random, 3), d, () => below(random, 2));
      const words = (columns: readonly number[]) =>
        Array.from({ length: target.rows }, (_, i) => columns.map((j) => target.data[i * d + j]).join())
          .sort()
          .join(';');
      const straight = words(Array.from({ length: d }, (_, j) => j));
      const count = allPermutations(k).flatMap((rows) =>
        allPermutations(d).filter(
          (columns) => words(columns) === straight && textOf(moved(matrix, rows, columns)) === textOf(matrix),
        ),
      ).length;
      expect(decided(matrix, { target }).order).toBe(BigInt(count));
    }
  });
});

/** Orbits by the whole list of elements. */
function orbitsFrom(elements: readonly (readonly number[])[], n: number): number[][] {
  const orbits = Array.from({ length: n }, (_, i) =>
    [...new Set(elements.map((p) => p[i]!))].sort((a, b) => a - b),
  );
  return orbits.filter((orbit, i) => orbit[0] === i);
}

describe('isotropy of known matrices', () => {
  it('names the families', () => {
    expect(name([6])).toBe('ΔS_6');
    expect(name([5, 1])).toBe('Δ(S_5×S_1)');
    expect(name([1, 9])).toBe('Δ(S_9×S_1)');
    expect(name([2, 7])).toBe('Δ(S_7×S_2)');
    expect(name([4, 1, 1])).toBe('Δ(S_4×S_1×S_1)');
    expect(name([3, 3])).toBe('Δ(S_3×S_3)');
    expect(name([2, 1])).toBe('Δ(S_2×S_1)');
    expect(name([3, 1, 1, 1, 1])).toBe('Δ(S_3×S_1^4)');
    expect(name([1, 1, 1])).toBe('1');
    expect(name([1])).toBe('1');
  });

  it('names extra rows', () => {
    expect(name([9, 1], [[0.2, 0.3]])).toBe('Δ(S_9×S_1)');
    expect(
      name(
        [9, 1],
        [
          [0.2, 0.3],
          [0.4, 0.5],
        ],
      ),
    ).toBe('Δ(S_9×S_1)');
    expect(
      name(
        [9, 1],
        [
          [0.2, 0.3],
          [0.2, 0.3],
        ],
      ),
    ).toBe('Δ(S_9×S_1)×S_2');
    expect(name([5], [[0.2], [0.2], [0.2], [0.7], [0.7]])).toBe('ΔS_5×S_3×S_2');
    const twice = matrixBy(8, 4, (i, j) => (i % 4 === j ? (i < 4 ? 1 : 0.5) : i < 4 ? 0.1 : 0.2));
    expect(decided(twice).name).toBe('ΔS_4');
    expect(decided(twice).rowOrbits).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ]);
  });

  it('names equal columns, missing rows and zero', () => {
    expect(decided(matrixBy(3, 4, () => 0)).name).toBe('S_3×S_4(columns)');
    expect(
      decided(
        matrixOf([
          [1, 2, 2],
          [3, 4, 4],
        ]),
      ).name,
    ).toBe('S_2(columns)');
    expect(decided(matrixBy(5, 6, (i, j) => (i === j ? 1 : j === 5 ? 0.5 : 0))).name).toBe('Δ(S_5×S_1)');
  });

  it('does not call a group Young that only has its orbits or its order', () => {
    const circulant = matrixBy(5, 5, (i, j) => (5 + j - i) % 5);
    expect(decided(circulant).order).toBe(5n);
    expect(decided(circulant).name).toBe('order 5 (rows 5, columns 5)');
    const fano = matrixBy(7, 7, (i, j) => ([0, 1, 3].includes((7 + j - i) % 7) ? 1 : 0));
    expect(decided(fano).order).toBe(168n);
    const split = matrixBy(6, 3, (i, j) => (Math.floor(i / 2) === j ? 0.5 : 0));
    expect(decided(split).name).toBe('order 48 (rows 6, columns 3)');
    // Swapping columns 0 and 1 swaps two pairs of rows: not conjugate to a subgroup of ΔS_4.
    const double = matrixOf([
      [1, 0, 0.3, 0.7],
      [0, 1, 0.3, 0.7],
      [0.5, 0.6, 0.1, 0.8],
      [0.6, 0.5, 0.1, 0.8],
    ]);
    expect(decided(double).name).toBe('order 2 (rows 2+2, columns 2+1+1)');
  });

  it('has the order of S_100 for the identity of size 100, exactly', () => {
    const found = decided(identity(100));
    expect(found.order).toBe(factorial(100));
    expect(found.name).toBe('ΔS_100');
    expect(found.evidence.nodes).toBeLessThan(2000);
  });

  it('stays small in effort at size 100, whatever the symmetry, with rows shuffled', () => {
    const random = stream(12);
    const rows = shuffle(random, 100);
    const cases: [MatrixLike, bigint][] = [
      [youngPoint([99, 1]), factorial(99)],
      [youngPoint([50, 50]), factorial(50) * factorial(50)],
      [youngPoint([60, 25, 10, 5]), factorial(60) * factorial(25) * factorial(10) * factorial(5)],
      [matrixBy(100, 100, () => 0.5), factorial(100) * factorial(100)],
      [matrixBy(100, 60, (i, j) => (i % 50 === j ? 1 : 0)), (1n << 50n) * factorial(50) * factorial(10)],
    ];
    for (const [matrix, order] of cases) {
      const found = decided(
        moved(
          matrix,
          rows,
          Array.from({ length: matrix.columns }, (_, j) => j),
        ),
      );
      expect(found.evidence.nodes).toBeLessThan(1500);
      expect(found.order).toBe(order);
    }
  });

  it('can be restricted to the symmetry of a target', () => {
    const target = matrixBy(6, 6, (i, j) => (i === j ? (i < 4 ? 1 : 2) : 0));
    expect(decided(identity(6), { target }).name).toBe('Δ(S_4×S_2)');
    expect(decided(target, { target }).name).toBe('Δ(S_4×S_2)');
    expect(decided(youngPoint([5, 1]), { target: identity(6) }).name).toBe('Δ(S_5×S_1)');
    expect(decided(identity(4), { target: matrixOf([[1, 2, 1, 2]]) }).order).toBe(4n);
    expect(() => isotropy(identity(4), { target: identity(5) })).toThrow(RangeError);
  });
});

describe('isotropy as an answer', () => {
  it('keeps order, name and block form under a thousand conjugations', () => {
    const random = stream(13);
    const samples = [
      youngPoint([4, 1]),
      youngPoint([3, 2], [[0.2, 0.4]]),
      youngPoint(
        [2, 2, 1],
        [
          [0.1, 0.2, 0.3],
          [0.1, 0.2, 0.3],
        ],
      ),
      matrixBy(5, 5, (i, j) => (5 + j - i) % 5),
      youngPoint([6, 3, 3]),
    ];
    const wanted = samples.map((sample) => decided(sample));
    for (let round = 0; round < 1000; round++) {
      const at = round % samples.length;
      const sample = samples[at]!;
      const other = moved(sample, shuffle(random, sample.rows), shuffle(random, sample.columns));
      const found = decided(other);
      expect([found.order, found.name]).toEqual([wanted[at]!.order, wanted[at]!.name]);
      if (at !== 3) expect(blockForm(other, found)).toEqual(blockForm(sample, wanted[at]!));
    }
  });

  it('orders rows and columns so that blocks are constant off the diagonal', () => {
    const random = stream(14);
    const matrix = moved(youngPoint([2, 5]), shuffle(random, 7), shuffle(random, 7));
    const found = decided(matrix);
    expect(found.blocks.map((block) => block.columns.length)).toEqual([5, 2]);
    const form = blockForm(matrix, found);
    for (let i = 0; i < 5; i++) {
      expect(form[i]![i]).toBe(form[0]![0]);
      expect(form[i]![5]).toBe(form[0]![6]);
    }
    expect(form[6]![6]).toBe(form[5]![5]);
    expect(form[0]![1]).toBe(form[4]![3]);
  });

  it('gives generators that fix the matrix, make up the order and compose to further symmetries', () => {
    const random = stream(15);
    const matrix = moved(
      youngPoint(
        [4, 3],
        [
          [0.1, 0.2],
          [0.1, 0.2],
        ],
      ),
      shuffle(random, 9),
      shuffle(random, 7),
    );
    const { generators, order } = decided(matrix);
    const joint = generators.map(({ rows, columns }) => [...rows, ...columns.map((j) => 9 + j)]);
    expect(stabilizerChain(joint, 16).order).toBe(order);
    for (let round = 0; round < 50; round++) {
      const [a, b] = [
        generators[below(random, generators.length)]!,
        generators[below(random, generators.length)]!,
      ];
      const image = moved(matrix, compose(a.rows, b.rows), compose(a.columns, b.columns));
      expect(image.data).toEqual(matrix.data);
    }
  });

  it('accepts noise of 1e-10 and tells how large it was', () => {
    const random = stream(16);
    for (let round = 0; round < 20; round++) {
      const found = decided(perturbed(youngPoint([5, 2]), random, 1e-10));
      expect(found.name).toBe('Δ(S_5×S_2)');
      expect(found.evidence.spread).toBeGreaterThan(1e-11);
      expect(found.evidence.spread).toBeLessThan(3e-10);
      expect(found.evidence.confirmation).toBeGreaterThan(0);
      expect(found.evidence.confirmation).toBeLessThan(3e-10);
      expect(found.evidence.gap).toBeGreaterThan(1e-3);
    }
  });

  it('is undecided under noise of 1e-6, and says that entries lie between classes', () => {
    const random = stream(17);
    for (let round = 0; round < 20; round++) {
      const matrix = perturbed(youngPoint([5, 2]), random, 1e-6);
      for (const doubtful of ['refuse', 'compare'] as const) {
        const found = isotropy(matrix, { doubtful });
        expect(found).toMatchObject({ status: 'undecided', reason: 'entries-between-classes' });
        expect(found.evidence.spread).toBeGreaterThan(1e-7);
      }
    }
  });

  it('is undecided where classes are parted by less than 1e-4, unless both readings give one group', () => {
    const close = youngPoint([5, 2]);
    const data = Float64Array.from(close.data, (entry, at) =>
      Math.floor(at / 7) >= 5 && at % 7 < 5 ? close.data[5]! + 1e-5 : entry,
    );
    const matrix = { ...close, data };
    expect(isotropy(matrix).status).toBe('undecided');
    expect(decided(matrix, { doubtful: 'compare' }).name).toBe('Δ(S_5×S_2)');
  });

  it('does not report a generator that moves an entry by more than it may', () => {
    const matrix = matrixOf([
      [1, 0],
      [0, 1 + 5e-9],
    ]);
    expect(isotropy(matrix)).toMatchObject({ status: 'undecided', reason: 'generator-not-confirmed' });
    expect(decided(matrix, { confirmation: 1e-8 }).name).toBe('ΔS_2');
  });

  it('is undecided where the search is cut short', () => {
    expect(isotropy(identity(9), { searchLimit: 2 })).toMatchObject({
      status: 'undecided',
      reason: 'search-limit',
    });
  });

  it('refuses entries that are no numbers', () => {
    expect(() => isotropy(matrixOf([[1, Number.NaN]]))).toThrow(/entry 1 is NaN/);
  });
});
