import { describe, expect, test } from 'vitest';
import { identity } from '../../../src/science/math/matrix.ts';
import { safranYehudaiShamir } from '../../../src/science/network/protocol.ts';
import { train } from '../../../src/science/network/train.ts';
import { wasmEngine } from '../../../src/science/network/wasm-engine.ts';
import { shortcuts } from '../../../src/science/network/watch.ts';
import { analyse } from '../../../src/science/splitting/analyse.ts';
import { sharesFigure } from '../../../src/science/splitting/figure.ts';
import { countRows, nearRows, splitRows, summaryRow } from '../../../src/science/splitting/tables.ts';
import { starts } from '../network/samples.ts';

const k = 9;
const protocol = safranYehudaiShamir(k);
const ends = train(
  wasmEngine({ neurons: k, target: identity(k) }),
  identity(k),
  starts(24, k, k, 5),
  protocol,
  shortcuts(k, identity(k), protocol),
);
const settings = { share: 0.3, most: 10, dense: 700 };
const report = analyse(k, ends, settings);

describe('the analysis', () => {
  test('has each minimum once, with all runs counted', () => {
    expect(report.points.reduce((sum, { count }) => sum + count, 0)).toBe(24);
    expect(report.points[0]).toMatchObject({ spurious: false, isotropy: 'ΔS_9' });
    expect(report.found).toBe(report.points.length - 1);
    expect(report.found).toBeGreaterThan(0);
    for (const { gradientNorm, least, splits } of report.points) {
      expect(gradientNorm).toBeLessThan(1e-13);
      expect(least).toBeGreaterThan(1e-3);
      expect(splits.reduce((sum, { neurons }) => sum + neurons, 0)).toBe(k);
    }
  });

  test('splits only as many spurious minima as asked, and diagonalises only small Hessians', () => {
    const none = analyse(k, ends, { ...settings, most: 0, dense: 10 });
    expect(none.found).toBe(report.found);
    expect(none.points).toHaveLength(1);
    expect(none.points[0]!.splits[0]).toMatchObject({ least: null, index: null, nullity: null });
  });

  test('of no run is empty', () => {
    expect(analyse(k, [], settings)).toEqual({ k, found: 0, points: [] });
  });
});

describe('the summary', () => {
  test('finds that splits of spurious minima are saddles, and that norms add up to k at most', () => {
    const row = summaryRow(k, [report]);
    expect(row).toMatchObject({ analysed: report.found, minima_without_saddle: 0 });
    expect(row).toMatchObject({ indefinite: k * report.found, indefinite_without_saddle: 0 });
    expect(row.norm_excess).toBeLessThan(1e-12);
    expect(row.global_split_nullity).toBe(k);
    expect(row.worst_rise).toBeLessThan(1e-12);
  });

  test('counts neurons and minima that do not become saddles', () => {
    const tame = report.points.map((point) => ({
      ...point,
      splits: point.splits.map((split) => ({ ...split, least: 0, curvature: 0 })),
    }));
    const row = summaryRow('all', [{ ...report, points: tame }]);
    expect(row.minima_without_saddle).toBe(report.found);
    expect(row.indefinite_without_saddle).toBe(row.indefinite);
  });

  test('goes by the closed form where no Hessian was diagonalised', () => {
    const closed = analyse(k, ends, { ...settings, dense: 0 });
    const row = summaryRow(k, [closed]);
    expect(row).toMatchObject({ minima_without_saddle: 0, worst_rise: null, global_split_least: null });
  });

  test('of nothing has no extremes', () => {
    expect(summaryRow('all', [])).toMatchObject({ k: 'all', norm_excess: null, indefinite: 0 });
  });
});

describe('the tables', () => {
  test('have a row for each kind of neuron', () => {
    const rows = splitRows(report);
    expect(rows).toHaveLength(report.points.reduce((sum, { splits }) => sum + splits.length, 0));
    expect(rows[0]).toMatchObject({ k, isotropy: 'ΔS_9', neurons: k, split_index: 0, split_nullity: k });
  });

  test('compare counts with published ones where there are any', () => {
    const ours = [
      { k: 6, runs: 500, global: 500 },
      { k: 8, runs: 500, global: 440 },
      { k: 10, runs: 500, global: 100 },
    ];
    const published = [
      { k: 6, runs: 500, global: 499 },
      { k: 10, runs: 500, global: 340 },
    ];
    const rows = countRows(ours, published, 1e-3);
    expect(rows.map(({ status }) => status)).toEqual(['agrees', 'not published', 'differs']);
    expect(rows[1]).toMatchObject({ p: null, published_runs: null, share: 0.88 });
    for (const { share, low, high } of rows) expect(low <= share && share <= high).toBe(true);
  });

  test('have no ratio at distance 0', () => {
    const rows = nearRows(4, [
      { distance: 0, least: 0 },
      { distance: 0.5, least: -0.25 },
    ]);
    expect(rows.map(({ ratio }) => ratio)).toEqual([null, -0.5]);
  });

  test('become a figure with both sets of counts', () => {
    const { panels } = sharesFigure([{ k: 6, runs: 10, global: 5 }], [{ k: 7, runs: 10, global: 1 }]);
    const points = panels[0]!.marks.filter(({ type }) => type === 'points');
    expect(points).toMatchObject([{ points: [[7.12, 0.1]] }, { points: [[5.88, 0.5]] }]);
  });
});
