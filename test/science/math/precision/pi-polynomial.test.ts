import { describe, expect, it } from 'vitest';
import { piFixed } from '../../../../src/science/math/precision/fixed-angle.ts';
import { fixedField } from '../../../../src/science/math/precision/fixed-field.ts';
import { sum, times } from '../../../../src/science/math/precision/integer-polynomial.ts';
import {
  evaluate,
  factored,
  monomials,
  type PiPolynomial,
  powerOf,
} from '../../../../src/science/math/precision/pi-polynomial.ts';

const bits = 200;
const { add, mul, sub, one } = fixedField(bits);
const pi = piFixed(bits);

const gap = (x: bigint, y: bigint) => (x > y ? x - y : y - x);

describe('polynomials in π', () => {
  it('multiply and add as their values do', () => {
    const [p, q] = [
      [3n, -1n, 0n, 2n],
      [-5n, 4n],
    ];
    const value = (x: readonly bigint[]) => evaluate(x, pi, bits);
    expect(gap(value(times(p, q)), mul(value(p), value(q)))).toBeLessThan(1n << 12n);
    expect(gap(value(sum([p, q, q])), add(value(p), add(value(q), value(q))))).toBeLessThan(1n << 8n);
    expect(gap(value([0n, 0n, 1n]), mul(pi, pi))).toBeLessThan(1n << 4n);
  });

  it('have the value 0 without coefficients', () => {
    expect(evaluate([], pi, bits)).toBe(0n);
  });

  it('know powers', () => {
    expect(powerOf(2)).toEqual([0n, 0n, 1n]);
    expect(monomials(1, 2)).toEqual([powerOf(1), powerOf(2)]);
  });

  it('factor into content, powers of π, small roots, and a rest', () => {
    const p = [
      [0n, 0n, -6n],
      [-2n, 1n],
      [-2n, 1n],
      [1n, 1n],
      [5n, 0n, 1n],
    ].reduce<PiPolynomial>(times, [1n]);
    expect(factored(p)).toEqual({ content: -6n, shift: 2, roots: [-1n, 2n, 2n], rest: [5n, 0n, 1n] });
    expect(factored([4n])).toEqual({ content: 4n, shift: 0, roots: [], rest: [1n] });
  });

  it('agree with the field of fixed-point numbers on π itself', () => {
    expect(sub(evaluate([0n, 1n], pi, bits), pi)).toBe(0n);
    expect(evaluate([1n], pi, bits)).toBe(one);
  });
});
