import { describe, expect, it } from 'vitest';
import { fixedField } from '../../../src/science/math/precision/fixed-field.ts';
import { numberOf } from '../../../src/science/math/precision/fixed.ts';
import { coefficients, isZero } from '../../../src/science/series/extrapolate.ts';

const grid = { bits: 900, step: 40, nodes: 18 };
const { add, sub, mul, div, sqrt, fromNumber, one } = fixedField(grid.bits);

const cube = (t: bigint) => mul(t, mul(t, t));

/** The samples of a function of t. */
function samples(f: (t: bigint) => bigint): bigint[] {
  return Array.from({ length: grid.nodes }, (_, i) =>
    f((BigInt(i + 1) << BigInt(grid.bits)) >> BigInt(grid.step)),
  );
}

const read = (f: (t: bigint) => bigint, terms: number) =>
  coefficients(samples(f), grid, terms).map((c) => [
    c.power,
    isZero(c, grid) ? 0 : numberOf(c.value, grid.bits),
  ]);

describe('the coefficients of a series', () => {
  it('are read off a rational function', () => {
    expect(read((t) => div(one, sub(one, t)), 6)).toEqual([0, 1, 2, 3, 4, 5].map((power) => [power, 1]));
  });

  it('start at the leading power, which may be negative or positive', () => {
    expect(read((t) => add(div(fromNumber(3), mul(t, t)), t), 4)).toEqual([
      [-2, 3],
      [-1, 0],
      [0, 0],
      [1, 1],
    ]);
    expect(read((t) => div(cube(t), add(one, t)), 3)).toEqual([
      [3, 1],
      [4, -1],
      [5, 1],
    ]);
  });

  it('are right to the digits stated', () => {
    // √(1 + t) = Σ binomial(1/2, m) t^m
    const list = coefficients(
      samples((t) => sqrt(add(one, t))),
      grid,
      9,
    );
    let exact = one;
    for (const { power, value, bits } of list) {
      const error = value > exact ? value - exact : exact - value;
      expect(error < 1n << BigInt(grid.bits - bits)).toBe(true);
      expect(bits).toBeGreaterThan(200);
      exact = div(mul(exact, fromNumber(0.5 - power)), fromNumber(power + 1));
    }
  });

  it('tell zero from small', () => {
    const [first, second] = coefficients(
      samples((t) => add(one, mul(t, t))),
      grid,
      3,
    );
    expect([isZero(first!, grid), isZero(second!, grid)]).toEqual([false, true]);
    const tiny = fromNumber(1e-30);
    expect(
      isZero(
        coefficients(
          samples((t) => add(one, mul(tiny, t))),
          grid,
          2,
        )[1]!,
        grid,
      ),
    ).toBe(false);
  });

  it('of the zero function are one zero', () => {
    expect(read(() => 0n, 5)).toEqual([[0, 0]]);
  });
});
