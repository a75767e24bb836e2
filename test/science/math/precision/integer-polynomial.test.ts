import { describe, expect, it } from 'vitest';
import {
  constant,
  content,
  degree,
  dividedBy,
  dividedByRoot,
  gcd,
  isSame,
  minus,
  plus,
  polynomial,
  primitive,
  squareRoot,
  sum,
  times,
} from '../../../../src/science/math/precision/integer-polynomial.ts';

describe('polynomials with integer coefficients', () => {
  it('are added, subtracted and multiplied', () => {
    expect(times([1n, 1n], [-1n, 1n])).toEqual([-1n, 0n, 1n]);
    expect(plus([1n, 2n], [0n, -2n])).toEqual([1n]);
    expect(minus([1n, 2n], [1n, 2n])).toEqual([]);
    expect(times([], [1n])).toEqual([]);
  });

  it('have no zeros at the end, and zero has no coefficients', () => {
    expect(polynomial([1n, 0n, 2n, 0n, 0n])).toEqual([1n, 0n, 2n]);
    expect(
      sum([
        [1n, 2n],
        [-1n, -2n],
      ]),
    ).toEqual([]);
    expect(times([], [1n, 1n])).toEqual([]);
  });

  it('divide by x − r exactly or not at all', () => {
    const product = times([-2n, 1n], [7n, 0n, 3n]);
    expect(dividedByRoot(product, 2n)).toEqual([7n, 0n, 3n]);
    expect(dividedByRoot(product, 1n)).toBeUndefined();
    expect(dividedByRoot([0n, 0n, 4n], 0n)).toEqual([0n, 4n]);
  });

  it('have the greatest common divisor of their coefficients as content', () => {
    expect([content([12n, -18n]), content([]), gcd(-4n, 6n), gcd(0n, -3n)]).toEqual([6n, 0n, 2n, 3n]);
  });

  it('have a degree, −1 where they are zero', () => {
    expect([[], constant(0n), constant(4n), [0n, 0n, 3n]].map(degree)).toEqual([-1, -1, 0, 2]);
  });

  it('are the same by their coefficients', () => {
    expect(isSame([1n, 2n], [1n, 2n])).toBe(true);
    expect(isSame([1n, 2n], [1n, 3n])).toBe(false);
    expect(isSame([1n], [1n, 2n])).toBe(false);
  });

  it('divide by one another exactly or not at all', () => {
    const [p, q] = [
      [3n, -1n, 0n, 2n],
      [-5n, 4n, 7n],
    ];
    expect(dividedBy(times(p, q), q)).toEqual(p);
    expect(dividedBy(plus(times(p, q), [1n]), q)).toBeUndefined();
    expect(dividedBy([1n, 1n], [2n, 2n])).toBeUndefined();
    expect(dividedBy([], q)).toEqual([]);
  });

  it('are over their content primitive, with the signs they had', () => {
    expect(primitive([-6n, 0n, -4n])).toEqual([-3n, 0n, -2n]);
    expect([primitive([]), primitive([5n, 3n])]).toEqual([[], [5n, 3n]]);
  });

  it('have a square root with positive lead, or none', () => {
    const root = [-3n, 0n, 5n, 2n];
    const square = times(root, root);
    expect(squareRoot(square)).toEqual(root);
    expect(squareRoot(times([-1n], square))).toBeUndefined();
    expect(squareRoot(plus(square, [1n]))).toBeUndefined();
    expect(squareRoot([0n, 1n])).toBeUndefined();
  });
});
