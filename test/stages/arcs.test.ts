/** The stages about tangency arcs, once each. */
import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/model/kind.ts';
import * as arcTables from '../../stages/arc-tables.ts';
import * as arcs from '../../stages/arcs.ts';
import * as basins from '../../stages/basins.ts';
import * as branch from '../../stages/branch.ts';
import * as denseArcs from '../../stages/dense-arcs.ts';
import * as figureArcs from '../../stages/figure-arcs.ts';
import * as figureLadder from '../../stages/figure-ladder.ts';
import * as hidden from '../../stages/hidden-spectra.ts';
import * as ladder from '../../stages/ladder.ts';
import * as worked from '../../stages/worked-arcs.ts';
import { call, members } from './call.ts';

function records(table: unknown): Record<string, unknown>[] {
  const { columns, rows } = table as Table;
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

async function traced(family: string) {
  const { outs, evidence } = await call(arcs, {}, { family, sizes: [7], all: [] });
  return { outs, evidence, case: { family } };
}

describe('arcs of least loss', () => {
  test('are tabulated with their events and neighbours, and drawn', async () => {
    const both = [await traced('I'), await traced('II')];
    for (const { evidence } of both) expect(evidence['lost']).toBe(0);
    const gathered = (role: string) =>
      members(...both.map((one) => ({ case: one.case, value: one.outs[role] })));
    const deps = { minimal: gathered('minimal'), all: gathered('minimal') };
    const { outs } = await call(arcTables, deps);
    const rows = records(outs['arcs']);
    expect(rows.filter(({ from }) => from === 'II').map(({ event }) => event)).toEqual([
      ...['start', 'critical', 'critical', 'end: critical'],
      ...['start', 'critical', 'critical', 'end: critical'],
    ]);
    expect(records(outs['neighbours'])).toMatchObject([
      { from: 'I', d: 7, irrep: 'x', saddle_index: 1, next_aligned: 2, falls_back_to: 'I' },
      { from: 'II', d: 7, irrep: 's', saddle_index: 1, next: 'global', falls_to: 'global' },
    ]);
    expect(records(outs['starts'])).toMatchObject([
      { from: 'I', irreps: 'x', simple_saddles: 1, returning: 1, one_more_aligned: 1, to_global: 0 },
      { from: 'II', irreps: 's', simple_saddles: 1, returning: 1, one_more_aligned: 1, to_global: 1 },
    ]);
    const drawing = await call(figureArcs, deps, { sizes: [7], all: 7 });
    expect(drawing.outs['svg']).toContain('<svg');
  });
});

describe('the ladder', () => {
  test('links minima whose saddles fall to both, and is drawn', async () => {
    const { outs } = await call(ladder, {}, { sizes: [8] });
    const table = records(outs['table']);
    expect(table[0]).toMatchObject({ d: 8, aligned: 0, isotropy: 'ΔS_8', index: 0 });
    for (const row of table.filter(({ barrier }) => barrier !== null))
      expect(row['barrier']).toBeGreaterThan(0);
    expect(records(outs['summary'])).toMatchObject([{ d: 8, falling: true }]);
    const drawing = await call(figureLadder, { rungs: outs['rungs'] }, { sizes: [8] });
    expect(drawing.outs['svg']).toContain('saddle of index 1');
  });
});

describe('the other stages about hidden minima', () => {
  test('trace the worked example', async () => {
    const { outs } = await call(worked, {});
    expect(records(outs['summary'])).toMatchObject([{ arcs: 16, met: 30, returning: 2 }]);
    expect(outs['svg']).toContain('from a minimum');
  });

  test('find arcs on all weights', async () => {
    const settings = { families: ['II'], sizes: [6], starts: 2 };
    const { outs } = await call(denseArcs, {}, settings, true);
    expect(records(outs['levels'])).toMatchObject([
      { from: 'II', d: 6, levels: 1, start_index: 0, index: 1 },
    ]);
  });

  test('count where descent ends', async () => {
    const point = { family: 'II' };
    const found = members(
      { case: { k: 6, extra: 0 }, value: [{ count: 4, point }] },
      { case: { k: 6, extra: 1 }, value: [{ count: 8, point }] },
    );
    const settings = { families: ['II'], sizes: [7], radii: [0.1, 6], runs: 3 };
    const { outs } = await call(basins, { found }, settings, true);
    const rows = records(outs['table']);
    expect(rows[0]).toMatchObject({ radius: 0.1, returned: 3 });
    for (const { runs, returned, global, others, elsewhere } of rows)
      expect(Number(returned) + Number(global) + Number(others) + Number(elsewhere)).toBe(runs);
    expect(records(outs['reached']).find(({ family }) => family === 'II')).toEqual({ family: 'II', runs: 4 });
  });

  test('compare spectra at hidden and detected minima', async () => {
    const spectra = await Promise.all(
      ['I', 'II'].map(async (family) => ({
        case: { family },
        value: (await call(branch, {}, { family, sizes: [9, 1e6] })).outs['spectra'],
      })),
    );
    const { outs } = await call(hidden, { spectra: members(...spectra) });
    expect(records(outs['summary'])).toMatchObject([
      { d: 9, least_type_I: 'x', least_type_II: 's' },
      { d: 1e6, least_type_I: 'x', least_type_II: 's' },
    ]);
    const last = records(outs['table']).find(({ d, irrep }) => d === 1e6 && irrep === 'x');
    expect(Number(last?.['scaled'])).toBeCloseTo(-1 / Math.PI, 2);
  });
});
