import { beforeAll, describe, expect, it } from 'vitest';
import * as accuracy from '../../stages/accuracy.ts';
import * as compareCounts from '../../stages/compare-counts.ts';
import * as counts from '../../stages/counts.ts';
import * as criticalPoints from '../../stages/critical-points.ts';
import * as generate from '../../stages/generate.ts';
import * as sameEnds from '../../stages/same-ends.ts';
import * as sampleLoss from '../../stages/sample-loss.ts';
import * as train from '../../stages/train.ts';
import type { Table } from '../../src/model/kind.ts';
import type { Experiment as Summed } from '../../src/science/minima/counts.ts';
import { call, members } from './call.ts';
import { type Experiment, experiment } from './experiment.ts';

const runs = 60;
let square: Experiment;
let wider: Experiment;
beforeAll(async () => {
  square = await experiment(7, 0, runs);
  wider = await experiment(7, 1, 10);
});

const cases = () =>
  [
    [{ extra: 0, k: 7 }, square],
    [{ extra: 1, k: 7 }, wider],
  ] as const;
const gathered = (role: 'runs' | 'found') =>
  members(...cases().map(([binding, made]) => ({ case: binding, value: made[role] })));
const records = (table: unknown): Record<string, unknown>[] => {
  const { columns, rows } = table as Table;
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
};

describe('an experiment of seven neurons', () => {
  it('draws each start from a stream of its own', async () => {
    const fewer = await call(generate, {}, { k: 7, runs: 3 }, true);
    expect(fewer.outs['starts']).toEqual(square.starts.slice(0, 3));
    expect(square.starts.map(({ weights }) => weights.data.length)).toEqual(Array(runs).fill(49));
  });

  it('draws more starts for the k that need more', async () => {
    const more = { 7: 5, 8: 50 };
    const made = await call(generate, {}, { k: 7, runs: 3, more }, true);
    expect(made.outs['starts']).toHaveLength(5);
    const same = await call(generate, {}, { k: 7, runs: 9, more }, true);
    expect(same.outs['starts']).toHaveLength(9);
  });

  it('trains every start to a minimum, most of them global', () => {
    expect(square.candidates.map(({ run }) => run)).toEqual(Array.from({ length: runs }, (_, run) => run));
    expect(square.candidates.every(({ status }) => status === 'certified' || status === 'converged')).toBe(
      true,
    );
    const spurious = square.runs.filter((run) => run.spurious).length;
    expect(spurious).toBeGreaterThan(0);
    expect(spurious).toBeLessThan(runs / 3);
    expect(square.evidence['trained']).toMatchObject({ spurious, exhausted: 0 });
    expect(square.runs[0]).not.toHaveProperty('weights');
  });

  it('polishes and classifies all of them', () => {
    expect(square.points).toHaveLength(runs);
    expect(square.evidence['polished']).toMatchObject({ stalled: 0, 'left out': 0 });
    expect(square.evidence['sorted']).toMatchObject({ undecided: 0 });
    expect(new Set(square.classified.map(({ isotropy }) => isotropy))).toEqual(
      new Set(['ΔS_7', 'Δ(S_6×S_1)']),
    );
  });

  it('counts two minima, up to symmetry, with all runs', () => {
    expect(square.minima.map(({ isotropy, sizes, spurious }) => ({ isotropy, sizes, spurious }))).toEqual([
      { isotropy: 'ΔS_7', sizes: [7], spurious: false },
      { isotropy: 'Δ(S_6×S_1)', sizes: [6, 1], spurious: true },
    ]);
    expect(square.minima.reduce((sum, { count }) => sum + count, 0)).toBe(runs);
    expect(Math.max(...square.minima.map(({ entrySpread }) => entrySpread))).toBeLessThan(1e-12);
  });

  it('gives them their families and spectra', () => {
    const [global, second] = square.found;
    expect([global?.point.family, second?.point.family]).toEqual(['global', 'II']);
    expect(second?.point.loss).toBeCloseTo(0.0232027149, 10);
    expect(second?.point.least).toBeCloseTo(0.01405901, 8);
    expect(square.evidence['described']).toMatchObject({ saddles: 0, 'without irreps': 0 });
  });

  it('of eight neurons ends at global minima, which are not followed to a point', () => {
    expect(wider.runs.map(({ status }) => status)).toEqual(Array(10).fill('settled'));
    expect([wider.points, wider.minima, wider.found]).toEqual([[], [], []]);
  });
});

describe('what is made of it', () => {
  it('counts and families are tables over all k and n', async () => {
    const { outs, evidence } = await call(
      counts,
      { runs: gathered('runs'), found: gathered('found') },
      { protocol: 'SS18' },
    );
    const rows = records(outs['counts']);
    const spurious = square.runs.filter((run) => run.spurious).length;
    expect(rows).toEqual([
      {
        protocol: 'SS18',
        k: 7,
        n: 7,
        runs,
        spurious,
        mean_loss: expect.closeTo(square.found[1]?.point.loss as number, 16) as number,
        mean_min_eigenvalue: expect.closeTo(square.found[1]?.point.least as number, 16) as number,
      },
      { protocol: 'SS18', k: 7, n: 8, runs: 10, spurious: 0, mean_loss: null, mean_min_eigenvalue: null },
    ]);
    expect(records(outs['families']).map(({ isotropy, count }) => [isotropy, count])).toEqual([
      ['ΔS_7', runs - spurious],
      ['Δ(S_6×S_1)', spurious],
    ]);
    expect(evidence).toEqual({ 'spurious runs at saddles': 0 });
  });

  it('the comparison with published counts', async () => {
    const made = await call(
      counts,
      { runs: gathered('runs'), found: gathered('found') },
      { protocol: 'SS18' },
    );
    const published = {
      columns: ['k', 'n', 'runs', 'spurious'],
      rows: [
        [7, 7, 1000, 55],
        [7, 8, 1000, 0],
      ],
    };
    const minima = { columns: ['k', 'n', 'loss', 'count'], rows: [[7, 7, 0.0232027149, 55]] };
    const experiments = made.outs['experiments'] as Summed[];
    const { outs } = await call(compareCounts, { experiments, counts: published, minima });
    expect(records(outs['counts']).map(({ n, status }) => [n, status])).toEqual([
      [7, 'agrees'],
      [8, 'agrees'],
    ]);
    expect(records(outs['minima'])).toMatchObject([{ published_count: 55, status: 'agrees' }]);
    expect(records(outs['summary'])).toMatchObject([
      { extra: 0, differing: 0, minima: 1, minima_of_one: 0 },
      { extra: 1, differing: 0, minima: 0 },
    ]);
  });

  it('a published table without the columns is refused', async () => {
    const minima = { columns: ['k'], rows: [[7]] };
    const input = { experiments: [], counts: { columns: ['k', 'n', 'runs', 'spurious'], rows: [] }, minima };
    await expect(call(compareCounts, input)).rejects.toThrow('row 0, column n is no number');
  });

  it('tables of critical points and of eigenvalues', async () => {
    const { outs, evidence } = await call(criticalPoints, {
      families: members(),
      others: [],
      found: gathered('found'),
    });
    expect(records(outs['points']).map(({ family, k, d, certified }) => [family, k, d, certified])).toEqual([
      ['global', 7, 7, false],
      ['II', 7, 7, false],
    ]);
    const lines = records(outs['spectrum']);
    const copies = lines
      .filter(({ family }) => family === 'II')
      .map(({ multiplicity }) => Number(multiplicity));
    expect(copies.reduce((sum, copy) => sum + copy, 0)).toBe(49);
    expect(evidence).toMatchObject({ points: 2, 'found by descent alone': 2 });
  });

  it('tables in which families that descent found occur once, as they were proved', async () => {
    const [, second] = square.found.map(({ point }) => ({ ...point, certified: true }));
    const families = members({ case: { family: 'II' }, value: [second] });
    const { outs, evidence } = await call(criticalPoints, { families, others: [], found: gathered('found') });
    expect(records(outs['points']).map(({ family, certified }) => [family, certified])).toEqual([
      ['global', false],
      ['II', true],
    ]);
    expect(evidence).toMatchObject({ 'found by descent alone': 1, 'largest disagreement': 0 });
  });

  it('the closed form of the loss is what samples give', async () => {
    const { outs } = await call(sampleLoss, { minima: square.minima }, { k: 7, samples: 20_000 }, true);
    const rows = records(outs['checks']);
    expect(rows.map(({ isotropy }) => isotropy)).toEqual(['Δ(S_6×S_1)']);
    expect(Math.abs(Number(rows[0]?.['score']))).toBeLessThan(4);
  });

  it('training without shortcuts ends at the same minima', async () => {
    const first = { ...square, starts: square.starts.slice(0, 12) };
    const whole = await call(train, { starts: first.starts }, { k: 7, whole: true });
    const short = square.candidates.slice(0, 12);
    const { outs } = await call(sameEnds, { short, whole: whole.outs['candidates'] });
    expect(outs['ends']).toMatchObject({ runs: 12, different: 0, followed: 12 });
  });

  it('the evidence, one row each', async () => {
    const checks = { columns: ['score'], rows: [[-2.5], [1]] };
    const ends = { runs: 12, different: 0, followed: 12, farthest: 1e-9 };
    const { outs } = await call(accuracy, {
      found: gathered('found'),
      checks: members({ case: { k: 7 }, value: checks }),
      ends: members({ case: { k: 7 }, value: ends }),
    });
    const value = (quantity: string) =>
      records(outs['accuracy']).find((row) => row['quantity'] === quantity)?.['value'];
    expect([value('points'), value('largest_score'), value('followed_twice')]).toEqual([2, 2.5, 12]);
    expect(value('largest_spectral_difference')).toBeLessThan(1e-12);
  });
});
