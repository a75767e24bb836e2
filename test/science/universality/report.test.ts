import { beforeAll, describe, expect, it } from 'vitest';
import { fromRows, identity } from '../../../src/science/math/matrix.ts';
import { blockOrder } from '../../../src/science/universality/block-order.ts';
import {
  architectureOf,
  experiment,
  objectiveOf,
  type Outcome,
  type Setting,
} from '../../../src/science/universality/experiment.ts';
import { sharesFigure, weightsFigure } from '../../../src/science/universality/figure.ts';
import { packReport, unpackReport } from '../../../src/science/universality/packed-report.ts';
import { conforms, type Report, reportOf } from '../../../src/science/universality/report.ts';
import { minimumRows, shareRows, summaryRow } from '../../../src/science/universality/tables.ts';
import { setting, stream } from './samples.ts';

const descent = { step: 0.05, steps: 400, batch: 8, data: 0 };
const fewer: Setting = { ...setting, activation: 'erf', d: 5, extra: -1 };
let outcome: Outcome;
let report: Report;

beforeAll(() => {
  outcome = experiment(fewer, 6, descent, stream(5));
  report = reportOf(fewer, 6, outcome);
});

describe('an experiment', () => {
  it('takes every run to a minimum, with known isotropy', () => {
    expect(outcome.method).toBe('closed form');
    expect(outcome.ran.map(({ run }) => run)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const { end, isotropy } of outcome.ran) {
      expect(end.gradientNorm).toBeLessThan(1e-12);
      expect(isotropy.status).toBe('decided');
    }
  });

  it('gives the same run whatever the others', () => {
    const [first] = experiment(fewer, 1, descent, stream(5)).ran;
    expect(first).toEqual(outcome.ran[0]);
  });

  it('cannot reach the target with a neuron less, and breaks no more symmetry than it must', () => {
    expect(report).toMatchObject({ runs: 6, degenerate: 0, saddles: 0, unreached: 0, undecided: 0 });
    for (const minimum of report.minima) {
      expect(minimum.spurious).toBe(true);
      expect(minimum.least).toBeGreaterThan(1e-3);
    }
    expect(report.minima.map(({ isotropy }) => isotropy)).toContain('Δ(S_4×S_1)');
    expect(report.targetIsotropy).toBe('ΔS_5');
    expect(report.minima.reduce((sum, { count }) => sum + count, 0)).toBe(6);
  });

  it('knows its loss by formula where there is one, else by points', () => {
    const method = (change: Partial<Setting>) => objectiveOf({ ...setting, ...change }, stream()).method;
    expect(method({ activation: 'relu', input: 'sphere' })).toBe('closed form');
    expect(method({ activation: 'leaky-relu', input: 'laplace-mixture' })).toBe('closed form');
    expect(method({ activation: 'erf', input: 'gaussian' })).toBe('closed form');
    expect(method({ activation: 'erf', input: 'sphere' })).toBe('symmetric sample');
    expect(method({ activation: 'erf', input: 'gaussian', depth: 3 })).toBe('symmetric sample');
    expect(method({ activation: 'gelu', input: 'signs' })).toBe('all corners');
    expect(() => method({ activation: 'relu', input: 'mixture' })).toThrow(
      'no exact loss of relu for mixture',
    );
    expect(() => method({ activation: 'relu', depth: 3 })).toThrow('3 layers');
  });

  it('has extra neurons in every hidden layer', () => {
    expect(architectureOf({ ...setting, depth: 4, extra: 2 }).widths).toEqual([4, 6, 6, 6]);
  });

  it('of three layers comes to minima as well', () => {
    const deep: Setting = { ...setting, activation: 'tanh', depth: 3, d: 3, base: 12 };
    const { minima, unreached } = reportOf(deep, 3, experiment(deep, 3, descent, stream(6)));
    expect(unreached).toBeLessThan(3);
    for (const { layers } of minima) expect(layers.map(({ rows }) => rows)).toEqual([3, 3]);
  });
});

describe('conforming', () => {
  it('is to split one orbit of the target at most', () => {
    expect([0, 1, 2, null].map((splits) => conforms({ splits }))).toEqual([true, true, false, false]);
  });

  it('is counted against the symmetry of the target', () => {
    for (const { isotropy, splits } of report.minima) expect(splits).toBe(isotropy.split('×').length - 1);
  });

  it('says nothing of small curvature where the Hessian has kinks', () => {
    const tiny = outcome.ran.map((ran) => ({
      ...ran,
      end: { ...ran.end, eigenvalues: ran.end.eigenvalues.map(() => 1e-5) },
    }));
    const kinked = reportOf({ ...fewer, activation: 'relu' }, 6, { ...outcome, ran: tiny });
    expect(kinked).toMatchObject({ degenerate: 6, minima: [] });
    expect(reportOf(fewer, 6, { ...outcome, ran: tiny }).degenerate).toBe(0);
  });

  it('is asked of minima alone', () => {
    const [first] = outcome.ran;
    const worse = [
      { ...first!, end: { ...first!.end, index: 1 } },
      { ...first!, end: { ...first!.end, nullity: 1 } },
      { ...first!, end: { ...first!.end, gradientNorm: 1e-3 } },
      { ...first!, isotropy: { status: 'undecided' as const } },
    ];
    const found = reportOf(fewer, 5, { ...outcome, ran: worse });
    expect(found).toMatchObject({ degenerate: 1, saddles: 1, unreached: 2, undecided: 1, minima: [] });
  });
});

describe('tables', () => {
  it('have a row for each minimum', () => {
    const rows = minimumRows(report);
    expect(rows).toHaveLength(report.minima.length);
    expect(rows[0]).toMatchObject({ input: 'correlated', activation: 'erf', extra: -1, d: 5 });
    expect(rows.every(({ target_isotropy }) => target_isotropy === 'ΔS_5')).toBe(true);
  });

  it('count runs by scope, with intervals', () => {
    const other = { ...report, setting: { ...fewer, depth: 3 }, minima: [], unreached: 6 };
    const rows = shareRows([report, other]);
    const at = (scope: string) => rows.find((row) => row.scope === scope)!;
    expect(rows.map(({ scope }) => scope)).toEqual([
      ...['all', 'depth 2', 'depth 3', 'input correlated', 'activation erf', 'target identity'],
    ]);
    expect(at('all')).toMatchObject({ experiments: 2, runs: 12, regular: 6, unreached: 6 });
    expect(at('depth 3')).toMatchObject({ regular: 0, share: null, low: null, spurious_share: null });
    const { share, low, high } = at('depth 2');
    expect(low! < share! && share! <= high!).toBe(true);
    expect(summaryRow(report)).toMatchObject({ runs: 6, regular: 6, spurious: 6 });
  });

  it('come back from plain data', () => {
    expect(unpackReport(JSON.parse(JSON.stringify(packReport(report))))).toEqual(report);
  });
});

describe('figures', () => {
  it('of shares have an interval for each scope that has minima', () => {
    const { panels } = sharesFigure(shareRows([report]));
    const lines = panels[0]!.marks.filter(({ type }) => type === 'line');
    expect(lines).toHaveLength(10);
    const none = shareRows([{ ...report, minima: [] }]);
    expect(sharesFigure(none).panels[0]!.marks).toEqual([]);
  });

  it('of weights have a panel for each kind of spurious minimum, once', () => {
    expect(weightsFigure([report, report], 9).panels).toHaveLength(report.minima.length);
    expect(weightsFigure([report, report], 1).panels).toHaveLength(1);
    expect(weightsFigure([{ ...report, minima: [] }], 2).panels[0]!.title).toBe('no spurious minimum');
  });
});

describe('block order', () => {
  it('puts orbits together, large ones first, and neurons beside their inputs', () => {
    const layer = fromRows([
      [5, 1, 1, 1],
      [2, 0, 9, 0],
      [2, 9, 0, 0],
      [2, 0, 0, 9],
    ]);
    const orbits = { inputOrbits: [[0], [1, 2, 3]], neuronOrbits: [[[0], [1, 2, 3]], []] };
    const [first, second] = blockOrder([layer, identity(4)], orbits);
    expect([...first!.data]).toEqual([9, 0, 0, 2, 0, 9, 0, 2, 0, 0, 9, 2, 1, 1, 1, 5]);
    expect(second).toEqual(identity(4));
  });

  it('goes by the weight that is different, not by the largest', () => {
    const layer = fromRows([
      [-3, -3, -3, -3],
      [7, 2, 7, 1],
      [2, 7, 7, 1],
      [7, 7, 2, 1],
    ]);
    const orbits = { inputOrbits: [[0, 1, 2], [3]], neuronOrbits: [[[1, 2, 3], [0]]] };
    const [first] = blockOrder([layer], orbits);
    expect([...first!.data]).toEqual([2, 7, 7, 1, 7, 2, 7, 1, 7, 7, 2, 1, -3, -3, -3, -3]);
  });
});
