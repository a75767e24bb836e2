/** Gathers networks with extra neurons into the published table, and what became of each family. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import { verdictOf } from '../src/science/family/over-verdict.ts';
import type { OverRow } from '../src/science/family/over-tables.ts';
import { overRows } from './family-kinds.ts';
import { resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () => z.object({});
export const deps = () => ({ rows: gather(overRows) });
export const outs = () => ({ table: resultTable, verdicts: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ rows: gathered }, _, { evidence }) => {
  const rows = gathered.flatMap(({ value }) => value);
  const margins = rows.flatMap(({ interlacing_margin: margin }) => (margin === null ? [] : [margin]));
  evidence('least interlacing margin', Math.min(...margins));
  const verdicts = gathered.flatMap(({ value }) => (value.length === 0 ? [] : [verdictOf(value)]));
  return {
    table: tableOf(columns, rows),
    verdicts: tableOf(
      ['family', 'extras', 'found', 'sizes', 'verdict', 'irrep', 'least', 'd', 'margin'],
      verdicts,
    ),
  };
};

const columns: readonly (keyof OverRow)[] = [
  'family',
  'isotropy',
  'k',
  'd',
  'loss',
  'gradient_norm',
  'min_eigenvalue',
  'min_eigenvalue_irrep',
  'index',
  'nullity',
  'base',
  'extras',
  'split',
  'smallest_row',
  'interlacing_margin',
];
