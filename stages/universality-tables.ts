/** Gathers the experiments on universality into tables and figures. */
import { z } from 'zod';
import { pdfDocument, svgFigure } from '../src/model/kind.ts';
import { gather, type Run } from '../src/model/stage.ts';
import { sharesFigure, weightsFigure } from '../src/science/universality/figure.ts';
import { unpackReport } from '../src/science/universality/packed-report.ts';
import * as tables from '../src/science/universality/tables.ts';
import { drawn } from './drawing.ts';
import { resultTable } from './kinds.ts';
import { tableOf } from './table.ts';
import { universalityReport } from './universality.ts';

export const params = () => z.object({ panels: z.int().positive().default(12).describe('Heat maps') });
export const deps = () => ({
  exact: gather(universalityReport),
  sampled: gather(universalityReport),
  sphere: gather(universalityReport),
  signs: gather(universalityReport),
  deep: gather(universalityReport),
  deeper: gather(universalityReport),
  targets: gather(universalityReport),
  fewer: gather(universalityReport),
});
export const outs = () => ({
  minima: resultTable,
  summary: resultTable,
  shares: resultTable,
  sharesSvg: svgFigure,
  sharesPdf: pdfDocument,
  weightsSvg: svgFigure,
  weightsPdf: pdfDocument,
});

export const run: Run<typeof params, typeof deps, typeof outs> = (found, { panels }, { evidence }) => {
  const groups = [
    ...[found.exact, found.sampled, found.sphere, found.signs],
    ...[found.deep, found.deeper, found.targets, found.fewer],
  ];
  const reports = groups.flatMap((group) => group.map(({ value }) => unpackReport(value)));
  const shares = tables.shareRows(reports);
  evidence('experiments', reports.length);
  const sharesDrawn = drawn(sharesFigure(shares));
  const weightsDrawn = drawn(weightsFigure(reports, panels));
  return {
    minima: tableOf(tables.minimumColumns, reports.flatMap(tables.minimumRows)),
    summary: tableOf(tables.summaryColumns, reports.map(tables.summaryRow)),
    shares: tableOf(tables.shareColumns, shares),
    sharesSvg: sharesDrawn.svg,
    sharesPdf: sharesDrawn.pdf,
    weightsSvg: weightsDrawn.svg,
    weightsPdf: weightsDrawn.pdf,
  };
};
