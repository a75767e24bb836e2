import { describe, expect, it } from 'vitest';
import {
  compose,
  conjugate,
  cyclesOf,
  fromCycles,
  identityPermutation,
  inverse,
  isIdentity,
  isPermutation,
  orderOfPermutation,
  samePermutation,
} from '../../../src/science/group/permutation.ts';
import { allPermutations, shuffle, stream } from './samples.ts';

describe('permutations', () => {
  const random = stream(1);
  const triples = Array.from({ length: 200 }, (_, i) => {
    const n = 1 + (i % 12);
    return [shuffle(random, n), shuffle(random, n), shuffle(random, n)] as const;
  });

  it('compose associatively, with the identity and inverses', () => {
    for (const [a, b, c] of triples) {
      expect(compose(a, compose(b, c))).toEqual(compose(compose(a, b), c));
      expect(compose(a, identityPermutation(a.length))).toEqual(a);
      expect(isIdentity(compose(a, inverse(a)))).toBe(true);
      expect(inverse(compose(a, b))).toEqual(compose(inverse(b), inverse(a)));
    }
  });

  it('apply the right factor first', () => {
    expect(compose([1, 2, 0], [1, 0, 2])).toEqual([2, 1, 0]);
  });

  it('are conjugated by renaming the points of their cycles', () => {
    for (const [g, h] of triples) {
      expect(conjugate(g, h)).toEqual(compose(h, compose(g, inverse(h))));
      const renamed = cyclesOf(g).map((cycle) => cycle.map((point) => h[point]!));
      expect(samePermutation(conjugate(g, h), fromCycles(g.length, ...renamed))).toBe(true);
    }
  });

  it('come back from their cycles, and have the order of their cycle lengths', () => {
    for (const [g] of triples) expect(fromCycles(g.length, ...cyclesOf(g))).toEqual(g);
    expect(orderOfPermutation(fromCycles(9, [0, 1, 2, 3], [4, 5, 6, 7, 8]))).toBe(20n);
    expect(orderOfPermutation([])).toBe(1n);
  });

  it('are told from lists that are none', () => {
    expect(allPermutations(4).filter(isPermutation)).toHaveLength(24);
    expect(isPermutation([0, 0, 1])).toBe(false);
    expect(isPermutation([0, 3, 1])).toBe(false);
    expect(() => fromCycles(3, [0, 1], [1, 2])).toThrow(RangeError);
    expect(() => fromCycles(3, [0, 3])).toThrow(RangeError);
  });
});
