import { describe, expect, it } from 'vitest';
import { familyNames, type SpuriousName } from '../../../src/science/family/families.ts';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import { threshold, thresholds } from '../../../src/science/family/threshold.ts';

const spurious = familyNames.filter((name): name is SpuriousName => name !== 'global');

function least(family: SpuriousName, d: number, irrep: string): number {
  const values = spectrum({ family, d }).lines.filter((line) => line.irrep === irrep);
  return Math.min(...values.map(({ eigenvalue }) => eigenvalue));
}

describe.each(spurious)('the threshold of %s', (family) => {
  const found = threshold({ family });

  it('is where the family turns from saddle to minimum', () => {
    const d = found?.d as number;
    expect(found?.kind).toBe('crossing');
    expect(found?.signAbove).toBe(1);
    expect(least(family, d * (1 + 1e-10), found?.irrep as string)).toBeGreaterThan(0);
    expect(least(family, d * (1 - 1e-10), found?.irrep as string)).toBeLessThan(0);
    expect(spectrum({ family, d: d * (1 + 1e-6) }).minEigenvalue).toBeGreaterThan(0);
    expect(found?.evidence.width).toBeLessThan(1e-11);
  });

  it('has only minima above it', () => {
    const d = found?.d as number;
    for (const factor of [1.01, 1.1, 1.5, 3, 30, 1e3]) {
      expect(spectrum({ family, d: d * factor }).minEigenvalue).toBeGreaterThan(0);
    }
  });
});

describe.each([
  ['A', 4],
  ['II', 4],
  ['3', 6],
] as const)('the thresholds of %s', (family, from) => {
  it('agree with a count of sign changes between integers', () => {
    const all = thresholds({ family });
    const irreps = [...new Set(spectrum({ family, d: from }).lines.map(({ irrep }) => irrep))];
    for (let d = from as number; d < 11; d++) {
      for (const irrep of irreps) {
        const crossed = all.filter((zero) => zero.irrep === irrep && zero.d > d && zero.d < d + 1).length;
        const changed = least(family, d, irrep) > 0 !== least(family, d + 1, irrep) > 0;
        expect(crossed % 2 === 1, `${irrep} between ${d} and ${d + 1}`).toBe(changed);
      }
    }
  });
});

describe('the thresholds of a family', () => {
  it('fall in d and name each irrep', () => {
    const zeros = thresholds({ family: '3' });
    expect(zeros.map(({ irrep }) => irrep)).toEqual(['s1', 's2', 'x1', 's1*s2', 'x2', 's1*s2', 't']);
    expect(zeros.map(({ d }) => d)).toEqual(zeros.map(({ d }) => d).toSorted((a, b) => b - a));
  });

  it('can be asked for one irrep', () => {
    expect(threshold({ family: 'A', irrep: 'x' })?.d).toBeCloseTo(5.76381273, 7);
    expect(threshold({ family: 'A', irrep: 'y' })).toBeUndefined();
    expect(threshold({ family: '2', irrep: 's2' })?.d).toBeLessThan(7);
  });

  it('end with the fold where the branch turns back', () => {
    const fold = thresholds({ family: '2' }).at(-1);
    expect(fold?.kind).toBe('fold');
    const d = fold?.d as number;
    expect(() => spectrum({ family: '2', d: d - 1e-6 })).toThrow(RangeError);
    // Beside a fold the eigenvalue that vanishes goes like the root of the distance.
    const [near, far] = [1e-8, 4e-8].map((by) => least('2', d + by, 't')) as [number, number];
    expect(far / near).toBeCloseTo(2, 2);
  });
});
