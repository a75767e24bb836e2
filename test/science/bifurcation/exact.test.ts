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
import { countZeros } from '../../../src/science/bifurcation/sturm.ts';
import { minus, type Polynomial, times } from '../../../src/science/math/precision/integer-polynomial.ts';

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
