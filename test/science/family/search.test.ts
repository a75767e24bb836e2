import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { plain } from '../../../src/science/family/arithmetic.ts';
import { problemAt } from '../../../src/science/family/branch.ts';
import { catalogue } from '../../../src/science/family/catalogue.ts';
import { criticalPoint, pointOn } from '../../../src/science/family/critical-point.ts';
import { denseMatrix } from '../../../src/science/family/dense.ts';
import { gradientAt } from '../../../src/science/family/gradient.ts';
import { interlacing } from '../../../src/science/family/interlacing.ts';
import { branchRows, catalogueRows } from '../../../src/science/family/over-tables.ts';
import { overparametrised } from '../../../src/science/family/overparametrised.ts';
import { stateAt } from '../../../src/science/family/problem.ts';
import { searchSpace, shapeOf } from '../../../src/science/family/search.ts';
import { spectrumOf } from '../../../src/science/family/spectrum.ts';
import { thresholdsOf } from '../../../src/science/family/threshold.ts';
import { identity } from '../../../src/science/math/matrix.ts';
import { gradient } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { denseEigenvalues, distance } from './support.ts';

const stream = randomStream('ab'.repeat(16));

describe('the search of a fixed-point space', () => {
  it('finds the four critical points with one block', () => {
    const problem = problemAt(plain(), { minorities: [], extras: [] }, 20);
    const found = searchSpace(problem, { starts: 40, stream });
    expect(found.length).toBe(4);
    expect(found.reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(35);
    expect(found[0]?.value).toBeCloseTo(0, 20);
    expect((found[1]?.value as number) / (2 * Math.PI)).toBeCloseTo(
      criticalPoint({ family: 'A', d: 20 }).loss,
      13,
    );
    for (const { values } of found) {
      for (const slope of gradientAt(stateAt(problem, values))) expect(Math.abs(slope)).toBeLessThan(1e-11);
    }
  });

  it('gives the same list again, whatever was searched before', () => {
    const problem = problemAt(plain(), { minorities: [1], extras: [] }, 12);
    expect(searchSpace(problem, { starts: 12, stream })).toEqual(
      searchSpace(problem, { starts: 12, stream }),
    );
  });

  it('knows parallel neurons and short ones', () => {
    const problem = problemAt(plain(), { minorities: [1], extras: [1] }, 6);
    const split = [1, 0, 0.2, 0.1, 0.6, 0.05, 0.3];
    expect(shapeOf(problem, split).split).toBe(true);
    expect(shapeOf(problem, split.with(6, 0.31)).split).toBe(false);
    expect(shapeOf(problem, split.with(6, -0.3).with(5, -0.05)).split).toBe(false);
    const short = shapeOf(problem, [1, 0, 0.2, 0.1, 0.6, 0, 1e-7]);
    expect(short.smallestRow).toBeCloseTo(1e-7, 15);
  });
});

describe('a catalogue', () => {
  const entries = catalogue({ d: 14, minorities: [2], extras: [], starts: 120, stream });
  const names = entries.map(({ point }) => point.family);

  it('gives known families their names, and others numbers by rising loss', () => {
    expect(names).toEqual(expect.arrayContaining(['global', '2', 'A']));
    const others = names.filter((name) => name.startsWith('other-'));
    expect(others).toEqual(others.map((_, i) => `other-${i + 1}`));
    expect(others.length).toBeGreaterThan(3);
    expect(entries.find(({ point }) => point.family === 'A')?.point.isotropy).toBe('ΔS_14');
  });

  it('lists critical points of the network', () => {
    const branch = { name: 'other', minorities: [2], extras: [], above: 4, guess: () => [] };
    for (const { point } of entries.filter(({ point: { loss } }) => loss < 0.3)) {
      const slope = gradient(denseMatrix(point, branch), identity(14));
      expect(Math.sqrt(slope.data.reduce((sum, x) => sum + x * x, 0))).toBeLessThan(1e-9);
    }
  });

  it('finds families of one and two blocks among those of three', () => {
    const three = catalogue({ d: 12, minorities: [2, 1], extras: [], starts: 150, stream });
    const known = three.map(({ point }) => point.family).filter((name) => !name.startsWith('other'));
    expect(known).toEqual(expect.arrayContaining(['global', 'II', '2', 'A']));
    expect(three.every(({ spectrum }) => Number.isInteger(spectrum.index))).toBe(true);
  });
});

describe('a family with extra neurons', () => {
  const one = overparametrised({ family: 'A', extras: [1] });
  const branch = one.branch as NonNullable<typeof one.branch>;

  it('A becomes a saddle with one, in s, d − 1 times', () => {
    for (const d of [8, 20, 1000, 1e6]) {
      const { index, minEigenvalueIrrep, minEigenvalue } = spectrumOf(pointOn(branch, d), branch);
      expect([index, minEigenvalueIrrep]).toEqual([d - 1, 's']);
      expect(minEigenvalue).toBeLessThan(-0.0075);
    }
    expect(spectrumOf(pointOn(branch, 1e8), branch).minEigenvalue).toBeCloseTo(-0.00752, 5);
  });

  it('II stays a minimum with one and becomes a saddle with two', () => {
    const [single, pair] = [[1], [1, 1]].map(
      (extras) => overparametrised({ family: 'II', extras, starts: 100 }).branch,
    );
    const at = (b: typeof single, d: number) =>
      spectrumOf(pointOn(b as NonNullable<typeof b>, d), b as typeof branch);
    for (const d of [10, 100, 1e4]) {
      expect(at(single, d)).toMatchObject({ index: 0, minEigenvalueIrrep: 't' });
      expect(at(pair, d)).toMatchObject({ index: d - 2, minEigenvalueIrrep: 's' });
      expect(at(pair, d).point.loss).toBeLessThan(at(single, d).point.loss);
    }
  });

  it('has the gradient 0 and the spectrum of the network', () => {
    const point = pointOn(branch, 9);
    const weights = denseMatrix(point, branch);
    expect([weights.rows, point.k]).toEqual([10, 10]);
    const slope = gradient(weights, identity(9));
    expect(Math.sqrt(slope.data.reduce((sum, x) => sum + x * x, 0))).toBeLessThan(1e-14);
    const reduced = spectrumOf(point, branch)
      .lines.flatMap(({ eigenvalue, multiplicity }) => Array.from({ length: multiplicity }, () => eigenvalue))
      .sort((a, b) => a - b);
    expect(distance(denseEigenvalues(hessian(weights, identity(9))), reduced)).toBeLessThan(1e-13);
  });

  it('has a Hessian that interlaces with its principal block', () => {
    for (const { irrep, whole, principal, margin } of interlacing(branch, pointOn(branch, 15))) {
      expect(['t', 's']).toContain(irrep);
      expect(whole.length).toBe(principal.length + 1);
      expect(margin).toBeGreaterThan(0);
      principal.forEach((value, i) => {
        expect(whole[i] as number).toBeLessThanOrEqual(value);
        expect(value).toBeLessThanOrEqual(whole[i + 1] as number);
      });
    }
  });

  it('has no threshold where it is a saddle all the way', () => {
    expect(thresholdsOf(branch, 6)).toEqual([]);
  });

  it('two equal ones are a splitting of one', () => {
    const { entries, branch: none } = overparametrised({ family: 'A', extras: [2], starts: 60 });
    expect(none).toBeUndefined();
    const point = pointOn(branch, 20);
    const twin = entries.find((entry) => Math.abs(entry.point.loss - point.loss) < 1e-12);
    expect(twin?.split).toBe(true);
    expect(twin?.spectrum.nullity).toBeGreaterThan(0);
  });

  it('I has none whose other neurons tend to its own', () => {
    expect(overparametrised({ family: 'I', extras: [1], starts: 80 }).branch).toBeUndefined();
  });

  it('is published in rows', () => {
    const query = { family: 'A', extras: [1] } as const;
    const rows = [...catalogueRows(query, one), ...branchRows(query, one, [1.5, 10, 100])];
    expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(rows.at(-1) ?? {}));
    expect(rows.filter(({ family }) => family === 'A+1').map(({ d }) => d)).toEqual([10, 100]);
    expect(rows.every(({ loss }) => loss <= 1)).toBe(true);
    expect(rows.at(-1)?.interlacing_margin).toBeGreaterThan(0);
  });
});
