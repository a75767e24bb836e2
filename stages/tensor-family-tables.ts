/** Tabulates and draws the families of tensor decompositions, and names the family of what the runs ended at. */
import { z } from 'zod';
import { svgFigure } from '../src/model/kind.ts';
import { gather, type Run } from '../src/model/stage.ts';
import { figure } from '../src/science/figure/figure.ts';
import { toSvg } from '../src/science/figure/svg.ts';
import { familyFigure } from '../src/science/tensor/family-figure.ts';
import {
  crossingColumns,
  crossingRows,
  denseColumns,
  denseRows,
  familyColumns,
  familyRows,
  indexColumns,
  indexRow,
  limitColumns,
  limitRows,
  metColumns,
  metRows,
  spaceRow,
  summaryColumns,
} from '../src/science/tensor/family-tables.ts';
import { resultTable } from './kinds.ts';
import { experimentKind } from './tensor.ts';
import { spaceReportKind } from './tensor-families.ts';

export const params = () =>
  z.object({ indexAt: z.array(z.int()).describe('Where index is compared with loss') });
export const deps = () => ({ reports: gather(spaceReportKind), experiments: gather(experimentKind) });
export const outs = () => ({
  table: resultTable,
  thresholds: resultTable,
  limits: resultTable,
  dense: resultTable,
  met: resultTable,
  summary: resultTable,
  index: resultTable,
  figure: svgFigure,
});

export const run: Run<typeof params, typeof deps, typeof outs> = ({ reports, experiments }, { indexAt }) => {
  const spaces = reports.map(({ value }) => value);
  const all = spaces.flatMap(({ families }) => families);
  const norms = [...new Set(all.map(({ norm }) => norm))];
  return {
    table: { columns: familyColumns, rows: all.flatMap(familyRows) },
    thresholds: { columns: crossingColumns, rows: all.flatMap(crossingRows) },
    limits: { columns: limitColumns, rows: all.flatMap(limitRows) },
    dense: { columns: denseColumns, rows: all.flatMap(denseRows) },
    met: { columns: metColumns, rows: experiments.flatMap(({ value }) => metRows(value, all)) },
    summary: { columns: summaryColumns, rows: spaces.map(spaceRow) },
    index: {
      columns: indexColumns,
      rows: norms.flatMap((norm) => indexAt.map((d) => indexRow(norm, d, all))),
    },
    figure: toSvg(figure(familyFigure(all))),
  };
};
