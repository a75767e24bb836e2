/** Distances in units in the last place. */
import { expect, test } from 'vitest';
import { ulpsBetween } from '../../src/base/ulp.ts';

test.each([
  [1, 1, 0],
  [0, -0, 0],
  [1, 1 + Number.EPSILON, 1],
  [1, 1 - Number.EPSILON / 2, 1],
  [Number.MIN_VALUE, -Number.MIN_VALUE, 2],
  [1, 2, 2 ** 52],
  [-1, -2, 2 ** 52],
])('between %d and %d lie %d', (a, b, expected) => {
  expect(ulpsBetween(a, b)).toBe(expected);
  expect(ulpsBetween(b, a)).toBe(expected);
});
