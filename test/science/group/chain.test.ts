import { describe, expect, it } from 'vitest';
import { stabilizerChain } from '../../../src/science/group/chain.ts';
import { isTransitive, orbitsOf } from '../../../src/science/group/orbits.ts';
import {
  type Permutation,
  compose,
  conjugate,
  fromCycles,
  identityPermutation,
} from '../../../src/science/group/permutation.ts';
import { factorial } from '../../../src/science/group/young.ts';
import { allPermutations, below, shuffle, stream } from './samples.ts';

/** All elements, by closure: the independent count. */
function closure(generators: readonly Permutation[], degree: number): Set<string> {
  const seen = new Set([identityPermutation(degree).join()]);
  const queue = [identityPermutation(degree)];
  for (const element of queue)
    for (const generator of generators) {
      const next = compose(generator, element);
      if (seen.has(next.join())) continue;
      seen.add(next.join());
      queue.push(next);
    }
  return seen;
}

const cycle = (n: number) => identityPermutation(n).map((i) => (i + 1) % n);

describe('a stabilizer chain', () => {
  it('counts and tests membership as the closure of the generators does', () => {
    const random = stream(2);
    for (let round = 0; round < 60; round++) {
      const degree = 2 + below(random, 5);
      const generators = Array.from({ length: 1 + below(random, 2) }, () => shuffle(random, degree));
      const elements = closure(generators, degree);
      const chain = stabilizerChain(generators, degree);
      expect(chain.order).toBe(BigInt(elements.size));
      for (const p of allPermutations(degree)) expect(chain.contains(p)).toBe(elements.has(p.join()));
    }
  });

  it('knows the orders of named groups', () => {
    const m11 = [
      fromCycles(11, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
      fromCycles(11, [2, 6, 10, 7], [3, 9, 4, 5]),
    ];
    const m24 = [
      fromCycles(
        24,
        Array.from({ length: 23 }, (_, i) => i),
      ),
      fromCycles(24, [2, 16, 9, 6, 8], [3, 12, 13, 18, 4], [7, 17, 10, 11, 22], [14, 19, 21, 20, 15]),
      fromCycles(
        24,
        [0, 23],
        [1, 22],
        [2, 11],
        [3, 15],
        [4, 17],
        [5, 9],
        [6, 19],
        [7, 13],
        [8, 20],
        [10, 16],
        [12, 21],
        [14, 18],
      ),
    ];
    expect(stabilizerChain(m11, 11).order).toBe(7920n);
    expect(stabilizerChain(m24, 24).order).toBe(244823040n);
    expect(stabilizerChain([cycle(30), fromCycles(30, [0, 1])], 30).order).toBe(factorial(30));
    expect(stabilizerChain([cycle(100), fromCycles(100, [0, 1])], 100).order).toBe(factorial(100));
    expect(stabilizerChain([cycle(12)], 12).order).toBe(12n);
    expect(stabilizerChain([], 7).order).toBe(1n);
  });

  it('gives generators of every stabilizer along its base', () => {
    const chain = stabilizerChain([cycle(8), fromCycles(8, [0, 2]), fromCycles(8, [1, 3, 5])], 8);
    let order = 1n;
    chain.base.forEach((point, l) => {
      const fixing = chain.strongGenerators.filter((g) => chain.base.slice(0, l).every((b) => g[b] === b));
      order *= BigInt(orbitsOf(fixing, 8).find((orbit) => orbit.includes(point))!.length);
    });
    expect(order).toBe(chain.order);
  });

  it('keeps its order under conjugation', () => {
    const random = stream(3);
    const generators = [fromCycles(10, [0, 1, 2], [3, 4]), fromCycles(10, [4, 5, 6, 7])];
    const { order } = stabilizerChain(generators, 10);
    for (let round = 0; round < 20; round++) {
      const h = shuffle(random, 10);
      expect(
        stabilizerChain(
          generators.map((g) => conjugate(g, h)),
          10,
        ).order,
      ).toBe(order);
    }
  });

  it('refuses generators that are no permutations of the points', () => {
    expect(() => stabilizerChain([[0, 0]], 2)).toThrow(RangeError);
    expect(() => stabilizerChain([[0, 1]], 3)).toThrow(RangeError);
    expect(stabilizerChain([[1, 0]], 2).contains([0, 1, 2])).toBe(false);
  });
});

describe('orbits', () => {
  it('are sorted, and join what generators join', () => {
    expect(orbitsOf([fromCycles(6, [4, 1]), fromCycles(6, [1, 5])], 6)).toEqual([[0], [1, 4, 5], [2], [3]]);
    expect(isTransitive([cycle(5)], 5)).toBe(true);
    expect(isTransitive([fromCycles(5, [0, 1])], 5)).toBe(false);
  });
});
