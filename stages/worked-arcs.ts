/** Traces the tangency arcs of a function of two variables for which all are known exactly. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import {
  tracedWorkedArcs,
  workedColumns,
  workedFigure,
  workedRows,
  workedSummary,
  workedSummaryColumns,
} from '../src/science/arcs/worked-tables.ts';
import { drawingOuts, drawn } from './drawing.ts';
import { resultTable } from './kinds.ts';

export const params = () => z.object({});
export const deps = () => ({});
export const outs = () => ({ table: resultTable, summary: resultTable, ...drawingOuts() });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, _params, { evidence }) => {
  const traces = tracedWorkedArcs();
  evidence('largest value of a polynomial of an exact arc', Math.max(...traces.map(({ error }) => error)));
  return {
    table: { columns: workedColumns, rows: traces.flatMap(workedRows) },
    summary: { columns: workedSummaryColumns, rows: [workedSummary(traces)] },
    ...drawn(workedFigure(traces)),
  };
};
