import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { fixedSpaceDimension } from '../../../src/science/group/fixed-space.ts';
import { frobenius, fromRows, identity, matrix } from '../../../src/science/math/matrix.ts';
import { arc, arcPoint } from '../../../src/science/tensor/arc.ts';
import { experiment } from '../../../src/science/tensor/experiment.ts';
import { type TensorNormName, tensorNorm } from '../../../src/science/tensor/kernel.ts';
import { indexAgainstLoss, levels } from '../../../src/science/tensor/levels.ts';
import { gradient, loss } from '../../../src/science/tensor/objective.ts';
import { describe as describePoint, inertia, type TensorPoint } from '../../../src/science/tensor/point.ts';
import { search } from '../../../src/science/tensor/search.ts';
import { partitions, randomStart, symmetricStart } from '../../../src/science/tensor/starts.ts';
import {
  arcColumns,
  arcRows,
  indexFigure,
  levelColumns,
  levelRows,
  summaryColumns,
  summaryRow,
} from '../../../src/science/tensor/tables.ts';

const settings = { steps: 200, tolerance: 1e-13, bound: 30 };
const stream = (seed = '7e') => randomStream(seed.repeat(16));
const frobeniusNorms: readonly TensorNormName[] = ['frobenius-3', 'frobenius-4', 'frobenius-5'];

describe('the exact arc', () => {
  test('has L = 1 and no gradient at every t, and no negative eigenvalue', () => {
    for (const name of frobeniusNorms)
      for (const sample of arc(tensorNorm(name), 5, 8)) {
        expect(Math.abs(sample.loss - 1)).toBeLessThan(1e-14);
        expect(sample.gradientNorm).toBeLessThan(1e-14);
        expect(sample).toMatchObject({ index: 0, known: true });
        expect(sample.nullity).toBe(5);
      }
  });

  test('is no arc of critical points in the Gaussian norm', () => {
    const norm = tensorNorm('gaussian-3');
    const point = arcPoint(norm, 4, 0.5);
    expect(loss(norm, point)).toBeCloseTo(15, 12);
    expect(frobenius(gradient(norm, point))).toBeGreaterThan(1);
  });

  test('begins at a missing row and ends at a swapped one', () => {
    const norm = tensorNorm('frobenius-4');
    expect(Array.from(arcPoint(norm, 3, 0).data)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(Array.from(arcPoint(norm, 3, 1).data)).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(() => arcPoint(norm, 3, 1.1)).toThrow(/1.1/);
  });
});

describe('a search', () => {
  test('finds the target from near it', () => {
    for (const name of [...frobeniusNorms, 'gaussian-3'] as const) {
      const start = identity(4);
      start.data.set(start.data.map((entry, at) => entry + 0.03 * ((at % 5) - 2)));
      for (const method of ['descent', 'newton'] as const) {
        const found = search(tensorNorm(name), start, method, settings);
        expect(found.status).toBe('converged');
        expect(found.loss).toBeLessThan(1e-13);
        found.weights.data.forEach((entry, at) => expect(entry).toBeCloseTo(identity(4).data[at]!, 6));
      }
    }
  });

  test('by descent never ends above where it began, and where it converges the gradient is gone', () => {
    const norm = tensorNorm('frobenius-3');
    for (let run = 0; run < 6; run++) {
      const start = randomStart(stream().split(run), 4);
      const found = search(norm, start, 'descent', settings);
      expect(found.loss).toBeLessThanOrEqual(loss(norm, start));
      if (found.status !== 'converged') continue;
      expect(frobenius(gradient(norm, found.weights))).toBeLessThan(1e-11);
      expect(inertia(norm, found.weights).index).toBe(0);
    }
  });

  test('says diverging where the infimum is not attained', () => {
    const norm = tensorNorm('gaussian-3');
    // e₁ and three rows that cancel more and more: met by descent.
    const start = fromRows([
      [0.03, -1.45, -3.49, -3.49],
      [-0.02, 1.15, 2.98, 2.56],
      [0.99, 0.21, 0, 0],
      [-0.02, 1.15, 2.56, 2.98],
    ]);
    const found = search(norm, start, 'descent', settings);
    expect(found.status).toBe('diverging');
    expect(frobenius(found.weights)).toBeGreaterThan(frobenius(start));
  });

  test('by Newton’s method from a symmetric start keeps the symmetry', () => {
    const norm = tensorNorm('frobenius-4');
    const start = symmetricStart(stream('41'), [3, 1]);
    const { data } = search(norm, start, 'newton', { ...settings, steps: 20 }).weights;
    for (const [a, b] of [
      [0, 5],
      [5, 10],
      [1, 2],
      [1, 9],
      [3, 7],
      [12, 14],
    ] as const)
      expect(data[a]! - data[b]!).toBeCloseTo(0, 9);
  });
});

describe('starts', () => {
  test('with symmetry have as many values as the fixed-point space has dimensions', () => {
    for (const parts of [[5], [4, 1], [3, 2], [2, 2, 1]]) {
      const start = symmetricStart(stream('99'), parts);
      let at = 0;
      const generators = parts.flatMap((size) => {
        const swaps = Array.from({ length: size - 1 }, (_, i) => at + i);
        at += size;
        return swaps.map((i) => [0, 1, 2, 3, 4].map((j) => (j === i ? i + 1 : j === i + 1 ? i : j)));
      });
      const symmetries = generators.map((p) => ({ rows: p, columns: p }));
      expect(new Set(start.data).size).toBe(fixedSpaceDimension(symmetries, 5, 5));
    }
  });

  test('list the partitions into few parts', () => {
    expect(partitions(5, 3)).toEqual([[5], [4, 1], [3, 2], [3, 1, 1], [2, 2, 1]]);
  });
});

describe('a point', () => {
  test('is named by its isotropy, with signs where the order is even', () => {
    const name = (norm: TensorNormName) => {
      const point = search(tensorNorm(norm), identity(4), 'newton', settings);
      return describePoint(tensorNorm(norm), point, 'newton').isotropy;
    };
    expect(name('frobenius-3')).toBe('ΔS_4');
    expect(name('frobenius-4')).toBe('ΔB_4');
  });

  test('at 0 is degenerate in every direction', () => {
    for (const name of frobeniusNorms)
      expect(inertia(tensorNorm(name), matrix(3, 3))).toMatchObject({ index: 0, nullity: 9, known: true });
  });
});

const point = (loss: number, index: number, more: Partial<TensorPoint> = {}): TensorPoint => ({
  method: 'newton',
  status: 'converged',
  loss,
  gradientNorm: 1e-15,
  size: 2,
  isotropy: 'ΔS_4',
  isTrivial: false,
  inertia: { index, nullity: 0, known: true, least: -1 },
  ...more,
});

describe('levels', () => {
  test('join what differs by rounding, and nothing else', () => {
    const found = levels([point(1, 2), point(1 + 1e-12, 2, { size: 3 }), point(1, 3), point(2, 2)]);
    expect(found.map(({ count }) => count)).toEqual([2, 1, 1]);
    expect(found[0]!.largestSize).toBe(3);
  });

  test('compare index with loss over pairs, leaving out degenerate points', () => {
    const degenerate = point(9, 0, { inertia: { index: 0, nullity: 2, known: true, least: 0 } });
    const found = indexAgainstLoss([point(0, 0), point(1, 3), point(2, 2), point(2, 2), degenerate]);
    expect(found).toEqual({ levels: 3, concordant: 2, discordant: 1, gamma: 1 / 3 });
  });
});

describe('an experiment', () => {
  const small = { ...settings, d: 3, runs: 3, symmetricRuns: 2 };
  const found = experiment('frobenius-4', small, stream());

  test('has the same points for the same stream, two for each start and those of symmetric starts', () => {
    expect(found.points).toHaveLength(2 * 3 + 3 * 2);
    expect(experiment('frobenius-4', small, stream())).toEqual(found);
  });

  test('fills its tables', () => {
    for (const row of levelRows(found)) expect(row).toHaveLength(levelColumns.length);
    expect(summaryRow(found)).toHaveLength(summaryColumns.length);
    for (const row of arcRows(['frobenius-3'], 3, 2)) expect(row).toHaveLength(arcColumns.length);
    const total = levelRows(found).reduce((sum, row) => sum + Number(row.at(-1)), 0);
    expect(total).toBe(found.points.length);
  });

  test('is drawn with losses over |T|², one panel a norm', () => {
    const spec = indexFigure([found]);
    expect(spec.panels).toHaveLength(1);
    const [hollow, filled] = spec.panels[0]!.marks;
    expect(filled).toMatchObject({ type: 'points', label: '$d=3$' });
    expect(hollow).toMatchObject({ hollow: true });
  });
});
