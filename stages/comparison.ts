/** Compares the spectra of all families with that of the global minimum, size by size, and with constants. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import { coincidence, concentration } from '../src/science/family/comparison.ts';
import { type Comparison, spectra } from './family-kinds.ts';
import { resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () => z.object({});
export const deps = () => ({ spectra: gather(spectra) });
export const outs = () => ({ table: resultTable, largest: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ spectra: gathered }, _, { evidence }) => {
  const all = gathered.flatMap(({ value }) => value);
  const targets = new Map(all.filter(({ family }) => family === 'global').map((one) => [one.d, one]));
  const rows = all.flatMap((one): Comparison[] => {
    const target = targets.get(one.d);
    if (target === undefined) return [];
    const { difference, scaled } = coincidence(one, target);
    return [{ family: one.family, d: one.d, difference, scaledDifference: scaled, ...concentration(one) }];
  });
  evidence('spectra compared', rows.length);
  // The largest of each column over all d from `from` on: bounds of what is said to be bounded.
  const families = [...new Set(rows.map(({ family }) => family))];
  const largest = families.map((family) => {
    const own = rows.filter((row) => row.family === family);
    const most = (column: (row: Comparison) => number) => Math.max(...own.map(column));
    return {
      family,
      scaledDifference: most((row) => row.scaledDifference),
      scaledSpread: most((row) => row.scaledSpread),
      fewPerInput: most((row) => row.fewPerInput),
      growingPerInput: most((row) => row.growingPerInput),
      sizes: own.length,
    };
  });
  const bounds = [
    'family',
    'scaledDifference',
    'scaledSpread',
    'fewPerInput',
    'growingPerInput',
    'sizes',
  ] as const;
  return { table: tableOf(columns, rows), largest: tableOf(bounds, largest) };
};

const columns: readonly (keyof Comparison)[] = [
  'family',
  'd',
  'difference',
  'scaledDifference',
  'growing',
  'growingPerInput',
  'leastSlope',
  'largestSlope',
  'few',
  'fewPerInput',
  'scaledSpread',
];
