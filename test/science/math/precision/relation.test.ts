import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/base/random.ts';
import { piFixed } from '../../../../src/science/math/precision/fixed-angle.ts';
import { fixedField } from '../../../../src/science/math/precision/fixed-field.ts';
import { reduceLattice } from '../../../../src/science/math/precision/lattice.ts';
import { findRelation } from '../../../../src/science/math/precision/relation.ts';
import { randomInteger } from './random.ts';

const random = randomStream('29f0c3b8d7e6a51429f0c3b8d7e6a514');

/** The determinant by Bareiss's fraction-free elimination. */
function determinant(rows: readonly (readonly bigint[])[]): bigint {
  const m = rows.map((row) => [...row]);
  let previous = 1n;
  let sign = 1n;
  for (let k = 0; k < m.length - 1; k++) {
    const pivot = m.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivot < 0) return 0n;
    if (pivot !== k) [m[k], m[pivot], sign] = [m[pivot]!, m[k]!, -sign];
    for (let i = k + 1; i < m.length; i++)
      for (let j = k + 1; j < m.length; j++)
        m[i]![j] = (m[i]![j]! * m[k]![k]! - m[i]![k]! * m[k]![j]!) / previous;
    previous = m[k]![k]!;
  }
  return sign * m.at(-1)!.at(-1)!;
}

const norm = (row: readonly bigint[]) => row.reduce((sum, x) => sum + x * x, 0n);

describe('a reduced basis', () => {
  it('spans the same lattice: equal determinant, and rows no longer than 1.5^n of the volume allows', () => {
    for (let n = 2; n < 8; n++) {
      const rows = Array.from({ length: n }, () =>
        Array.from({ length: n }, () => randomInteger(random, 40)),
      );
      const reduced = reduceLattice(rows);
      const [before, after] = [determinant(rows), determinant(reduced)];
      expect(after === before || after === -before).toBe(true);
      // |b₁|² ≤ 1.35^(n−1) det^(2/n) for the constant 99/100.
      const volume = Number(before < 0n ? -before : before);
      expect(Number(norm(reduced[0]!)) ** (n / 2) / volume).toBeLessThan(1.35 ** ((n * (n - 1)) / 2) * 1.01);
    }
  });

  it('finds the shortest vector of a small lattice', () => {
    const reduced = reduceLattice([
      [1n, 1n, 1n],
      [-1n, 0n, 2n],
      [3n, 5n, 6n],
    ]);
    expect(reduced.map(norm)).toEqual([1n, 2n, 5n]);
  });

  it('is refused for dependent rows', () => {
    expect(() =>
      reduceLattice([
        [1n, 2n],
        [2n, 4n],
      ]),
    ).toThrow(RangeError);
  });
});

describe('an integer relation', () => {
  const bits = 300;
  const { add, mul, div, sqrt, fromNumber, pi, one } = fixedField(bits);

  it('is found where there is one', () => {
    // 3π² − 7π + 11 − 5x = 0
    const square = mul(pi, pi);
    const x = div(
      add(add(mul(fromNumber(3), square), mul(fromNumber(-7), pi)), fromNumber(11)),
      fromNumber(5),
    );
    const found = findRelation([x, one, pi, square], bits);
    const leading = found!.coefficients[0]! < 0n ? 1n : -1n;
    expect(found!.coefficients.map((c) => c * leading)).toEqual([-5n, 11n, -7n, 3n]);
    expect(found!.bits).toBeGreaterThan(280);
    expect(found!.spent).toBeLessThan(20);
  });

  it('is found for the minimal polynomial of an algebraic number', () => {
    const x = add(sqrt(fromNumber(2)), sqrt(fromNumber(3)));
    const powers = [one, x, mul(x, x), mul(x, mul(x, x)), mul(mul(x, x), mul(x, x))];
    const cut = powers.map((p) => p >> 12n);
    const found = findRelation(cut, bits - 12)!;
    expect(found.coefficients.map((n) => n * found.coefficients[4]!)).toEqual([1n, 0n, -10n, 0n, 1n]);
  });

  it('is not invented for numbers that have none', () => {
    for (let i = 0; i < 60; i++) {
      const values = Array.from({ length: 2 + (i % 6) }, () => randomInteger(random, bits));
      expect(findRelation(values, bits)).toBeUndefined();
    }
  });

  it('is not believed when it holds only on the digits shown to the search', () => {
    const shown = div(pi, fromNumber(7));
    const spoiled = shown + (1n << BigInt(Math.floor(bits / 3) - 20));
    expect(findRelation([shown, piFixed(bits)], bits)).toBeDefined();
    expect(findRelation([spoiled, piFixed(bits)], bits)).toBeUndefined();
  });
});
