/** Holds the branches at the thresholds of families against the quadratic equivariant on the standard representation. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import {
  thresholdBranches,
  thresholdColumns,
  thresholdRow,
  thresholdSummary,
  thresholdSummaryColumns,
} from '../src/science/arcs/threshold-branches.ts';
import type { SpuriousName } from '../src/science/family/families.ts';
import { crossings } from './family-kinds.ts';
import { inOrder } from './family-names.ts';
import { resultTable } from './kinds.ts';

export const params = () =>
  z.object({
    offsets: z.array(z.number()).describe('Where to look, beside the threshold: d − d*'),
    most: z.int().positive().default(3).describe('Branches up to S_q×S_(n−q) with this q'),
  });
export const deps = () => ({ thresholds: gather(crossings) });
export const outs = () => ({ table: resultTable, summary: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ thresholds }, { offsets, most }) => {
  const crossed = inOrder(thresholds)
    .flatMap(({ value }) => value.slice(0, 1))
    .filter(({ irrep, kind }) => kind === 'crossing' && (irrep === 's' || irrep === 's1'));
  const found = offsets.map((offset) =>
    crossed.flatMap(({ family, d }) => thresholdBranches(family as SpuriousName, d, offset, most)),
  );
  return {
    table: { columns: thresholdColumns, rows: found.flat().map(thresholdRow) },
    summary: {
      columns: thresholdSummaryColumns,
      rows: found.map((all, i) => thresholdSummary(offsets[i]!, all)),
    },
  };
};
