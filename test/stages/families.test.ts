/** The stages about families, called in memory at small sizes, one after the other as the pipeline does. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Cell, Table } from '../../src/model/kind.ts';
import type { Certificate } from '../../src/science/checker/format.ts';
import type { Spectrum } from '../../src/science/family/spectrum.ts';
import type { Threshold } from '../../src/science/family/threshold.ts';
import * as branch from '../../stages/branch.ts';
import * as certify from '../../stages/certify.ts';
import * as check from '../../stages/check.ts';
import * as comparison from '../../stages/comparison.ts';
import * as criticalPoints from '../../stages/critical-points.ts';
import type { Checked } from '../../stages/family-kinds.ts';
import * as familyPoints from '../../stages/family-points.ts';
import * as familyTables from '../../stages/family-tables.ts';
import * as series from '../../stages/series.ts';
import * as thresholds from '../../stages/thresholds.ts';
import { call, members } from './call.ts';

type Family = 'global' | 'A' | 'II';

/** What the stages make for one family. */
interface Made {
  readonly spectra: readonly Spectrum[];
  readonly thresholds: readonly Threshold[];
  readonly certificates: readonly Certificate[];
  readonly checked: readonly Checked[];
  readonly points: readonly { readonly d: number; readonly certified: boolean }[];
}

const made = {} as Record<Family, Made>;

async function make(family: Family, sizes: readonly number[]): Promise<Made> {
  const { spectra } = (await call(branch, {}, { family, sizes })).outs;
  const found = (await call(thresholds, {}, { family })).outs['thresholds'];
  const { certificates } = (await call(certify, { spectra, thresholds: found }, { family })).outs;
  const { checked } = (await call(check, { certificates })).outs;
  const { points } = (await call(familyPoints, { spectra, checked })).outs;
  return { spectra, thresholds: found, certificates, checked, points } as Made;
}

const gathered = (role: keyof Made) =>
  members(
    ...(['A', 'II', 'global'] as const).map((family) => ({ case: { family }, value: made[family][role] })),
  );

function records({ columns, rows }: Table): Record<string, Cell>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] as Cell])));
}

beforeAll(async () => {
  made.global = await make('global', [6, 20]);
  made.A = await make('A', [5, 6, 20]);
  made.II = await make('II', [5, 6, 20]);
});

describe('a family', () => {
  test('is a saddle below its threshold and a minimum above', () => {
    expect(made.II.spectra.map(({ d, index }) => [d, (index ?? 0) > 0])).toEqual([
      [5, true],
      [6, false],
      [20, false],
    ]);
    expect(made.II.thresholds[0]).toMatchObject({ irrep: 's', kind: 'crossing', signAbove: 1 });
    expect(made.A.thresholds[0]).toMatchObject({ irrep: 'x', kind: 'crossing', signAbove: 1 });
    expect(made.global.thresholds).toEqual([]);
  });

  test('has a certificate for each point and each crossing, all of them valid', () => {
    expect(made.II.checked.map(({ claim }) => claim)).toEqual([
      ...Array.from({ length: 3 }, () => 'critical point'),
      'threshold',
    ]);
    for (const family of ['global', 'A', 'II'] as const) {
      expect(made[family].checked.map(({ verdict, reason }) => `${verdict}${reason}`)).toEqual(
        made[family].checked.map(() => 'valid'),
      );
    }
  });

  test('lies within what is proved', () => {
    for (const { d, point, minEigenvalue } of made.II.spectra) {
      const proof = made.II.checked.find((one) => one.claim === 'critical point' && one.d === String(d));
      expect(Number(proof?.loss?.low)).toBeCloseTo(point.loss, 14);
      expect(Number(proof?.least?.high)).toBeCloseTo(minEigenvalue, 14);
    }
    const crossing = made.II.checked.find(({ claim }) => claim === 'threshold');
    expect(Number(crossing?.at?.low)).toBeCloseTo(made.II.thresholds[0]?.d ?? 0, 11);
    expect([crossing?.below, crossing?.above]).toEqual([1, 0]);
  });

  test('is not certified by a certificate that was refused', async () => {
    const certificates = made.II.certificates.map((one) =>
      one.claim === 'critical point' && one.d === '6' ? { ...one, loss: `${one.loss.slice(0, -3)}123` } : one,
    );
    const { outs, evidence } = await call(check, { certificates });
    expect(evidence).toEqual({ valid: 3, refused: 1 });
    const { points } = (await call(familyPoints, { spectra: made.II.spectra, checked: outs['checked'] }))
      .outs;
    expect((points as Made['points']).map(({ d, certified }) => [d, certified])).toEqual([
      [5, true],
      [6, false],
      [20, true],
    ]);
  });
});

describe('the tables', () => {
  test('have the published columns and each point once, families in order', async () => {
    const { outs, evidence } = await call(criticalPoints, {
      families: gathered('points'),
      others: [],
      found: members(),
    });
    const points = outs['points'] as Table;
    expect(points.columns.join()).toBe(
      'family,isotropy,k,d,loss,gradient_norm,min_eigenvalue,min_eigenvalue_irrep,index,nullity,certified',
    );
    expect(records(points).map(({ family, d, certified }) => `${family} ${d} ${certified}`)).toEqual([
      'global 6 true',
      'global 20 true',
      ...['A 5 true', 'A 6 true', 'A 20 true', 'II 5 true', 'II 6 true', 'II 20 true'],
    ]);
    expect(evidence).toMatchObject({ points: 8, 'found by descent alone': 0 });
    const spectrum = outs['spectrum'] as Table;
    expect(spectrum.columns.join()).toBe('family,k,d,irrep,eigenvalue,multiplicity');
    const lines = records(spectrum).filter(({ family, d }) => family === 'II' && d === 20);
    expect(lines.reduce((sum, line) => sum + Number(line['multiplicity']), 0)).toBe(400);
  });

  test('say from which size on a family is proved to be a minimum', async () => {
    const rows = (await call(series, {}, { family: 'A', terms: 2, formulas: { A: 2 } })).outs['series'];
    const { outs } = await call(familyTables, {
      thresholds: gathered('thresholds'),
      series: members({ case: { family: 'A' }, value: rows }),
      overThresholds: members({
        case: { family: 'A' },
        value: [{ family: 'A+1', irrep: 's', d: 7, loss: 1 }],
      }),
      overSeries: members(),
      checked: gathered('checked'),
    });
    const ranges = records(outs['ranges'] as Table);
    expect(ranges.find(({ family }) => family === 'II')).toEqual({
      ...{ family: 'II', first: 6, last: 20, points: 2 },
      ...{ saddles: 1, saddleUpTo: 5 },
    });
    expect((outs['thresholds'] as Table).columns).toEqual(['family', 'irrep', 'd', 'loss']);
    expect((outs['thresholds'] as Table).rows.at(-1)).toEqual(['A+1', 's', 7, 1]);
    const loss = records(outs['series'] as Table).filter(({ quantity }) => quantity === 'loss');
    expect(loss.map(({ power, closed_form }) => [power, closed_form])).toEqual([
      [0, '1/2 - 1/pi'],
      [1, '-4/(3*pi)'],
    ]);
  });

  test('compare spectra with that of the global minimum at the same size, and only there', async () => {
    const { outs } = await call(comparison, { spectra: gathered('spectra') });
    const rows = records(outs['table'] as Table);
    expect(rows.map(({ family, d }) => `${family} ${d}`)).toEqual([
      ...['A 6', 'A 20', 'II 6', 'II 20', 'global 6', 'global 20'],
    ]);
    expect(rows.find(({ family, d }) => family === 'global' && d === 20)).toMatchObject({
      difference: 0,
      growing: 21,
    });
    const largest = records(outs['largest'] as Table).find(({ family }) => family === 'II');
    const own = rows.filter(({ family }) => family === 'II').map((row) => Number(row['scaledDifference']));
    expect(largest?.['scaledDifference']).toBe(Math.max(...own));
  });
});

test('series give the leading term of each quantity', async () => {
  const { outs } = await call(series, {}, { family: 'A', terms: 2, formulas: { A: 0 } });
  const [all, leading] = [outs['series'], outs['leading']] as { quantity: string; closedForm: string }[][];
  const quantities = new Set(all?.map(({ quantity }) => quantity));
  expect(leading?.map(({ quantity }) => quantity)).toEqual([...quantities]);
  // No closed form was asked for; zeros need no search.
  expect(new Set(all?.map(({ closedForm }) => closedForm))).toEqual(new Set(['', '0']));
});
