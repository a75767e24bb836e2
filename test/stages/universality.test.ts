import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/model/kind.ts';
import * as tables from '../../stages/universality-tables.ts';
import * as universality from '../../stages/universality.ts';
import { call, members } from './call.ts';

const small = { d: 4, runs: 3, steps: 200, batch: 8, base: 6 };

async function report(params: object) {
  return call(universality, {}, { ...small, ...params }, true);
}

function records(table: unknown): Record<string, unknown>[] {
  const { columns, rows } = table as Table;
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

describe('universality', () => {
  test('goes from runs to tables and figures', async () => {
    const one = await report({ input: 'correlated', activation: 'erf', extra: -1 });
    const other = await report({ input: 'mixture', activation: 'tanh' });
    expect(one.evidence).toMatchObject({ method: 'closed form', unreached: 0 });
    expect(other.evidence['method']).toBe('symmetric sample');
    const gathered = (made: typeof one, input: string) =>
      members({ case: { input }, value: made.outs['report'] });
    const none = members();
    const { outs, evidence } = await call(tables, {
      ...{ exact: gathered(one, 'correlated'), sampled: gathered(other, 'mixture') },
      ...{ sphere: none, signs: none, deep: none, deeper: none, targets: none, fewer: none },
    });
    expect(evidence['experiments']).toBe(2);
    expect(records(outs['summary'])).toMatchObject([
      { input: 'correlated', extra: -1, runs: 3 },
      { input: 'mixture', extra: 0, runs: 3 },
    ]);
    expect(records(outs['shares'])[0]).toMatchObject({ scope: 'all', experiments: 2, runs: 6 });
    expect(records(outs['minima']).length).toBeGreaterThan(1);
    expect(outs['sharesSvg']).toContain('conform');
    expect(outs['weightsSvg']).toContain('<svg');
  });

  test('gives the same bytes twice', async () => {
    const settings = { input: 'laplace', activation: 'softplus', runs: 2 };
    expect((await report(settings)).outs).toEqual((await report(settings)).outs);
  });

  test('refuses ReLU where its loss is not known exactly', async () => {
    await expect(report({ input: 'laplace', activation: 'relu' })).rejects.toThrow('no exact loss of relu');
  });

  test('refuses names that it does not know', () => {
    expect(() => universality.params().parse({ ...small, input: 'cauchy', activation: 'tanh' })).toThrow();
    expect(() => universality.params().parse({ ...small, input: 'signs', activation: 'sine' })).toThrow();
  });
});
