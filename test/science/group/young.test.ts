import { describe, expect, it } from 'vitest';
import {
  decomposition,
  diagonalGenerators,
  entryOrbits,
  fixedSpaceDimension,
} from '../../../src/science/group/fixed-space.ts';
import { isotropy } from '../../../src/science/group/isotropy.ts';
import {
  diagonalName,
  factorial,
  largeYoungSubgroups,
  maximalYoungSubgroups,
  youngIndex,
  youngOrder,
} from '../../../src/science/group/young.ts';
import { youngPoint } from './samples.ts';

describe('Young subgroups', () => {
  it('have orders and indices that multiply to d!', () => {
    for (const parts of [[6], [5, 1], [3, 2, 1], [1, 1, 1, 1]])
      expect(youngOrder(parts) * youngIndex(parts)).toBe(factorial(parts.reduce((a, b) => a + b)));
    expect(youngIndex([98, 1, 1])).toBe(9900n);
  });

  it('are listed by index up to a bound, each partition once', () => {
    expect(largeYoungSubgroups(6, 30n).map(({ name, index }) => [name, index])).toEqual([
      ['ΔS_6', 1n],
      ['Δ(S_5×S_1)', 6n],
      ['Δ(S_4×S_2)', 15n],
      ['Δ(S_3×S_3)', 20n],
      ['Δ(S_4×S_1×S_1)', 30n],
    ]);
    expect(largeYoungSubgroups(8, factorial(8))).toHaveLength(22);
    expect(largeYoungSubgroups(100, 10_000n).map(({ name }) => name)).toEqual([
      'ΔS_100',
      'Δ(S_99×S_1)',
      'Δ(S_98×S_2)',
      'Δ(S_98×S_1×S_1)',
    ]);
  });

  it('are maximal with two unequal blocks', () => {
    expect(maximalYoungSubgroups(6).map(({ name, index, maximal }) => [name, index, maximal])).toEqual([
      ['Δ(S_5×S_1)', 6n, true],
      ['Δ(S_4×S_2)', 15n, true],
      ['Δ(S_3×S_3)', 20n, false],
    ]);
  });

  it('are named with blocks descending', () => {
    expect(diagonalName([1, 7, 2])).toBe('Δ(S_7×S_2×S_1)');
  });
});

describe('fixed-point spaces', () => {
  it('have two dimensions for ΔS_d and five for ΔS_{d−1}', () => {
    expect(fixedSpaceDimension(diagonalGenerators([7], 7), 7, 7)).toBe(2);
    expect(fixedSpaceDimension(diagonalGenerators([6, 1], 7), 7, 7)).toBe(5);
    expect(fixedSpaceDimension(diagonalGenerators([5, 2], 7), 7, 7)).toBe(6);
    expect(fixedSpaceDimension(diagonalGenerators([6, 1], 8), 8, 7)).toBe(7);
    expect(fixedSpaceDimension([], 3, 4)).toBe(12);
  });

  it('are what the isotropy of a generic point fixes', () => {
    const parts = [3, 2, 1];
    const found = isotropy(youngPoint(parts));
    if (found.status !== 'decided') throw new Error(found.reason);
    expect(entryOrbits(found.generators, 6, 6)).toEqual(entryOrbits(diagonalGenerators(parts, 6), 6, 6));
  });

  it('refuse fewer rows than columns', () => {
    expect(() => diagonalGenerators([3], 2)).toThrow(RangeError);
  });
});

describe('the decomposition of M(k, d)', () => {
  it('is 2t + 3s + x + y under ΔS_d', () => {
    for (const d of [4, 5, 8])
      expect(decomposition([d], d)).toEqual({ t: 2, blocks: [{ s: 3, x: 1, y: 1 }], pairs: [] });
  });

  it('is 5t + 5s + x + y under ΔS_{d−1}', () => {
    const found = decomposition([6, 1], 7);
    expect([found.t, found.blocks[0]]).toEqual([5, { s: 5, x: 1, y: 1 }]);
    expect(found.blocks[1]).toEqual({ s: 0, x: 0, y: 0 });
  });

  it('follows the general rule for r blocks and e extra rows, and adds up to k·d', () => {
    for (const [parts, k] of [
      [[4, 2], 6],
      [[5, 3, 1], 10],
      [[2, 2], 4],
      [[3], 5],
      [[4, 4, 1], 11],
    ] as const) {
      const d = parts.reduce((a, b) => a + b, 0);
      const [r, e] = [parts.length, k - d];
      const { t, blocks, pairs } = decomposition(parts, k);
      expect(t).toBe(parts.reduce((sum, p) => sum + (p === 1 ? 1 : 2), 0) + r * (r - 1) + e * r);
      let total = t;
      parts.forEach((p, a) => {
        const { s, x, y } = blocks[a]!;
        expect(s).toBe(p === 1 ? 0 : 3 + 2 * (r - 1) + e - (p === 2 ? 1 : 0));
        expect([x, y]).toEqual([p < 3 ? 0 : 1, p < 4 ? 0 : 1]);
        total += s * (p - 1) + (x * (p - 1) * (p - 2)) / 2 + (y * p * (p - 3)) / 2;
      });
      for (const { a, b, count } of pairs) {
        expect(count).toBe(parts[a]! > 1 && parts[b]! > 1 ? 2 : 0);
        total += count * (parts[a]! - 1) * (parts[b]! - 1);
      }
      expect(total).toBe(k * d);
    }
  });
});
