import { describe, expect, it } from 'vitest';
import { parseDecimal, enclose } from '../../../src/science/certificate/decimal.ts';
import { countBelow, proveZero, type Range, tighten } from '../../../src/science/certificate/proof.ts';
import { problemAt } from '../../../src/science/family/branch.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import { branchOf } from '../../../src/science/family/families.ts';
import { gradientAt } from '../../../src/science/family/gradient.ts';
import { directedFixed } from '../../../src/science/math/precision/directed-fixed.ts';
import { intervalField } from '../../../src/science/math/precision/interval-field.ts';
import { around, sign } from '../../../src/science/math/precision/interval.ts';

const bits = 200;
const ends = directedFixed(bits);
const field = intervalField(ends);
const branch = branchOf('II');
const d = 9;
const problem = problemAt(field, branch, enclose(parseDecimal(d), bits));
const values = criticalPoint({ family: 'II', d }).entries.map(({ value }) => value);

/** The box of half-width `radius` around the computed entries, moved by `shift`. */
function box(radius: number, shift = 0): Range[] {
  return values.map((value) => ({
    lo: around(ends, value + shift - radius).lo,
    hi: around(ends, value + shift + radius).hi,
  }));
}

describe('the test of Krawczyk', () => {
  it('proves the zero in small and in generous boxes, and gives a box inside', () => {
    for (const radius of [1e-14, 1e-10, 1e-5]) {
      const proved = proveZero(ends, problem, box(radius))!;
      expect(proved.contraction).toBeLessThan(0.2);
      proved.box.forEach(({ lo, hi }, i) => {
        const outer = box(radius)[i]!;
        expect(outer.lo < lo && hi < outer.hi).toBe(true);
      });
    }
  });

  it('proves nothing where there is no zero, and nothing on a box that is too wide', () => {
    expect(proveZero(ends, problem, box(1e-8, 1e-6))).toBeUndefined();
    expect(proveZero(ends, problem, box(0.05))).toBeUndefined();
  });

  it('tightens a box to the digits of the arithmetic, around a zero of the gradient', () => {
    const proved = proveZero(ends, problem, box(1e-10))!;
    const state = tighten(ends, problem, proved.box);
    for (const slope of gradientAt(state)) {
      expect(sign(ends, slope)).toBe(0);
      expect(ends.toNumber(slope.hi - slope.lo)).toBeLessThan(1e-50);
    }
  });

  it('covers a range of d at once', () => {
    const middle = enclose(parseDecimal(d), bits);
    const width = 1n << BigInt(bits - 80);
    const wide = problemAt(field, branch, { lo: middle.lo - width, hi: middle.hi + width });
    expect(proveZero(ends, wide, box(1e-10))).toBeDefined();
  });
});

const number = (x: number) => around(ends, x);

describe('the count of eigenvalues below a bound', () => {
  const matrix = [
    [2, 1, 0],
    [1, -1, 3],
    [0, 3, 0.5],
  ].map((row) => row.map(number));

  it('is that of the matrix: eigenvalues −3.457…, 1.768…, 3.188…', () => {
    const counts = [-4, -3, 0, 1.9, 3.1, 3.2].map((bound) => countBelow(ends, field, matrix, number(bound)));
    expect(counts).toEqual([0, 1, 1, 2, 2, 3]);
  });

  it('is unknown where a pivot may vanish', () => {
    const singular = [
      [1, 1],
      [1, 1],
    ].map((row) => row.map(number));
    expect(countBelow(ends, field, singular, number(0))).toBeUndefined();
    const vague = [[{ lo: -1n, hi: 1n }]];
    expect(countBelow(ends, field, vague, field.zero)).toBeUndefined();
  });
});
