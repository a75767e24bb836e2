/** Gathers the families into the published tables of thresholds and series, and says where each is a minimum. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import { familyNames } from '../src/science/family/families.ts';
import { minimumRange } from '../src/science/family/minimum-range.ts';
import { thresholdRow } from '../src/science/family/tables.ts';
import { checkedList, crossings, seriesRows } from './family-kinds.ts';
import { resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () => z.object({});
export const deps = () => ({
  thresholds: gather(crossings),
  series: gather(seriesRows),
  checked: gather(checkedList),
});
export const outs = () => ({ thresholds: resultTable, series: resultTable, ranges: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (deps, _, { evidence }) => {
  const checked = inOrder(deps.checked);
  const valid = checked.filter(({ verdict }) => verdict === 'valid');
  evidence('certificates', checked.length);
  evidence('refused', checked.length - valid.length);
  const families = [...new Set(valid.map(({ family }) => family))];
  const ranges = families.map((family) => minimumRange(valid.filter((each) => each.family === family)));
  const series = inOrder(deps.series).map((row) => ({ ...row, closed_form: row.closedForm }));
  return {
    thresholds: tableOf(['family', 'irrep', 'd', 'loss'], inOrder(deps.thresholds).map(thresholdRow)),
    series: tableOf(['family', 'quantity', 'power', 'coefficient', 'closed_form'], series),
    ranges: tableOf(['family', 'first', 'last', 'points', 'saddles', 'saddleUpTo'], ranges),
  };
};

/** The members of a gather over families, in the order in which families are named. */
function inOrder<T>(
  gathered: readonly { readonly case: Readonly<Record<string, unknown>>; readonly value: readonly T[] }[],
): T[] {
  const place = (family: unknown) => familyNames.findIndex((name) => name === String(family));
  const sorted = gathered.toSorted((a, b) => place(a.case['family']) - place(b.case['family']));
  return sorted.flatMap(({ value }) => value);
}
