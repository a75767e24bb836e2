/** Tabulates the critical points of tensor decompositions, draws index against loss, and checks the exact arc. */
import { z } from 'zod';
import { svgFigure } from '../src/model/kind.ts';
import { gather, type Run } from '../src/model/stage.ts';
import { figure } from '../src/science/figure/figure.ts';
import { toSvg } from '../src/science/figure/svg.ts';
import {
  arcColumns,
  arcRows,
  indexFigure,
  levelColumns,
  levelRows,
  summaryColumns,
  summaryRow,
} from '../src/science/tensor/tables.ts';
import { resultTable } from './kinds.ts';
import { experimentKind } from './tensor.ts';

export const params = () =>
  z.object({ arcSize: z.int().min(2).describe('d of the arc'), arcPoints: z.int().positive() });
export const deps = () => ({ experiments: gather(experimentKind) });
export const outs = () => ({ table: resultTable, summary: resultTable, arc: resultTable, figure: svgFigure });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { experiments },
  { arcSize, arcPoints },
) => {
  const all = experiments.map(({ value }) => value);
  return {
    table: { columns: levelColumns, rows: all.flatMap(levelRows) },
    summary: { columns: summaryColumns, rows: all.map(summaryRow) },
    arc: {
      columns: arcColumns,
      rows: arcRows(['frobenius-3', 'frobenius-4', 'frobenius-5'], arcSize, arcPoints),
    },
    figure: toSvg(figure(indexFigure(all))),
  };
};
