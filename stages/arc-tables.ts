/** Tabulates tangency arcs, and which critical points they make neighbours. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import {
  arcColumns,
  arcRows,
  neighbourColumns,
  neighbourRow,
  startColumns,
  startRow,
} from '../src/science/arcs/tables.ts';
import { tracedArcs } from './arc-kinds.ts';
import { inOrder } from './family-names.ts';
import { resultTable } from './kinds.ts';

export const params = () => z.object({});
export const deps = () => ({ minimal: gather(tracedArcs), all: gather(tracedArcs) });
export const outs = () => ({ arcs: resultTable, neighbours: resultTable, starts: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (deps) => {
  const [minimal, all] = [deps.minimal, deps.all].map((list) => inOrder(list).map(({ value }) => value));
  const arcs = [...minimal!, ...all!].flat();
  return {
    arcs: { columns: arcColumns, rows: arcs.flatMap(arcRows) },
    neighbours: {
      columns: neighbourColumns,
      rows: minimal!.flat().flatMap((arc) => neighbourRow(arc)),
    },
    starts: { columns: startColumns, rows: minimal!.filter((list) => list.length > 0).map(startRow) },
  };
};
