/** What figure stages share: their outs, one drawing as SVG and as PDF, and marks that several draw. */
import { pdfDocument, svgFigure } from '../src/model/kind.ts';
import { figure, type FigureSpec } from '../src/science/figure/figure.ts';
import type { Mark } from '../src/science/figure/mark.ts';
import { toPdf } from '../src/science/figure/pdf.ts';
import { toSvg } from '../src/science/figure/svg.ts';
import type { Rate } from '../src/science/minima/rates.ts';

/** The outs of a stage that draws one figure. */
export const drawingOuts = () => ({ svg: svgFigure, pdf: pdfDocument });

/** The figure in both forms. */
export function drawn(spec: FigureSpec): { svg: string; pdf: Uint8Array } {
  const scene = figure(spec);
  return { svg: toSvg(scene), pdf: toPdf(scene) };
}

/** Fractions with their intervals, moved sideways so that two samples lie side by side. */
export function rateMarks(
  rates: readonly Rate[],
  style: { readonly label: string; readonly colour: string },
  shift: number,
  hollow = false,
): Mark[] {
  const bars = rates.map(({ k, low, high }) => [k + shift, low, high] as const);
  const points = rates.map(({ k, rate }) => [k + shift, rate] as const);
  const marker = hollow ? 'diamond' : 'circle';
  return [
    { type: 'error-bars', bars, cap: 2, ...style },
    { type: 'points', points, hollow, marker, size: 4.5, ...style },
  ];
}
