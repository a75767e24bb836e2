import { describe, expect, it } from 'vitest';
import {
  irrepsAt,
  provedComponents,
  provedLoss,
  type Sandwich,
  Unproved,
} from '../../../src/science/certificate/claims.ts';
import { enclose, parseDecimal, roundingBox } from '../../../src/science/certificate/decimal.ts';
import { proveZero, tighten } from '../../../src/science/certificate/proof.ts';
import { lossAt, solveAt } from '../../../src/science/certificate/solve.ts';
import { problemAt } from '../../../src/science/family/branch.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import { branchOf } from '../../../src/science/family/families.ts';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import { directedFixed } from '../../../src/science/math/precision/directed-fixed.ts';
import { fixedField } from '../../../src/science/math/precision/fixed-field.ts';
import { intervalField } from '../../../src/science/math/precision/interval-field.ts';

const bits = 256;
const ends = directedFixed(bits);
const shape = branchOf('2');
const d = parseDecimal('9.5');

/** The point of type (2) at d = 9.5, computed and enclosed. */
function sandwich(): Sandwich {
  const entries = criticalPoint({ family: '2', d: 9.5 }).entries.map(({ value }) => value);
  const size = enclose(d, bits);
  const solution = solveAt(fixedField(bits), shape, size.lo, entries)!;
  const problem = problemAt(intervalField(ends), shape, size);
  const box = entries.map((value) => roundingBox(parseDecimal(value.toFixed(12)), bits));
  return { bits, shape, d, solution, enclosed: tighten(ends, problem, proveZero(ends, problem, box)!.box) };
}

const point = sandwich();

describe('proved claims', () => {
  it('are made of every component, with exact multiplicities that sum up to d²', () => {
    const components = provedComponents(point, 12);
    expect(components.map(({ irrep }) => irrep)).toEqual(['t', 's1', 's2', 'x1', 'y1', 's1*s2']);
    expect(components.map(({ multiplicity }) => multiplicity)).toEqual([
      '1',
      '6.5',
      '1',
      '17.875',
      '16.875',
      '6.5',
    ]);
    const total = components.reduce((sum, c) => sum + Number(c.multiplicity) * c.eigenvalues.length, 0);
    expect(total).toBe(9.5 * 9.5);
  });

  it('show the eigenvalues of the spectrum, rounded', () => {
    const { lines } = spectrum({ family: '2', d: 9.5 });
    for (const { irrep, eigenvalues } of provedComponents(point, 12)) {
      const known = lines
        .filter((line) => line.irrep === irrep)
        .map(({ eigenvalue }) => eigenvalue.toFixed(12));
      expect(eigenvalues).toEqual(known);
    }
  });

  it('show the loss, rounded', () => {
    expect(Number(provedLoss(point, lossAt(point.solution), 20))).toBe(
      criticalPoint({ family: '2', d: 9.5 }).loss,
    );
  });
});

describe('what does not follow', () => {
  it('a loss that is not the one enclosed', () => {
    expect(() => provedLoss(point, lossAt(point.solution) + (1n << 200n), 20)).toThrow(Unproved);
  });

  it('more places than the enclosures have', () => {
    expect(() => provedLoss(point, lossAt(point.solution), 90)).toThrow(Unproved);
    expect(() => provedComponents(point, 90)).toThrow(Unproved);
  });

  it('eigenvalues of another point', () => {
    const entries = criticalPoint({ family: '2', d: 10 }).entries.map(({ value }) => value);
    const field = fixedField(bits);
    const solution = solveAt(field, shape, field.fromNumber(10), entries)!;
    expect(() => provedComponents({ ...point, solution }, 12)).toThrow(Unproved);
  });
});

it('the irreps follow from d and the sizes of the small blocks', () => {
  expect(irrepsAt(point).map(({ kind }) => kind)).toEqual(['t', 's', 's', 'x', 'y', 'product']);
  expect(irrepsAt({ ...point, d: parseDecimal('4.5') }).map(({ kind }) => kind)).toEqual([
    't',
    's',
    's',
    'x',
    'product',
  ]);
});
