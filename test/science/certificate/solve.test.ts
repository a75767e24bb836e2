import { describe, expect, it } from 'vitest';
import { eigenvaluesAt, lossAt, solveAt } from '../../../src/science/certificate/solve.ts';
import type { Branch } from '../../../src/science/family/branch.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import { branchOf } from '../../../src/science/family/families.ts';
import { gradientAt } from '../../../src/science/family/gradient.ts';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import { fixedField } from '../../../src/science/math/precision/fixed-field.ts';
import { bitLength, fixedOf } from '../../../src/science/math/precision/fixed.ts';

const bits = 384;
const field = fixedField(bits);
const solved = (family: 'A' | 'II', d: number, start?: readonly number[]) => {
  const entries = start ?? criticalPoint({ family, d }).entries.map(({ value }) => value);
  return solveAt(field, branchOf(family), field.fromNumber(d), entries);
};

describe('a critical point in fixed-point numbers', () => {
  it.each([
    ['A', 6],
    ['II', 9.5],
    ['II', 1e6],
  ] as const)('of type %s at d = %d leaves no gradient but rounding', (family, d) => {
    const { state } = solved(family, d)!;
    for (const slope of gradientAt(state)) expect(bitLength(slope)).toBeLessThan(60);
  });

  it('has the entries, loss and eigenvalues known to 31 and 15 digits', () => {
    const point = criticalPoint({ family: 'II', d: 20 });
    const solution = solved('II', 20)!;
    point.entries.forEach(({ value, tail }, i) => {
      const known = fixedOf(value, bits) + fixedOf(tail, bits);
      expect(Math.abs(field.toNumber(solution.values[i]! - known))).toBeLessThan(1e-28);
    });
    expect(field.toNumber(lossAt(solution))).toBeCloseTo(point.loss, 15);
    const known = spectrum({ family: 'II', d: 20 }).lines.filter(({ irrep }) => irrep === 's');
    const found = eigenvaluesAt(solution, { kind: 's', block: 0 }).map((value) => field.toNumber(value));
    found.forEach((value, i) => expect(value).toBeCloseTo(known[i]!.eigenvalue, 13));
  });

  it('is reached from a start with few digits', () => {
    const rough = criticalPoint({ family: 'A', d: 12 }).entries.map(({ value }) => Number(value.toFixed(2)));
    const difference = solved('A', 12, rough)!.values[0]! - solved('A', 12)!.values[0]!;
    expect(bitLength(difference)).toBeLessThan(40);
  });

  it('is not sought at W = 0, where the loss has no derivative', () => {
    const flat: Branch = { name: 'flat', minorities: [], extras: [], above: 2, guess: () => [] };
    expect(() => solveAt(field, flat, field.fromNumber(8), [0, 0])).toThrow(RangeError);
  });

  it('has all its eigenvalues to a hundred digits: twice as wide an arithmetic gives the same', () => {
    const wide = fixedField(2 * bits);
    const start = criticalPoint({ family: 'II', d: 20 }).entries.map(({ value }) => value);
    const fine = solveAt(wide, branchOf('II'), wide.fromNumber(20), start)!;
    const [coarse, reference] = [solved('II', 20)!, fine].map((solution) =>
      eigenvaluesAt(solution, { kind: 't' }),
    );
    coarse!.forEach((value, i) =>
      expect(bitLength(value - (reference![i]! >> BigInt(bits)))).toBeLessThan(50),
    );
  });
});
