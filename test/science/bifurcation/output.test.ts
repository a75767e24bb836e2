import { describe, expect, test } from 'vitest';
import { diagrams } from '../../../src/science/bifurcation/diagram.ts';
import { forced } from '../../../src/science/bifurcation/forced.ts';
import {
  branchColumns,
  branchRow,
  censusColumns,
  censusRow,
  forcedColumns,
  forcedRows,
  summaryColumns,
  summaryRow,
} from '../../../src/science/bifurcation/tables.ts';
import { verifiedBranches } from '../../../src/science/bifurcation/verify.ts';
import { extentOf } from '../../../src/science/figure/mark.ts';

const window = { lambda: 0.5, radius: Infinity };
const c = [-3, 1, 2].map((entry) => entry / 256);
const reports = forced(c, 0, window);

const record = (columns: readonly string[], row: readonly unknown[]) =>
  Object.fromEntries(columns.map((column, i) => [column, row[i]]));

describe('tables', () => {
  test('have a cell for each column', () => {
    const all = verifiedBranches(6, 0.001, 1);
    for (const one of all) expect(branchRow(one)).toHaveLength(branchColumns.length);
    expect(summaryRow(all)).toHaveLength(summaryColumns.length);
    for (const row of forcedRows('n3', c, reports)) expect(row).toHaveLength(forcedColumns.length);
    expect(censusRow('n3', c, window, reports)).toHaveLength(censusColumns.length);
  });

  test('name isotropy and leave out eigenvalues that do not occur', () => {
    const row = record(branchColumns, branchRow(verifiedBranches(5, 1, 0)[0]!));
    expect(row).toMatchObject({
      isotropy: 'S_4×S_1',
      p: 1,
      positive: 3,
      negative: 1,
      eig_t: -1,
      eig_s1: null,
    });
    expect(row['eig_s2']).toBeCloseTo(5 / 3, 13);
  });

  test('count equilibria on both sides', () => {
    const both = [...verifiedBranches(5, -1, 0), ...verifiedBranches(5, 1, 0)];
    expect(record(summaryColumns, summaryRow(both))).toMatchObject({
      equilibria_below: 15,
      equilibria_above: 15,
      disagreeing: 0,
      stable: 0,
    });
  });

  test('list folds and both ends of each curve', () => {
    const points = forcedRows('n3', c, reports).map((row) => record(forcedColumns, row)['point']);
    expect(points.filter((point) => point === 'fold')).toHaveLength(2);
    expect(points.filter((point) => point === 'above')).toHaveLength(4);
    expect(points.filter((point) => point === 'below')).toHaveLength(4);
  });
});

describe('diagrams', () => {
  const spec = diagrams([{ reports, window }]);

  test('put the symmetric field above the forced one, in one window', () => {
    expect(spec.panels).toHaveLength(2);
    for (const { x, marks } of spec.panels) {
      expect(x.domain).toEqual([-0.5, 0.5]);
      for (const mark of marks)
        for (const lambda of extentOf(mark).x) expect(Math.abs(lambda)).toBeLessThanOrEqual(0.5);
    }
  });

  test('show a sink for λ < 0 alone', () => {
    for (const { marks } of spec.panels) {
      const sinks = marks.filter((mark) => mark.type === 'line' && mark.label === '0 positive');
      expect(sinks.length).toBeGreaterThan(0);
      for (const mark of sinks) for (const lambda of extentOf(mark).x) expect(lambda).toBeLessThanOrEqual(0);
    }
  });

  test('mark both folds', () => {
    const folds = spec.panels[1]!.marks.find((mark) => mark.type === 'points')!;
    expect(extentOf(folds).x).toHaveLength(2);
  });
});
