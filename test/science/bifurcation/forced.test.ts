import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { choose } from '../../../src/science/bifurcation/branches.ts';
import { balance, curvesOf, jet, pointAt } from '../../../src/science/bifurcation/curves.ts';
import { census, forced } from '../../../src/science/bifurcation/forced.ts';
import { type Real, isolate } from '../../../src/science/bifurcation/isolate.ts';
import { tailSign } from '../../../src/science/bifurcation/tails.ts';
import { equilibrium, field } from '../../../src/science/bifurcation/vector-field.ts';
import { atan2 } from '../../../src/science/math/elementary.ts';
import { directedDouble } from '../../../src/science/math/precision/directed-double.ts';
import { doubleField } from '../../../src/science/math/precision/field.ts';
import { intervalField } from '../../../src/science/math/precision/interval-field.ts';

const F = doubleField(atan2);
const I = intervalField(directedDouble);
const c5 = [-7, -3, 1, 4, 5].map((entry) => entry / 256);
const everywhere = { lambda: 0.5, radius: Infinity };

describe('the curves of equilibria', () => {
  test('consist of zeros of the field', () => {
    for (const beta of [0, 0.7])
      for (const curve of curvesOf(c5, beta))
        for (const s of [-2, -0.3, 0, 0.01, 1.5]) {
          const x = pointAt(F, curve, s);
          const { lambda } = jet(F, curve, s);
          for (const entry of field({ n: 5, lambda, beta, c: c5 }, x))
            expect(Math.abs(entry)).toBeLessThan(1e-12);
        }
  });

  test('have the derivatives that differences give', () => {
    const h = 1e-5;
    for (const beta of [0, 0.7])
      for (const curve of curvesOf(c5, beta))
        for (const s of [-0.4, 0.05, 0.9]) {
          const [behind, here, ahead] = [s - h, s, s + h].map((at) => jet(F, curve, at)) as [
            typeof one,
            typeof one,
            typeof one,
          ];
          expect(Math.abs((ahead.lambda - behind.lambda) / (2 * h) - here.slope)).toBeLessThan(1e-6);
          expect(Math.abs((ahead.slope - behind.slope) / (2 * h) - here.bend)).toBeLessThan(1e-5);
        }
  });
  const one = jet(F, curvesOf(c5, 0)[0]!, 0);

  test('refuse a c that is not centred or not generic', () => {
    expect(() => curvesOf([1, 2, -2], 0)).toThrow(/sum/);
    expect(() => curvesOf([1, 1, -2], 0)).toThrow(/twice/);
    // 0.1 + 0.2 − (0.1 + 0.2) is 0 in doubles, but the sum of these three doubles is not.
    expect(() => curvesOf([0.1, 0.2, -(0.1 + 0.2)], 0)).toThrow(/no doubles/);
  });

  test('keep the sign of their slope beyond a proved parameter', () => {
    for (const c of [c5, [-5, -1, 2, 4]])
      for (const curve of curvesOf(c, 0))
        for (const side of [1, -1] as const) {
          const sign = tailSign(curve, 64, side);
          expect(sign).not.toBe(0);
          for (const s of [64, 200, 5000]) expect(Math.sign(jet(F, curve, side * s).slope)).toBe(sign);
        }
  });

  test('may not be told the sign of a slope that changes beyond the parameter', () => {
    const folded = curvesOf(c5, 0).find((curve) => balance(curve) === 4)!;
    expect(tailSign(folded, 0.001, -1)).toBe(0);
  });
});

describe('isolation', () => {
  const cubic = (level: number) => ({
    value: (s: Real) => I.sub(I.mul(s, I.sub(I.mul(s, s), I.one)), I.fromNumber(level)),
    slope: (s: Real) => I.sub(I.scale(I.mul(s, s), 3), I.one),
  });

  test('finds all three zeros of s³ − s and no others', () => {
    const { zeros, unknown } = isolate(cubic(0), -3, 2.5);
    expect(unknown).toEqual([]);
    expect(zeros).toHaveLength(3);
    [-1, 0, 1].forEach((zero, i) => {
      expect(zeros[i]!.lo).toBeLessThanOrEqual(zero);
      expect(zeros[i]!.hi).toBeGreaterThanOrEqual(zero);
      expect(zeros[i]!.hi - zeros[i]!.lo).toBeLessThan(1e-12);
    });
  });

  test('finds the one zero beyond the turning values', () => {
    expect(isolate(cubic(0.39), -3, 2.5).zeros).toHaveLength(1);
    expect(isolate(cubic(0.38), -3, 2.5).zeros).toHaveLength(3);
  });

  test('says that it does not know about a double zero', () => {
    const square = { value: (s: Real) => I.mul(s, s), slope: (s: Real) => I.scale(s, 2) };
    const { zeros, unknown } = isolate(square, -1, 1.5);
    expect(zeros).toEqual([]);
    expect(unknown.some(({ lo, hi }) => lo <= 0 && hi >= 0)).toBe(true);
  });
});

describe('forced symmetry breaking', () => {
  test('of odd n has C(n−1, (n−1)/2) crossing curves, and equally many folds at λ < 0 and λ > 0', () => {
    for (const c of [
      [-3, 1, 2],
      [-7, -3, 1, 4, 5],
    ]) {
      const n = c.length;
      const found = census(
        forced(
          c.map((entry) => entry / 256),
          0,
          everywhere,
        ),
      );
      const crossing = choose(n - 1, (n - 1) / 2);
      const folds = (2 ** (n - 1) - crossing) / 2;
      expect(found).toMatchObject({ curves: 2 ** (n - 1), crossing, foldsBelow: folds, foldsAbove: folds });
      expect(found).toMatchObject({
        certified: true,
        minimal: true,
        solutionsBelow: 2 ** (n - 1),
        solutionsAbove: 2 ** (n - 1),
      });
    }
  });

  test('of n = 4 with a cubic term has as many equilibria as the branches and 0 have', () => {
    const c = [-5, -1, 2, 4].map((entry) => entry / 65536);
    const found = census(forced(c, 1, { lambda: 0.03125, radius: 0.25 }));
    expect(found).toMatchObject({
      crossing: 3,
      foldsBelow: 1,
      foldsAbove: 4,
      solutionsBelow: 5,
      solutionsAbove: 11,
    });
    expect(found).toMatchObject({ certified: true, minimal: true });
  });

  test('makes a sink only together with the fold that ends it at λ < 0', () => {
    const reports = forced(c5, 0, everywhere);
    const sinks = reports.filter(({ below }) => below.some(({ negative }) => negative === 4));
    expect(sinks).toHaveLength(1);
    expect(sinks[0]!.folds.map(({ lambda, positive }) => [Math.sign(lambda), positive])).toEqual([[-1, 0]]);
    expect(census(reports)).toMatchObject({ sinksBelow: 1, sinksAbove: 0 });
  });

  test('may have more folds than the minimal model', () => {
    const found = census(
      forced(
        [-600, -601, 400, 399, 402].map((entry) => entry / 65536),
        0,
        everywhere,
      ),
    );
    expect(found).toMatchObject({
      crossing: 4,
      foldsBelow: 7,
      foldsAbove: 7,
      certified: true,
      minimal: false,
    });
  });

  test('has every equilibrium that Newton’s method finds, and Newton’s method finds each', () => {
    const stream = randomStream('17'.repeat(16));
    for (const lambda of [-0.5, -0.1, 0.5]) {
      const reports = forced(c5, 0, { lambda: Math.abs(lambda), radius: Infinity });
      const proved = reports.flatMap(({ below, above }) => (lambda < 0 ? below : above).map(({ x }) => x));
      const hit = new Set<number>();
      for (let run = 0; run < 600; run++) {
        const start = Array.from({ length: 5 }, () => 4 * lambda * (stream.uniform() - 0.5));
        const { status, x } = equilibrium({ n: 5, lambda, beta: 0, c: c5 }, start);
        if (status !== 'converged') continue;
        const which = proved.findIndex((one) => one.every((entry, i) => Math.abs(entry - x[i]!) < 1e-8));
        expect(which).toBeGreaterThanOrEqual(0);
        hit.add(which);
      }
      expect(hit.size).toBe(proved.length);
    }
  });

  test('refuses a cubic term without a bound on |x|', () => {
    expect(() => forced(c5, 1, everywhere)).toThrow(/window/);
  });
});
