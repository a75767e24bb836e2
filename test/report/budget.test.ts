/** Room is shared so that the small get what they want, the large get alike, and nothing is taken twice. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { budgetOf, fairShare, fitting } from '../../src/report/budget.ts';

const sizes = fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 });
const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);

describe('a budget', () => {
  test('gives what is left, or nothing', () => {
    const { take } = budgetOf(10);
    expect([take(6), take(5), take(4), take(1)]).toEqual([true, false, true, false]);
  });
});

describe('a fair share', () => {
  test('is no limit where all fit', () => {
    expect(fairShare([3, 4, 5], 12)).toBe(Infinity);
    expect(fairShare([], 0)).toBe(Infinity);
  });

  test('gives the large alike what the small leave', () => {
    expect(fairShare([1, 100, 100], 21)).toBe(10);
    expect(fairShare([10, 10], 0)).toBe(0);
    expect(fairShare([10], -5)).toBe(0);
  });

  test('never gives more than there is, nor leaves a byte for each unused', () => {
    fc.assert(
      fc.property(sizes, fc.nat(8000), (wanted, room) => {
        const share = fairShare(wanted, room);
        const given = sum(wanted.map((size) => Math.min(size, share)));
        expect(given).toBeLessThanOrEqual(Math.max(room, 0));
        if (share < Infinity) expect(given).toBeGreaterThan(room - wanted.length);
      }),
    );
  });
});

describe('what fits whole', () => {
  test('are the smallest, wherever they stand', () => {
    expect([...fitting([50, 3, 9, 4], 16)].sort()).toEqual([1, 2, 3]);
  });

  test('fits together', () => {
    fc.assert(
      fc.property(sizes, fc.nat(8000), (wanted, room) => {
        const chosen = fitting(wanted, room);
        expect(sum(wanted.filter((_, i) => chosen.has(i)))).toBeLessThanOrEqual(room);
        const least = Math.min(...wanted.filter((_, i) => !chosen.has(i)), Infinity);
        if (least < Infinity)
          expect(sum(wanted.filter((_, i) => chosen.has(i))) + least).toBeGreaterThan(room);
      }),
    );
  });
});
