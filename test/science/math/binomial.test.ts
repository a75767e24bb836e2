import { describe, expect, it } from 'vitest';
import { midP, rateInterval, rejected } from '../../../src/science/math/binomial.ts';

const choose = (n: number, k: number): bigint =>
  k < 0 || k > n
    ? 0n
    : Array.from({ length: k }).reduce<bigint>((c, _, i) => (c * BigInt(n - i)) / BigInt(i + 1), 1n);

/** All tables with the margins of a 2x2 table of small counts, as exact fractions over a common denominator. */
function exactMidP(a: { hits: number; trials: number }, b: { hits: number; trials: number }): number {
  const hits = a.hits + b.hits;
  const ways = (x: number) => choose(a.trials, x) * choose(b.trials, hits - x);
  const observed = ways(a.hits);
  let twice = 0n;
  for (let x = 0; x <= hits; x++)
    twice += ways(x) < observed ? 2n * ways(x) : ways(x) === observed ? observed : 0n;
  return Number((twice * 10n ** 18n) / (2n * choose(a.trials + b.trials, hits))) / 1e18;
}

describe('the comparison of two counts', () => {
  it('is the exact mid-p value of small tables', () => {
    expect(midP({ hits: 3, trials: 4 }, { hits: 1, trials: 4 })).toBeCloseTo(18 / 70, 15);
    for (const [p, m, q, n] of [
      [0, 5, 4, 5],
      [2, 7, 6, 9],
      [10, 30, 3, 40],
      [12, 12, 0, 9],
      [1, 100, 9, 80],
    ] as const) {
      const tables = [
        { hits: p, trials: m },
        { hits: q, trials: n },
      ] as const;
      expect(midP(...tables)).toBeCloseTo(exactMidP(...tables), 13);
    }
  });

  it('is the same whichever sample comes first, and for misses as for hits', () => {
    const [a, b] = [
      { hits: 126, trials: 1000 },
      { hits: 57, trials: 300 },
    ];
    expect(midP(a, b)).toBeCloseTo(midP(b, a), 14);
    expect(midP({ hits: 874, trials: 1000 }, { hits: 243, trials: 300 })).toBeCloseTo(midP(a, b), 12);
  });

  it('is near the normal approximation for large counts', () => {
    const found = midP({ hits: 346, trials: 1000 }, { hits: 388, trials: 1000 });
    // z = (388 − 346) / √(2 · 1000 · 0.367 · 0.633) = 1.9486, two-sided 0.0513.
    expect(found).toBeGreaterThan(0.0503);
    expect(found).toBeLessThan(0.0523);
  });

  it('sees no difference in equal or empty counts, and every difference in opposite ones', () => {
    expect(midP({ hits: 0, trials: 50 }, { hits: 0, trials: 1000 })).toBe(0.5);
    expect(midP({ hits: 500, trials: 1000 }, { hits: 500, trials: 1000 })).toBeGreaterThan(0.9);
    expect(midP({ hits: 0, trials: 1000 }, { hits: 1000, trials: 1000 })).toBeLessThan(1e-250);
  });

  it('is uniform enough: at equal rates small values are as rare as they say', () => {
    // The sum over all tables of their probability, where midP ≤ 0.05, for 40 and 40 trials at rate 1/2.
    const weights = [1];
    for (let k = 1; k <= 40; k++) weights.push((weights[k - 1]! * (41 - k)) / k);
    const total = weights.reduce((sum, x) => sum + x, 0);
    let reject = 0;
    for (let a = 0; a <= 40; a++)
      for (let b = 0; b <= 40; b++)
        if (midP({ hits: a, trials: 40 }, { hits: b, trials: 40 }) <= 0.05)
          reject += (weights[a]! / total) * (weights[b]! / total);
    expect(reject).toBeGreaterThan(0.03);
    expect(reject).toBeLessThan(0.065);
  });

  it('refuses what is no count', () => {
    for (const hits of [-1, 11, 0.5, Number.NaN])
      expect(() => midP({ hits, trials: 10 }, { hits: 1, trials: 10 })).toThrow(RangeError);
  });
});

describe('rejection at a familywise error', () => {
  it('steps down from the least value with a growing level', () => {
    expect(rejected([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([3, 0]);
    expect(rejected([0.02, 0.02, 0.02], 0.05)).toEqual([]);
    expect(rejected([0.01, 0.02, 0.05], 0.05)).toEqual([0, 1, 2]);
    expect(rejected([], 0.05)).toEqual([]);
  });
});

describe('the interval of a rate', () => {
  it('solves the quadratic equation that defines it', () => {
    for (const count of [
      { hits: 3, trials: 1000 },
      { hits: 126, trials: 1000 },
      { hits: 9, trials: 10 },
    ])
      for (const rate of Object.values(rateInterval(count, 1.96))) {
        const distance = Math.abs(count.hits / count.trials - rate);
        expect(distance).toBeCloseTo(1.96 * Math.sqrt((rate * (1 - rate)) / count.trials), 13);
      }
  });

  it('ends at 0 and 1 where nothing or everything was a hit', () => {
    expect(rateInterval({ hits: 0, trials: 10 }, 2).low).toBe(0);
    expect(rateInterval({ hits: 10, trials: 10 }, 2).high).toBe(1);
    expect(() => rateInterval({ hits: 0, trials: 0 }, 2)).toThrow('no rate without trials');
  });
});
