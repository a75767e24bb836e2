/** The stages about extra neurons, leaky networks and other targets, and the figures of families. */
import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/model/kind.ts';
import * as branch from '../../stages/branch.ts';
import * as curves from '../../stages/eigenvalue-curves.ts';
import * as crossings from '../../stages/figure-crossings.ts';
import * as decay from '../../stages/figure-decay.ts';
import * as densities from '../../stages/figure-densities.ts';
import * as weights from '../../stages/figure-family-weights.ts';
import * as leakyFigure from '../../stages/figure-leaky.ts';
import * as overFigure from '../../stages/figure-over.ts';
import * as leaky from '../../stages/leaky.ts';
import * as overTable from '../../stages/over-table.ts';
import * as over from '../../stages/overparametrised.ts';
import * as perturbed from '../../stages/perturbed.ts';
import * as thresholds from '../../stages/thresholds.ts';
import { call, members } from './call.ts';

function records(table: unknown): Record<string, unknown>[] {
  const { columns, rows } = table as Table;
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

async function overRows(family: string, extras: string) {
  const settings = { family, extras, search: 12, starts: 60, sizes: [8, 12, 100] };
  return { case: { family, extras }, value: (await call(over, {}, settings)).outs['rows'] };
}

describe('extra neurons', () => {
  test('one makes saddles of type A, and none but split ones continue it with two', async () => {
    const rows = members(await overRows('A', '1'), await overRows('A', '2'));
    const { outs } = await call(overTable, { rows });
    expect(records(outs['verdicts'])).toMatchObject([
      { family: 'A', extras: 1, verdict: 'saddle', irrep: 's', sizes: 3, d: 100 },
      { family: 'A', extras: 2, verdict: 'none', sizes: 0, least: null },
    ]);
    const table = records(outs['table']);
    expect(table.filter(({ family }) => family === 'A+1').map(({ k, d }) => [k, d])).toEqual([
      [9, 8],
      [13, 12],
      [101, 100],
    ]);
    expect(table.filter(({ split }) => split === null).every(({ family }) => family === 'A+1')).toBe(true);
    const svg = (await call(overFigure, { rows })).outs['svg'] as string;
    expect(svg).toContain('<svg');
  });

  test('of two choices of extra neurons, only those that the file names are known', async () => {
    await expect(overRows('A', '3')).rejects.toThrow(/1\+1/);
  });
});

describe('leaky networks', () => {
  test('lead to the family, without loss at the start', async () => {
    const { outs, evidence } = await call(leaky, {}, { families: ['II'], sizes: [10] });
    expect(records(outs['ends'])).toMatchObject([{ family: 'II', d: 10, status: 'arrived' }]);
    expect(Number(records(outs['ends'])[0]?.['distance'])).toBeLessThan(1e-10);
    const table = records(outs['table']);
    expect(table[0]).toMatchObject({ lambda: 0, fromStart: 0 });
    expect(table[0]?.['loss']).toBeCloseTo(0, 20);
    expect(table.at(-1)).toMatchObject({ lambda: 1 });
    expect(table.at(-1)?.['loss']).toBeCloseTo(Number(table.at(-1)?.['reluLoss']), 14);
    expect(Number(evidence['worst residual'])).toBeLessThan(1e-12);
    const svg = (await call(leakyFigure, { paths: outs['paths'] }, { d: 10 })).outs['svg'];
    expect(svg).toContain('<svg');
  });
});

describe('other targets', () => {
  test('are named by their direction, with the least eigenvalue on the way', async () => {
    const directions = [{ family: 'II', direction: { diag2: 1, row1col2: -0.5 } }];
    const { outs } = await call(perturbed, {}, { d: 8, epsilon: 0.02, directions });
    const [end] = records(outs['ends']);
    expect(end).toMatchObject({ family: 'II', direction: 'diag2=1 row1col2=-0.5', status: 'arrived' });
    const along = records(outs['table']).map((row) => Number(row['minEigenvalue']));
    expect(end?.['least']).toBe(Math.min(...along));
    expect(records(outs['table'])[0]?.['epsilon']).toBe(0);
  });

  test('with an entry that the family does not have are refused', async () => {
    const directions = [{ family: 'A', direction: { diag2: 1 } }];
    await expect(call(perturbed, {}, { d: 8, directions })).rejects.toThrow(/no entry diag2/);
  });
});

describe('figures', () => {
  test('show families by their losses and by their densities, and leave out the others', async () => {
    const { spectra } = (await call(branch, {}, { family: 'II', sizes: [8, 20] })).outs;
    const gathered = members({ case: { family: 'II' }, value: spectra });
    const losses = (await call(decay, { spectra: gathered }, { families: ['II'] })).outs['svg'] as string;
    expect(losses).toContain('Loss of the families');
    const settings = { families: ['II'], sizes: [20] };
    const one = (await call(densities, { spectra: gathered }, settings)).outs['svg'] as string;
    const none = (await call(densities, { spectra: gathered }, { families: ['A'], sizes: [20] })).outs['svg'];
    expect(one).toContain('Spectral densities');
    expect(one.length).toBeGreaterThan(2 * (none as string).length);
  });

  test('mark the thresholds of a family among its eigenvalues', async () => {
    const settings = { family: 'II', from: { II: 5 }, to: 7, count: 5 };
    const { spectra } = (await call(curves, {}, settings)).outs;
    expect((spectra as { d: number }[]).map(({ d }) => d)).toEqual([5, 5.5, 6, 6.5, 7]);
    const found = (await call(thresholds, {}, { family: 'II' })).outs['thresholds'];
    const inputs = (value: unknown) => ({
      spectra: members({ case: { family: 'II' }, value: spectra }),
      thresholds: members({ case: { family: 'II' }, value }),
    });
    const marked = (await call(crossings, inputs(found))).outs['svg'] as string;
    expect(marked).not.toBe((await call(crossings, inputs([]))).outs['svg']);
  });

  test('show the weights of families, one panel each', async () => {
    const small = (await call(weights, {}, { d: 8, families: ['II'] })).outs['svg'] as string;
    const two = (await call(weights, {}, { d: 8, families: ['II', 'A'] })).outs['svg'] as string;
    expect(two.length).toBeGreaterThan(small.length);
  });
});
