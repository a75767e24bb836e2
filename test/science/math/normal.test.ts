/** Normal numbers: pinned bits, moments, tails, independence. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { erf } from '../../../src/science/math/elementary.ts';
import { fillNormals, normal } from '../../../src/science/math/normal.ts';

const seed = '0123456789abcdef0123456789abcdef';
const count = 400_000;
const values = fillNormals(randomStream(seed), count);

const mean = (f: (x: number) => number) => values.reduce((sum, x) => sum + f(x), 0) / count;
/** Five standard deviations of a mean of `count` numbers of this variance. */
const fiveSigma = (variance: number) => 5 * Math.sqrt(variance / count);

describe('fillNormals', () => {
  it('begins with the pinned numbers', () => {
    expect([...values.subarray(0, 6)]).toEqual([
      1.5642130994995584, 0.25020320894061077, 0.39629612825157834, -0.5002282421341313, -0.9234874783122964,
      1.049108508626634,
    ]);
    expect(values[count - 1]).toBe(1.4206168868343225);
  });

  it('has the moments of the normal distribution', () => {
    expect(Math.abs(mean((x) => x))).toBeLessThan(fiveSigma(1));
    expect(Math.abs(mean((x) => x * x) - 1)).toBeLessThan(fiveSigma(2));
    expect(Math.abs(mean((x) => x ** 3))).toBeLessThan(fiveSigma(15));
    expect(Math.abs(mean((x) => x ** 4) - 3)).toBeLessThan(fiveSigma(96));
    expect(Math.abs(mean((x) => x ** 6) - 15)).toBeLessThan(fiveSigma(10170));
  });

  it('has its tails on both sides', () => {
    for (const limit of [0.1, 0.5, 1, 2, 3, 4]) {
      const expected = (1 - erf(limit / Math.SQRT2)) / 2;
      const tolerance = fiveSigma(expected * (1 - expected));
      expect(Math.abs(mean((x) => (x > limit ? 1 : 0)) - expected)).toBeLessThan(tolerance);
      expect(Math.abs(mean((x) => (x < -limit ? 1 : 0)) - expected)).toBeLessThan(tolerance);
    }
  });

  it('follows the distribution function everywhere (Kolmogorov and Smirnov)', () => {
    const sorted = values.slice().sort();
    let gap = 0;
    sorted.forEach((x, i) => {
      const below = (1 + erf(x / Math.SQRT2)) / 2;
      gap = Math.max(gap, Math.abs(below - i / count), Math.abs(below - (i + 1) / count));
    });
    // 1.95 / sqrt(n) is exceeded once in a thousand
    expect(gap * Math.sqrt(count)).toBeLessThan(1.95);
    expect(gap).toBeGreaterThan(0);
  });

  it('neighbours are uncorrelated, both of a pair and of different pairs', () => {
    for (const lag of [1, 2, 3]) {
      let sum = 0;
      for (let i = lag; i < count; i++) sum += (values[i] as number) * (values[i - lag] as number);
      expect(Math.abs(sum / count)).toBeLessThan(fiveSigma(1));
    }
  });

  it('is a prefix of what a longer call gives', () => {
    for (const n of [0, 1, 2, 7, 100]) expect(fillNormals(randomStream(seed), n)).toEqual(values.slice(0, n));
  });

  it('refuses a count that is none', () => {
    for (const bad of [-1, 1.5, Number.NaN])
      expect(() => fillNormals(randomStream(seed), bad)).toThrow(RangeError);
  });
});

describe('normal', () => {
  it('gives the first of each pair, and so the first of fillNormals', () => {
    const stream = randomStream(seed);
    expect(normal(stream)).toBe(values[0]);
    expect(normal(stream)).toBe(values[2]);
  });

  it('differs between streams', () => {
    const stream = randomStream(seed);
    expect(normal(stream.split(0))).not.toBe(normal(stream.split(1)));
  });
});
