import { describe, expect, it } from 'vitest';
import { fromRows } from '../../../src/science/math/matrix.ts';
import { bracket, pairOf } from '../../../src/science/network/pair.ts';
import { measureRows, RowError } from '../../../src/science/network/rows.ts';
import * as oracle from '../../support/network-oracle.ts';
import { gaussian } from './samples.ts';

/** The pair of two rows, from one matrix each. */
function pair(w: number[], v: number[]) {
  return pairOf(measureRows(fromRows([w]), 'w'), 0, measureRows(fromRows([v]), 'v'), 0);
}

/** A row at the angle whose tangent of the half is t: (1 − t², 2t), exact for t = 2^-m. */
const turned = (t: number) => [1 - t * t, 2 * t];

describe('the angle of a pair', () => {
  const halves = [2 ** -26, 2 ** -12, 2 ** -4, 0.25, 0.5, 1, 2, 4, 16, 2 ** 12, 2 ** 26];

  it('has sine and cosine of small relative error from 0 to π', () => {
    for (const t of halves) {
      const { sine, cosine } = pair([1, 0], turned(t));
      expect(Math.abs(sine / ((2 * t) / (1 + t * t)) - 1)).toBeLessThan(1e-15);
      expect(Math.abs(cosine - (1 - t * t) / (1 + t * t))).toBeLessThan(3e-16);
    }
  });

  it('has a supplement of small relative error even where it is nearly 0', () => {
    for (const t of halves) {
      // π − 2 atan t = 2 atan(1/t), and for large t that is 2/t − 2/3t³ + …
      const { supplement } = pair([1, 0], turned(t));
      const exact = t > 1e3 ? 2 / t - 2 / (3 * t * t * t) : Math.PI - 2 * Math.atan(t);
      expect(Math.abs(supplement / exact - 1)).toBeLessThan(2e-15);
    }
  });

  it('is exactly 0 and π for multiples of one row by powers of two', () => {
    const row = [0.3, -0.7, 0.2];
    expect(
      pair(
        row,
        row.map((x) => 4 * x),
      ),
    ).toMatchObject({ sine: 0, difference: 0 });
    expect(
      pair(
        row,
        row.map((x) => -0.5 * x),
      ),
    ).toMatchObject({ sine: 0, supplement: 0, sum: 0 });
  });

  it('is symmetric', () => {
    const rows = measureRows(gaussian(2, 5, 700), 'rows');
    expect(pairOf(rows, 0, rows, 1)).toEqual(pairOf(rows, 1, rows, 0));
  });
});

describe('the bracket sin θ + (π − θ) cos θ', () => {
  it('has the digits of the integers, by its series and beyond', () => {
    for (const t of [1e-9, 0.01, 0.5, 1, 1.7, 1.82, 1.83, 1.84, 2, 3, 10, 1e4, 1e8]) {
      const row = turned(t);
      const exact = oracle.rounded(oracle.scaledKernel([1, 0].map(oracle.exact), row.map(oracle.exact)));
      const length = Math.sqrt(row[0]! * row[0]! + row[1]! * row[1]!);
      expect(Math.abs((bracket(pair([1, 0], row)) * length) / exact - 1)).toBeLessThan(4e-15);
    }
  });

  it('runs from π at θ = 0 to 0 at θ = π, falling', () => {
    expect(bracket(pair([1, 0], [2, 0]))).toBe(Math.PI);
    expect(bracket(pair([1, 0], [-2, 0]))).toBe(0);
    const values = Array.from({ length: 200 }, (_, i) => bracket(pair([1, 0], turned((i + 1) / 40))));
    values.slice(1).forEach((value, i) => expect(value).toBeLessThan(values[i]!));
  });
});

const refuse = (row: number[]) => () => measureRows(fromRows([[1, 0], row]), 'student');

describe('measured rows', () => {
  it('have lengths and unit rows', () => {
    const { count, width, lengths, units } = measureRows(
      fromRows([
        [3, 4],
        [0, -2],
      ]),
      'rows',
    );
    expect([count, width, ...lengths]).toEqual([2, 2, 5, 2]);
    expect([...units]).toEqual([0.6, 0.8, 0, -1]);
  });

  it('are refused where a row has no direction, with the row and the matrix', () => {
    expect(refuse([0, 0])).toThrow(RowError);
    expect(refuse([0, 1e-160])).toThrow('row 1 of the student is zero: the loss has no derivative there');
    expect(refuse([Infinity, 0])).toThrow('row 1 of the student is not finite');
    expect(refuse([0, 1e160])).toThrow('row 1 of the student is not finite');
    expect(refuse([1e-140, 0])).not.toThrow();
  });
});
