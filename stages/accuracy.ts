/** Draws together the evidence that the results are right: the worst residual, difference, score of all. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import { accuracyOf } from '../src/science/minima/accuracy.ts';
import { endsAgreement, foundList, resultTable } from './kinds.ts';
import { numbersIn, tableOf } from './table.ts';

export const params = () => z.object({});
export const deps = () => ({
  found: gather(foundList),
  checks: gather(resultTable),
  ends: gather(endsAgreement),
});
export const outs = () => ({ accuracy: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ found, checks, ends }) => {
  const accuracy = accuracyOf(
    found.flatMap(({ value }) => value),
    checks.flatMap(({ value }) => numbersIn(value, ['score']).map(({ score }) => score)),
    ends.map(({ value }) => value),
  );
  const records = Object.entries(accuracy).map(([quantity, value]) => ({ quantity, value: value as number }));
  return { accuracy: tableOf(['quantity', 'value'], records) };
};
