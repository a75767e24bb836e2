/** Turns marks into shapes inside a panel, and into the samples that a legend shows. */
import { unreachable } from '../../base/invariant.ts';
import { isInside } from './clip.ts';
import { drawBars, drawHeatMap, drawSteps } from './draw-cells.ts';
import { drawBand, drawErrorBars, drawLine, drawRegion, drawRule } from './draw-lines.ts';
import { type Mark, type NoteMark, type PointsMark } from './mark.ts';
import { markerAt } from './markers.ts';
import { type Plane } from './plane.ts';
import { type Shape, segment } from './scene.ts';
import { theme } from './theme.ts';
import { textAt } from './typeset.ts';

/** The shapes of a mark; `colour` is the one that it has from its label where it names none itself. */
export function drawMark(mark: Mark, plane: Plane, colour: string): Shape[] {
  switch (mark.type) {
    case 'line':
      return drawLine(mark, plane, colour);
    case 'points':
      return drawPoints(mark, plane, colour);
    case 'error-bars':
      return drawErrorBars(mark, plane, colour);
    case 'band':
      return drawBand(mark, plane, colour);
    case 'bars':
      return drawBars(mark, plane, colour);
    case 'steps':
      return drawSteps(mark, plane, colour);
    case 'heat-map':
      return drawHeatMap(mark, plane);
    case 'rule':
      return drawRule(mark, plane, colour);
    case 'region':
      return drawRegion(mark, plane, colour);
    case 'note':
      return drawNote(mark, plane);
    default:
      return unreachable(mark);
  }
}

function drawPoints(mark: PointsMark, plane: Plane, colour: string): Shape[] {
  const { points, marker: name = 'circle', size = theme.markerSize, hollow, opacity } = mark;
  return points.flatMap(([x, y], i) => {
    const at = [plane.x(x), plane.y(y)] as const;
    if (!isInside(at, plane, 0.01)) return [];
    const diameter = typeof size === 'number' ? size : (size[i] ?? theme.markerSize);
    return markerAt(at[0], at[1], { name, size: diameter, colour, hollow, opacity });
  });
}

function drawNote({ at, text, colour, anchor, dx = 0, dy = 0, size }: NoteMark, plane: Plane): Shape[] {
  const [x, y] = [plane.x(at[0]) + dx, plane.y(at[1]) + dy];
  const style = {
    size: size ?? theme.labelSize,
    fill: colour ?? theme.ink,
    anchor: anchor ?? 'start',
  } as const;
  return Number.isFinite(x) && Number.isFinite(y) ? [textAt(text, x, y, { ...style, line: 'middle' })] : [];
}

/** A sample of the mark in a box of 18 × 9 points, whose middle is at (9, 0). */
export function sampleOf(mark: Mark, colour: string): Shape[] {
  const [width, middle] = [18, 9];
  const box = { type: 'rectangle', x: 1, y: -4, w: width - 2, h: 8 } as const;
  switch (mark.type) {
    case 'line':
    case 'rule': {
      const paint = {
        stroke: colour,
        width: mark.width ?? (mark.type === 'line' ? theme.lineWidth : 0.8),
        dash: mark.dash,
        opacity: mark.opacity,
      };
      return [segment(0, 0, width, 0, paint)];
    }
    case 'points': {
      const { marker: name = 'circle', size = theme.markerSize, hollow, opacity } = mark;
      const diameter = typeof size === 'number' ? size : (size[0] ?? theme.markerSize);
      return markerAt(middle, 0, { name, size: diameter, colour, hollow, opacity });
    }
    case 'error-bars':
      return [segment(middle, -4.5, middle, 4.5, { stroke: colour, width: 0.9 })];
    case 'band':
    case 'region':
    case 'bars': {
      const opacity = mark.opacity ?? { band: 0.22, region: 0.12, bars: 1 }[mark.type];
      return [{ ...box, fill: colour, opacity }];
    }
    case 'steps': {
      const area = mark.filled === false ? [] : [{ ...box, fill: colour, opacity: mark.opacity ?? 0.25 }];
      return [...area, { ...box, stroke: colour, width: 1 }];
    }
    case 'heat-map':
    case 'note':
      return [];
    default:
      return unreachable(mark);
  }
}
