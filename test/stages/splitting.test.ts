import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/model/kind.ts';
import * as generate from '../../stages/generate.ts';
import * as split from '../../stages/split-neurons.ts';
import * as tables from '../../stages/splitting-tables.ts';
import * as train from '../../stages/train-sys21.ts';
import { call, members } from './call.ts';

async function made(k: number, runs: number) {
  const { starts } = (await call(generate, {}, { k, runs }, true)).outs;
  const trained = await call(train, { starts }, { k });
  const splits = await call(split, trained.outs, { k });
  return { runs: trained.outs['runs'], candidates: trained.outs['candidates'], ...splits };
}

function records(table: unknown): Record<string, unknown>[] {
  const { columns, rows } = table as Table;
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

describe('the experiment on splits', () => {
  test('goes from starts to tables', async () => {
    const seven = await made(7, 40);
    expect(seven.evidence['left out']).toBe(0);
    expect(seven.evidence['worst gradient']).toBeLessThan(1e-13);
    const published = { columns: ['k', 'runs', 'global'], rows: [[7, 500, 470]] };
    const at = { extra: 0, k: 7 };
    const { outs } = await call(
      tables,
      {
        runs: members({ case: at, value: seven.runs }),
        splits: members({ case: at, value: seven.outs['splits'] }),
        published,
      },
      { near: { sizes: [4], distances: [0.1] } },
    );
    expect(records(outs['counts'])).toMatchObject([{ k: 7, runs: 40, status: 'agrees' }]);
    expect(records(outs['summary']).map(({ k }) => k)).toEqual([7, 'all']);
    expect(records(outs['splits'])[0]).toMatchObject({ isotropy: 'ΔS_7', neurons: 7 });
    expect(Number(records(outs['near'])[0]?.['ratio'])).toBeLessThan(-0.7);
    expect(outs['svg']).toContain('Runs that find a global minimum');
  });

  test('trains with the step 5/k and down to a gradient of 1e-12', async () => {
    const { candidates } = await made(6, 3);
    for (const { step, largestRow } of candidates as { step: number; largestRow: number }[]) {
      expect(step).toBe(5 / 6);
      expect(largestRow).toBeLessThanOrEqual((2 * Math.PI * 1e-12) / Math.sqrt(6));
    }
  });
});
