/** Searches fixed-point spaces of two and three blocks for families beyond the known ones. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { discover } from '../src/science/family/discovery.ts';
import { criticalPointRow } from '../src/science/family/tables.ts';
import { pointList, resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

const sizes = z.array(z.int().positive()).min(1).max(2);

export const params = () =>
  z.object({
    d: z.int().min(6).default(10),
    spaces: z
      .array(sizes)
      .default([[1], [2], [3], [4], [5], [1, 1], [1, 2], [1, 3], [2, 2], [2, 3]])
      .describe('Sizes of the blocks 2, 3, … of each space; block 1 has the rest of the inputs'),
    starts: z.int().positive().default(60),
    top: z.number().default(1e6).describe('The d up to which branches are followed'),
  });
export const deps = () => ({});
export const outs = () => ({ table: resultTable, points: pointList });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, settings, { random, evidence }) => {
  const { found, degenerate, known } = discover({ ...settings, stream: random() });
  evidence('beyond the known families', found.length);
  evidence('with parallel neurons or a singular Hessian, left out', degenerate);
  evidence('of the known families, met again', known);
  const rows = found.map(({ entry, minorities, diagonals, reached, ...end }) => ({
    ...criticalPointRow(entry.spectrum),
    blocks: [settings.d - minorities.reduce((sum, size) => sum + size, 0), ...minorities].join('+'),
    hits: entry.hits,
    followed_to: reached,
    diagonals: diagonals.map((value) => (Math.round(value * 1e4) / 1e4 + 0).toFixed(4)).join(' '),
    end_min_eigenvalue: end.least,
    end_irrep: end.irrep,
  }));
  const points = found.map(({ entry: { spectrum } }) => ({
    ...{ family: 'other', isotropy: spectrum.point.isotropy, k: spectrum.k, d: spectrum.d },
    ...{ loss: spectrum.point.loss, gradientNorm: spectrum.point.gradientNorm },
    ...{ least: spectrum.minEigenvalue, leastIrrep: spectrum.minEigenvalueIrrep },
    ...{ index: spectrum.index, nullity: spectrum.nullity, certified: false, lines: spectrum.lines },
  }));
  return { table: tableOf(columns, rows), points };
};

const columns = [
  ...(['family', 'isotropy', 'blocks', 'k', 'd', 'loss', 'gradient_norm'] as const),
  ...(['min_eigenvalue', 'min_eigenvalue_irrep', 'index', 'nullity', 'hits'] as const),
  ...(['followed_to', 'diagonals', 'end_min_eigenvalue', 'end_irrep'] as const),
];
