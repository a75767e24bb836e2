import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { denseCheck, familyMatrix } from '../../../src/science/tensor/dense-family.ts';
import { crossings } from '../../../src/science/tensor/family-crossings.ts';
import { familyFigure } from '../../../src/science/tensor/family-figure.ts';
import { followFamily, pointNear, type Setting } from '../../../src/science/tensor/family-path.ts';
import { type FamilySettings, spaceReport } from '../../../src/science/tensor/family-report.ts';
import {
  crossingColumns,
  crossingRows,
  denseColumns,
  denseRows,
  familyColumns,
  familyRows,
  indexRow,
  limitColumns,
  limitRows,
  metColumns,
  metRows,
  spaceRow,
  summaryColumns,
} from '../../../src/science/tensor/family-tables.ts';
import {
  describePoint,
  findFamilies,
  inertiaOf,
  leastOf,
  type TensorFamily,
} from '../../../src/science/tensor/families.ts';
import { tensorNorm } from '../../../src/science/tensor/kernel.ts';
import { leading } from '../../../src/science/tensor/leading.ts';
import type { TensorPoint } from '../../../src/science/tensor/point.ts';
import { plainProblem } from '../../../src/science/tensor/reduced-refine.ts';
import { searchReduced } from '../../../src/science/tensor/reduced-search.ts';

const stream = () => randomStream('6b'.repeat(16));
const cubic: Setting = { norm: tensorNorm('frobenius-3'), m: 0 };

/** W = (1/d) 11ᵀ, a critical point for every d: the best multiple of 1^{⊗n} takes 1/d off the loss for n = 3. */
function rankOne(d: number): TensorFamily {
  const start = pointNear(cubic, d, [1 / d + 0.001, 1 / d - 0.001])!;
  return { setting: cubic, name: 'one', start, zeros: new Map([['s', 1]]) };
}

describe('a search in the space of ΔS_d', () => {
  const { points } = searchReduced(plainProblem(cubic.norm, 6, 0), 24, stream());

  test('finds the target, 0, the matrix of rank one and one more point', () => {
    const losses = points.map(({ loss }) => loss);
    [0, 6 - 1 / 6, 6].forEach((loss) =>
      expect(losses.some((found) => Math.abs(found - loss) < 1e-9)).toBe(true),
    );
    expect(points).toHaveLength(4);
  });

  test('gives points at which the gradient vanishes', () => {
    for (const { residual } of points) expect(residual).toBeLessThan(1e-12);
  });
});

describe('a family', () => {
  test('is followed to its closed form, from d = 8 to 10^6 and down to 3', () => {
    const { start } = rankOne(8);
    for (const stops of [
      [100, 1e6],
      [5.5, 3],
    ])
      for (const { d, values } of followFamily(cubic, start, stops).points)
        for (const { hi } of values) expect(Math.abs(hi * d - 1)).toBeLessThan(1e-14);
  });

  test('has the loss d − 1/d, the gain 1/d to all digits, and d − 1 zero eigenvalues', () => {
    const family = rankOne(8);
    const point = describePoint(family, followFamily(cubic, family.start, [1e6]).points[0]!);
    expect(point.gain * 1e6).toBeCloseTo(1, 14);
    expect(point.loss).toBe(1e6 - 1e-6);
    expect(point.known).toBe(true);
    expect(inertiaOf(point).nullity).toBe(1e6 - 1);
  });

  test('is no point of the space of ΔS_d when it is looked for in that of Δ(S_(d−1)×S_1)', () => {
    const { families, findings } = findFamilies({ ...cubic, m: 1 }, 6, 16, stream());
    // Among them 0, of loss 6, which ΔS_d fixes.
    expect(findings.points.some(({ loss }) => loss === 6)).toBe(true);
    for (const { start } of families) {
      const [a, b, c, e, f] = start.values.map(({ hi }) => hi) as [number, number, number, number, number];
      expect(Math.abs(a - f) + Math.abs(b - c) + Math.abs(b - e)).toBeGreaterThan(1e-9);
    }
  });

  test('ends where it was seen to end, and says so', () => {
    // The reflection of even order has a partner, which it meets at a fold between d = 4 and d = 8.
    const even: Setting = { norm: tensorNorm('frobenius-4'), m: 0 };
    const start = pointNear(even, 4, [0.12618, -0.4137])!;
    const { points, last } = followFamily(even, start, [4.5, 8]);
    expect(points.length).toBeLessThan(2);
    expect(last!.d).toBeGreaterThan(4);
    expect(last!.d).toBeLessThan(8);
  });

  test('has a minimum that becomes a saddle where an eigenvalue of s crosses zero', () => {
    const gaussian: Setting = { norm: tensorNorm('gaussian-3'), m: 1 };
    const start = pointNear(gaussian, 8, [0.99821, -0.00077374, 0.11346, -0.05316, -0.01817])!;
    const family: TensorFamily = { setting: gaussian, name: 'b', start, zeros: new Map() };
    const points = [start, ...followFamily(gaussian, start, [10, 12]).points].map((at) =>
      describePoint(family, at),
    );
    expect(points.map((point) => inertiaOf(point).index)).toEqual([6, 8, 0]);
    const [found, ...others] = crossings(family, points);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ irrep: 's', kind: 'crossing', signAbove: 1 });
    expect(found!.d).toBeCloseTo(11.5358165, 6);
    const there = describePoint(family, pointNear(gaussian, found!.d, points[2]!.entries)!);
    expect(Math.abs(leastOf(there).value)).toBeLessThan(1e-9);
    const check = denseCheck(gaussian, points[2]!);
    expect(check).toMatchObject({ index: 0, isotropy: 'Δ(S_11×S_1)' });
    expect(check.eigenvalueError).toBeLessThan(1e-12);
    expect(check.gradientNorm).toBeLessThan(1e-12);
  });

  test('is followed to a change of sign that its chord does not lead to', () => {
    const gaussian: Setting = { norm: tensorNorm('gaussian-3'), m: 3 };
    const start = pointNear(
      gaussian,
      100,
      [0.999995, -2.97522e-6, 0.0101002, 0.00120869, 0.000107506, -0.000104791],
    )!;
    const family: TensorFamily = { setting: gaussian, name: 'c', start, zeros: new Map() };
    const far = followFamily(gaussian, start, [1000]).points[0]!;
    const found = crossings(
      family,
      [start, far].map((at) => describePoint(family, at)),
    );
    expect(found).toMatchObject([{ irrep: 's1', kind: 'crossing', signAbove: 1, place: 0 }]);
    expect(found[0]!.d).toBeCloseTo(212.454482, 5);
  });

  test('has the dense index and nullity also where a block has two inputs only', () => {
    const setting: Setting = { norm: tensorNorm('frobenius-3'), m: 1 };
    const { families } = findFamilies(setting, 8, 32, randomStream('1'.repeat(32)));
    const ends = families.flatMap((family) =>
      followFamily(setting, family.start, [7, 6, 5, 4, 3]).points.map((point) => ({ family, point })),
    );
    const small = ends.filter(({ point }) => point.d === 3);
    expect(small.length).toBeGreaterThan(1);
    for (const { family, point } of small) {
      const described = describePoint(family, point);
      const check = denseCheck(setting, described);
      expect(check.eigenvalueError, family.name).toBeLessThan(1e-12);
      const { index, nullity } = inertiaOf(described);
      expect({ index, nullity }, family.name).toEqual({ index: check.index, nullity: check.nullity });
    }
  });

  test('is written out block by block', () => {
    const { data } = familyMatrix({ ...cubic, m: 1 }, 3, [1, 2, 3, 4, 5]);
    expect(Array.from(data)).toEqual([1, 2, 3, 2, 1, 3, 4, 4, 5]);
  });
});

describe('leading powers', () => {
  const ds = [64, 4096, 262144, 16777216].map((d) => d * 256);
  const power = (d: number, q: number) => 2 ** (Math.log2(d) * q);

  test('of a Puiseux series are found as fractions, with their coefficient', () => {
    const found = leading(
      ds,
      ds.map((d) => -3 * power(d, -11 / 15) * (1 + 2 * power(d, -0.4))),
    )!;
    expect(found.fraction).toBe('-11/15');
    expect(found.coefficient).toBeCloseTo(-3, 4);
    expect(Math.abs(found.exponent + 11 / 15)).toBeLessThan(found.exponentError);
  });

  test('that are no fraction of a small denominator stay numbers', () => {
    const found = leading(
      ds,
      ds.map((d) => power(d, -0.4567)),
    )!;
    expect(found.fraction).toBe('');
    expect(found.exponent).toBeCloseTo(-0.4567, 10);
  });

  test('are not made of values whose sign changes, or of too few', () => {
    expect(leading(ds, [1, 1, -1, 1])).toBeUndefined();
    expect(leading(ds.slice(1), [1, 1, 1])).toBeUndefined();
  });
});

describe('tables', () => {
  const settings: FamilySettings = {
    m: 0,
    searchAt: 6,
    starts: 12,
    above: [8, 20],
    below: [5],
    far: [256, 16384, 1048576, 67108864],
    dense: [5, 6],
  };
  const report = spaceReport('frobenius-3', settings, stream());

  test('have a cell for each column', () => {
    for (const family of report.families) {
      for (const row of familyRows(family)) expect(row).toHaveLength(familyColumns.length);
      for (const row of limitRows(family)) expect(row).toHaveLength(limitColumns.length);
      for (const row of denseRows(family)) expect(row).toHaveLength(denseColumns.length);
      for (const row of crossingRows(family)) expect(row).toHaveLength(crossingColumns.length);
    }
    expect(spaceRow(report)).toHaveLength(summaryColumns.length);
  });

  test('hold reduced and dense computations together', () => {
    for (const { dense, points } of report.families) {
      expect(dense).toHaveLength(2);
      for (const check of dense) {
        expect(check.eigenvalueError).toBeLessThan(1e-12);
        const { index, nullity } = inertiaOf(points.find(({ d }) => d === check.d)!);
        expect([check.index, check.nullity]).toEqual([index, nullity]);
      }
    }
  });

  test('name the family of a point with the same loss and inertia, and of no other', () => {
    const point = (loss: number, index: number): TensorPoint => ({
      method: 'newton',
      status: 'converged',
      loss,
      gradientNorm: 0,
      size: 1,
      isotropy: 'ΔS_6',
      isTrivial: false,
      inertia: { index, nullity: 0, known: true, least: 1 },
    });
    const rows = metRows(
      { norm: 'frobenius-3', d: 6, points: [point(0, 0), point(0.5, 0), point(0, 3)] },
      report.families,
    );
    expect(rows.map((row) => row.at(-1))).toEqual(['0a', null, null]);
    for (const row of rows) expect(row).toHaveLength(metColumns.length);
  });

  test('compare index with loss at one d', () => {
    expect(indexRow('frobenius-3', 6, report.families).slice(0, 2)).toEqual(['frobenius-3', 6]);
    expect(indexRow('frobenius-3', 6, report.families)[4]).toBe(0);
  });

  test('are drawn with a line for each family, twice', () => {
    const { panels } = familyFigure(report.families);
    expect(panels).toHaveLength(2);
    for (const { marks } of panels) expect(marks).toHaveLength(report.families.length);
  });
});
