/** Gathers the families into the published tables of thresholds and series, and says where each is a minimum. */
import { z } from 'zod';
import { gather, type Gathered, type Run } from '../src/model/stage.ts';
import { minimumRange } from '../src/science/family/minimum-range.ts';
import { thresholdRow } from '../src/science/family/tables.ts';
import { closedForms } from '../src/science/series/forms.ts';
import type { SeriesRow } from '../src/science/series/series.ts';
import { checkedList, crossings, seriesRows } from './family-kinds.ts';
import { inOrder } from './family-names.ts';
import { resultTable } from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () => z.object({});
export const deps = () => ({
  thresholds: gather(crossings),
  series: gather(seriesRows),
  overThresholds: gather(crossings),
  overSeries: gather(seriesRows),
  checked: gather(checkedList),
});
export const outs = () => ({
  thresholds: resultTable,
  series: resultTable,
  forms: resultTable,
  ranges: resultTable,
});

export const run: Run<typeof params, typeof deps, typeof outs> = (deps, _, { evidence }) => {
  const checked = inOrder(deps.checked).flatMap(({ value }) => value);
  const valid = checked.filter(({ verdict }) => verdict === 'valid');
  evidence('certificates', checked.length);
  evidence('refused', checked.length - valid.length);
  const families = [...new Set(valid.map(({ family }) => family))];
  const ranges = families.map((family) => minimumRange(valid.filter((each) => each.family === family)));
  const all = <T>(one: readonly Gathered<readonly T[]>[], other: readonly Gathered<readonly T[]>[]) =>
    [...inOrder(one), ...inOrder(other)].flatMap(({ value }) => value);
  const series = all(deps.series, deps.overSeries);
  const thresholds = all(deps.thresholds, deps.overThresholds);
  return {
    thresholds: tableOf(['family', 'irrep', 'd', 'loss'], thresholds.map(thresholdRow)),
    series: tableOf(['family', 'quantity', 'power', 'coefficient', 'closed_form'], series.map(seriesRow)),
    forms: tableOf(
      ['family', 'coefficients', 'derived', 'recognised', 'open', 'digits'],
      closedForms(series),
    ),
    ranges: tableOf(['family', 'first', 'last', 'points', 'saddles', 'saddleUpTo'], ranges),
  };
};

function seriesRow({ closedForm, ...row }: SeriesRow) {
  return { ...row, closed_form: closedForm === '' ? null : closedForm };
}
