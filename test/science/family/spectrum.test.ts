import { describe, expect, it } from 'vitest';
import { blockOf } from '../../../src/science/family/blocks.ts';
import { problemAt } from '../../../src/science/family/branch.ts';
import { criticalPoint, stateOf } from '../../../src/science/family/critical-point.ts';
import { branchOf, familyNames, globalBranch } from '../../../src/science/family/families.ts';
import { irrepsOf } from '../../../src/science/family/irreps.ts';
import { stateAt } from '../../../src/science/family/problem.ts';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import { eigenvaluesOf } from '../../../src/science/family/symmetric.ts';
import { identity } from '../../../src/science/math/matrix.ts';
import { bitsFor, fixedField } from '../../../src/science/math/precision/fixed-field.ts';
import { fixedOf, numberOf } from '../../../src/science/math/precision/fixed.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { denseEigenvalues, denseRows, distance } from './support.ts';

const branchNamed = (family: (typeof familyNames)[number]) =>
  family === 'global' ? globalBranch() : branchOf(family);

function denseSpectrum(family: (typeof familyNames)[number], d: number): number[] {
  const point = criticalPoint({ family, d });
  const rows = stateOf(branchNamed(family), point).rows.slice(0, point.sizes.length);
  const plainRows = rows.map((row) => ({
    block: row.block,
    count: row.count.hi,
    spike: row.spike.hi,
    levels: row.levels.map(({ hi }) => hi),
  }));
  return denseEigenvalues(hessian(denseRows(plainRows, point.sizes), identity(d)));
}

const all = (family: (typeof familyNames)[number], d: number) =>
  spectrum({ family, d })
    .lines.flatMap(({ eigenvalue, multiplicity }) => Array.from({ length: multiplicity }, () => eigenvalue))
    .sort((a, b) => a - b);

describe.each([...familyNames])('the spectrum of %s', (family) => {
  it.each([8, 13])('is that of the whole Hessian at d = %i', (d) => {
    const dense = denseSpectrum(family, d);
    expect(distance(dense, all(family, d))).toBeLessThan(1e-12 * Math.max(1, dense.at(-1) as number));
  });

  it.each([9, 50, 1e6])('has k·d eigenvalues at d = %i', (d) => {
    const { lines } = spectrum({ family, d });
    expect(lines.reduce((sum, { multiplicity }) => sum + multiplicity, 0)).toBe(d * d);
  });

  it('has k·d eigenvalues at d = 10.25', () => {
    const { lines, index } = spectrum({ family, d: 10.25 });
    expect(lines.reduce((sum, { multiplicity }) => sum + multiplicity, 0)).toBeCloseTo(10.25 * 10.25, 11);
    expect(index).toBeNull();
  });

  it('keeps 13 digits of every eigenvalue at d = 10^6', () => {
    const bits = bitsFor(60);
    const field = fixedField(bits);
    const point = criticalPoint({ family, d: 1e6 });
    const values = point.entries.map(({ value, tail }) => fixedOf(value, bits) + fixedOf(tail, bits));
    const state = stateAt(problemAt(field, branchNamed(family), fixedOf(1e6, bits)), values);
    const exact = irrepsOf(state.problem.space, point.sizes).flatMap((irrep) =>
      eigenvaluesOf(field, blockOf(state, irrep), 1e-40).map((value) =>
        numberOf(field.div(value, field.scale(field.pi, 2)), bits),
      ),
    );
    const { lines } = spectrum({ family, d: 1e6 });
    expect(lines.length).toBe(exact.length);
    lines.forEach(({ eigenvalue }, i) => {
      expect(Math.abs(eigenvalue - (exact[i] as number))).toBeLessThan(1e-13 * Math.abs(eigenvalue));
    });
  });
});

describe('the spectrum of the global minimum', () => {
  it('has the least eigenvalue 1/4 − 1/2π, in s and x', () => {
    const { minEigenvalue, minEigenvalueIrrep, index, nullity } = spectrum({ family: 'global', d: 30 });
    expect(minEigenvalue).toBeCloseTo(1 / 4 - 1 / (2 * Math.PI), 16);
    expect(minEigenvalueIrrep).toBe('s|x');
    expect([index, nullity]).toEqual([0, 0]);
  });

  it('has y at 1/4 + 1/2π', () => {
    const y = spectrum({ family: 'global', d: 30 }).lines.find(({ irrep }) => irrep === 'y');
    expect(y?.eigenvalue).toBeCloseTo(1 / 4 + 1 / (2 * Math.PI), 15);
    expect(y?.multiplicity).toBe(405);
  });
});

const names = (family: (typeof familyNames)[number], d: number) => [
  ...new Set(spectrum({ family, d }).lines.map(({ irrep }) => irrep)),
];

describe('the names of the irreps', () => {
  it('carry no block where only one has more than one input', () => {
    expect(names('A', 10)).toEqual(['t', 's', 'x', 'y']);
    expect(names('II', 10)).toEqual(['t', 's', 'x', 'y']);
  });

  it('carry the block where two have', () => {
    expect(names('2', 10)).toEqual(['t', 's1', 's2', 'x1', 'y1', 's1*s2']);
    expect(names('3', 10)).toEqual(['t', 's1', 's2', 'x1', 'x2', 'y1', 's1*s2']);
    expect(names('4', 10)).toEqual(['t', 's1', 's2', 'x1', 'x2', 'y1', 'y2', 's1*s2']);
  });

  it('leave out what small blocks do not have', () => {
    expect(names('A', 3)).toEqual(['t', 's', 'x']);
    expect(names('II', 3)).toEqual(['t', 's']);
  });
});

describe('index and nullity', () => {
  it('see type A turn from saddle to minimum between 5 and 6', () => {
    expect(spectrum({ family: 'A', d: 5 })).toMatchObject({ index: 6, nullity: 0, minEigenvalueIrrep: 'x' });
    expect(spectrum({ family: 'A', d: 6 })).toMatchObject({ index: 0, nullity: 0 });
  });

  it('see the two flipped neurons turn into a minimum between 7 and 8', () => {
    expect(spectrum({ family: '2', d: 7 })).toMatchObject({ index: 4, minEigenvalueIrrep: 's1' });
    expect(spectrum({ family: '2', d: 8 })).toMatchObject({ index: 0 });
  });
});
