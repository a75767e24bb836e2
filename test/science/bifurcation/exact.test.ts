import { describe, expect, test } from 'vitest';
import { exactChecks } from '../../../src/science/bifurcation/exact-check.ts';
import { exactCount } from '../../../src/science/bifurcation/exact-count.ts';
import {
  exactColumns,
  exactRow,
  exactSummaryColumns,
  exactSummaryRow,
} from '../../../src/science/bifurcation/exact-tables.ts';
import { forced } from '../../../src/science/bifurcation/forced.ts';
import {
  countZeros,
  minus,
  plus,
  type Polynomial,
  times,
} from '../../../src/science/bifurcation/polynomial.ts';

/** (x − r₁)(x − r₂)… */
const withZeros = (...zeros: readonly bigint[]): Polynomial =>
  zeros.reduce<Polynomial>((product, zero) => times(product, [-zero, 1n]), [1n]);

describe('polynomials over the integers', () => {
  test('are added, subtracted and multiplied', () => {
    expect(times([1n, 1n], [-1n, 1n])).toEqual([-1n, 0n, 1n]);
    expect(plus([1n, 2n], [0n, -2n])).toEqual([1n]);
    expect(minus([1n, 2n], [1n, 2n])).toEqual([]);
    expect(times([], [1n])).toEqual([]);
  });

  test('have the real zeros that they were made with, each counted once', () => {
    expect(countZeros(withZeros(-7n, 0n, 1n, 2n, 3n))).toEqual({ real: 5, all: 5 });
    expect(countZeros(withZeros(2n, 2n, 2n, 5n))).toEqual({ real: 2, all: 2 });
    // (x² + 1)(x − 4)(x + 3).
    expect(countZeros(times([1n, 0n, 1n], withZeros(4n, -3n)))).toEqual({ real: 2, all: 4 });
    expect(countZeros([5n])).toEqual({ real: 0, all: 0 });
    expect(() => countZeros([])).toThrow(/everywhere/);
  });

  test('tell zeros apart that doubles would not', () => {
    const far = 10n ** 30n;
    expect(countZeros(withZeros(far, far + 1n)).real).toBe(2);
    expect(countZeros(plus(times([-far, 1n], [-far, 1n]), [1n])).real).toBe(0);
  });
});

describe('the exact count', () => {
  test('of n = 3 is that of the quartic written by hand', () => {
    // c = (−3, 1, 2), λ = 20: (60 − y)² − (y² + 20) − (y² + 4) = ±2 √((y² + 20)(y² + 4)) squared.
    const inner: Polynomial = [3600n - 24n, -120n, -1n];
    const quartic = minus(times(inner, inner), times([80n, 0n, 4n], [4n, 0n, 1n]));
    const { real, degree, distinct } = exactCount(20, [-3, 1, 2], 1);
    expect({ real, all: distinct }).toEqual(countZeros(quartic));
    expect(degree).toBe(4);
  });

  test('of odd n has 2^(n−1) complex equilibria (Bézout), all real far from λ = 0', () => {
    for (const c of [
      [-3, 1, 2],
      [-7, -3, 1, 4, 5],
    ]) {
      const all = 2 ** (c.length - 1);
      for (const lambda of [-200, 200])
        expect(exactCount(lambda, c, 1)).toEqual({ real: all, degree: all, distinct: all });
    }
  });

  test('of n = 4 lacks the three at infinity', () => {
    expect(exactCount(200, [-5, -1, 2, 4], 1)).toEqual({ real: 5, degree: 5, distinct: 5 });
  });

  test('refuses what it is not made for', () => {
    expect(() => exactCount(1, [1, 1], 1)).toThrow(/sum/);
    expect(() => exactCount(1, [-2, 1, 1], 1)).toThrow(/twice/);
    expect(() => exactCount(0.5, [-1, 1], 1)).toThrow(/integers/);
  });
});

describe('the curves against the exact count', () => {
  const c = [-3, 1, 2];
  const checks = exactChecks(c, 256);

  test('give the same number between all folds, and two more or fewer from one fold to the next', () => {
    expect(checks.map(({ curves, certified }) => [curves, certified])).toEqual(
      checks.map(({ exact }) => [exact, true]),
    );
    expect(checks.map(({ exact }) => exact)).toEqual([4, 2, 2, 4]);
    expect(exactSummaryRow('n3', checks)).toEqual(['n3', 3, 4, 0, 4, 4, true]);
  });

  test('would show a curve that was left out', () => {
    const reports = forced(
      c.map((entry) => entry / 256),
      0,
      { lambda: 0.5, radius: Infinity },
    );
    const real = exactCount(-128, c, 256).real + exactCount(128, c, 256).real;
    const count = (kept: typeof reports) => kept.flatMap(({ below, above }) => [...below, ...above]).length;
    expect(count(reports)).toBe(real);
    for (const left of reports) expect(count(reports.filter((report) => report !== left))).toBeLessThan(real);
    const wrong = checks.map((check) => ({ ...check, curves: check.curves - 1 }));
    expect(exactSummaryRow('n3', wrong)[exactSummaryColumns.indexOf('disagreeing')]).toBe(4);
  });

  test('fill their tables', () => {
    for (const check of checks) expect(exactRow('n3', check)).toHaveLength(exactColumns.length);
    expect(exactSummaryRow('n3', checks)).toHaveLength(exactSummaryColumns.length);
  });
});
