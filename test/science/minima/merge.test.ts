import { describe, expect, it } from 'vitest';
import type { Point } from '../../../src/science/minima/describe.ts';
import { lineRows, mergePoints, pointRow } from '../../../src/science/minima/merge.ts';

const point = (changes: Partial<Point>): Point => ({
  family: 'II',
  isotropy: 'Δ(S_6×S_1)',
  k: 7,
  d: 7,
  loss: 0.0232,
  gradientNorm: 1e-30,
  least: 0.014,
  leastIrrep: 's',
  index: 0,
  nullity: 0,
  certified: false,
  lines: [],
  ...changes,
});

describe('points from several sources', () => {
  it('are one where shape, isotropy and loss agree', () => {
    const { points, disagreement } = mergePoints([
      point({}),
      point({ loss: 0.0232 + 1e-11, least: 0.0140001 }),
    ]);
    expect(points).toEqual([point({})]);
    expect(disagreement).toBeCloseTo(1e-7, 12);
  });

  it.each([
    ['loss', { loss: 0.0233 }],
    ['isotropy', { isotropy: 'Δ(S_5×S_2)' }],
    ['number of inputs', { d: 6 }],
  ])('are two where the %s differs', (_, changes) => {
    expect(mergePoints([point({}), point(changes)]).points).toHaveLength(2);
  });

  it('keep the certified description, then the one that names a family', () => {
    const other = point({ family: 'other' });
    const certified = point({ certified: true });
    expect(mergePoints([other, point({})]).points).toEqual([point({})]);
    expect(mergePoints([other, point({}), certified]).points).toEqual([certified]);
    expect(mergePoints([certified, other]).points).toEqual([certified]);
  });

  it('without a family are numbered by rising loss at each k and d', () => {
    const others = [0.06, 0.05, 0.07].map((loss) =>
      point({ family: 'other', isotropy: `loss ${loss}`, loss }),
    );
    const elsewhere = point({ family: 'other', k: 8, d: 8, loss: 0.08 });
    const { points } = mergePoints([elsewhere, ...others]);
    expect(points.map(({ family, k, loss }) => [family, k, loss])).toEqual([
      ['other-1', 7, 0.05],
      ['other-1', 8, 0.08],
      ['other-2', 7, 0.06],
      ['other-3', 7, 0.07],
    ]);
  });

  it('are sorted by family, those with extra neurons after those without', () => {
    const names = ['other', 'II+1', '3', '2', 'I', 'global', 'A', 'A+1', 'II'];
    const { points } = mergePoints(names.map((family, i) => point({ family, loss: i })));
    expect(points.map(({ family }) => family)).toEqual([
      'global',
      'A',
      'I',
      'II',
      '2',
      '3',
      'A+1',
      'II+1',
      'other-1',
    ]);
  });
});

describe('rows of the tables', () => {
  it('have the published columns', () => {
    const columns =
      'family,isotropy,k,d,loss,gradient_norm,min_eigenvalue,min_eigenvalue_irrep,index,nullity,certified';
    expect(Object.keys(pointRow(point({}))).join()).toBe(columns);
    expect(pointRow(point({ least: 0.5, index: null }))).toMatchObject({ min_eigenvalue: 0.5, index: null });
  });

  it('are one for each eigenvalue', () => {
    const lines = [
      { irrep: 't', eigenvalue: 2, multiplicity: 1 },
      { irrep: 's', eigenvalue: 0.5, multiplicity: 6 },
    ];
    expect(lineRows(point({ lines }))).toEqual([
      { family: 'II', k: 7, d: 7, irrep: 't', eigenvalue: 2, multiplicity: 1 },
      { family: 'II', k: 7, d: 7, irrep: 's', eigenvalue: 0.5, multiplicity: 6 },
    ]);
  });
});
