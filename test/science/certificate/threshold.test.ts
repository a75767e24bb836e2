import { describe, expect, it } from 'vitest';
import { certifyThreshold, type Crossing } from '../../../src/science/certificate/threshold.ts';
import { check } from '../../../src/science/checker/check.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import { branchOf, type SpuriousName } from '../../../src/science/family/families.ts';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import { thresholds } from '../../../src/science/family/threshold.ts';

/** The computed crossings of a family, with the entries there. */
function crossingsOf(family: SpuriousName): Crossing[] {
  return thresholds({ family })
    .filter(({ kind }) => kind === 'crossing')
    .map(({ irrep, d }) => ({
      irrep,
      d,
      entries: criticalPoint({ family, d }).entries.map(({ value }) => value),
    }));
}

describe('a certified threshold', () => {
  it('is found for every crossing of type (2), in four components', () => {
    const certified = crossingsOf('2').map((crossing) =>
      certifyThreshold(branchOf('2'), crossing, { d: 18, entries: 12 }),
    );
    expect(certified.map(({ status }) => status)).toEqual([
      'certified',
      'certified',
      'certified',
      'certified',
    ]);
    const irreps = certified.map((result) => (result.status === 'certified' ? result.certificate.irrep : ''));
    expect(irreps).toEqual(['s1', 's2', 's1*s2', 'x1']);
    for (const result of certified) {
      if (result.status !== 'certified') continue;
      expect(check(result.certificate)).toEqual({ status: 'valid' });
      expect(result.evidence.contraction).toBeLessThan(1e-7);
    }
  });

  it('has the signs that the spectrum shows on both sides', () => {
    const [crossing] = crossingsOf('II') as [Crossing];
    const result = certifyThreshold(branchOf('II'), crossing, { d: 14, entries: 8 });
    if (result.status !== 'certified') throw new Error(result.reason);
    const { d, below, above, irrep } = result.certificate;
    const negatives = [Number(d) - 1e-6, Number(d) + 1e-6].map(
      (at) =>
        spectrum({ family: 'II', d: at }).lines.filter((line) => line.irrep === irrep && line.eigenvalue < 0)
          .length,
    );
    expect(negatives).toEqual([below, above]);
  });

  it('shows as many places as are asked for, each of them right', () => {
    const [crossing] = crossingsOf('A') as [Crossing];
    const places = [10, 25, 60].map((d) => {
      const result = certifyThreshold(branchOf('A'), crossing, { d, entries: 8 });
      return result.status === 'certified' ? result.certificate.d : '';
    });
    expect(places.map((text) => text.split('.')[1]?.length)).toEqual([10, 25, 60]);
    expect(places[2]!.startsWith(places[1]!.slice(0, -1))).toBe(true);
    expect(places[1]!.startsWith(places[0]!.slice(0, -1))).toBe(true);
  });
});

describe('no threshold is certified', () => {
  it('on more digits than the proof has', () => {
    const [crossing] = crossingsOf('A') as [Crossing];
    expect(certifyThreshold(branchOf('A'), crossing, { d: 130, entries: 8 })).toMatchObject({
      status: 'undecided',
    });
  });

  it('where entries have more places than d can fix', () => {
    const [crossing] = crossingsOf('A') as [Crossing];
    expect(certifyThreshold(branchOf('A'), crossing, { d: 6, entries: 30 })).toMatchObject({
      status: 'undecided',
    });
  });

  it('at a fold, where the branch is no curve over d', () => {
    const fold = thresholds({ family: '2' }).find(({ kind }) => kind === 'fold')!;
    const entries = criticalPoint({ family: '2', d: fold.d + 1e-3 }).entries.map(({ value }) => value);
    const result = certifyThreshold(branchOf('2'), { irrep: 't', d: fold.d, entries });
    expect(result).toMatchObject({ status: 'undecided' });
  });
});
