/** Draws one panel: data, axes, title and legend around a rectangle. */
import {
  type Axis,
  type AxisSpec,
  type AxisRoom,
  axisOf,
  drawBelow,
  drawLeft,
  gridLines,
  roomBelow,
  roomLeft,
} from './axis.ts';
import { drawMark } from './draw.ts';
import {
  type Corner,
  type LabelColours,
  colourOf,
  columnLegend,
  cornerLegend,
  legendEntries,
} from './legend.ts';
import { type Mark, extentOf } from './mark.ts';
import { type Plane, planeOf } from './plane.ts';
import { scaleFor } from './scale.ts';
import { type Group, type Shape, group, segment } from './scene.ts';
import { theme } from './theme.ts';
import { labelWidth, textAt } from './typeset.ts';

export interface PanelSpec {
  /** Markup, set above the panel. */
  readonly title?: string | undefined;
  /** Set in bold before the title. */
  readonly letter?: string | undefined;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** Drawn in this order, later ones above earlier ones. */
  readonly marks: readonly Mark[];
  /** Of the rectangle inside the axes, in points; default 300 × 200. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** A line all around or only along the axes; default: around heat maps only. */
  readonly frame?: 'box' | 'open' | undefined;
  /** Where labelled marks are explained; default the corner where the legend covers the fewest data. */
  readonly legend?: Corner | 'auto' | 'none' | undefined;
}

/** Which axes of a panel have their words written. */
export interface Labelled {
  readonly below: boolean;
  readonly left: boolean;
}

/** A panel with its scales and ticks chosen, and the room that its words need. */
export interface PreparedPanel {
  readonly spec: PanelSpec;
  readonly plane: Plane;
  readonly horizontal: Axis;
  readonly vertical: Axis;
  readonly labelled: Labelled;
  readonly below: AxisRoom;
  readonly left: AxisRoom;
  /** Height that its title needs, if it has one. */
  readonly titleRoom: number;
}

/** Chooses scales and ticks. `shared` marks count for the default domains of the axes that are shared. */
export function preparePanel(
  spec: PanelSpec,
  labelled: Labelled,
  shared: { x: readonly Mark[]; y: readonly Mark[] },
): PreparedPanel {
  const { width = 300, height = 200 } = spec;
  const cells = spec.marks.some((mark) => mark.type === 'heat-map');
  const x = withDefaults(spec.x, spec.marks, cells, 'x');
  const y = withDefaults(spec.y, spec.marks, cells, 'y');
  const plane = planeOf(
    width,
    height,
    scaleFor(
      x,
      shared.x.flatMap((mark) => extentOf(mark).x),
    ),
    scaleFor(
      y,
      shared.y.flatMap((mark) => extentOf(mark).y),
    ),
  );
  const horizontal = axisOf(x, plane.horizontal, width, false);
  const vertical = axisOf(y, plane.vertical, height, true);
  const left = roomLeft(vertical, labelled.left);
  const titleRoom =
    spec.title === undefined && spec.letter === undefined ? 0 : theme.titleSize + theme.gap + 2;
  const below = roomBelow(horizontal, labelled.below, width);
  return { spec, plane, horizontal, vertical, labelled, below, left, titleRoom };
}

/** Heat maps fill their panel, count whole rows downwards and have no grid. */
function withDefaults(
  axis: AxisSpec,
  marks: readonly Mark[],
  cells: boolean,
  direction: 'x' | 'y',
): AxisSpec {
  if (!cells) return axis;
  const ends = marks.filter((mark) => mark.type === 'heat-map').flatMap((mark) => extentOf(mark)[direction]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return { domain: direction === 'x' ? [low, high] : [high, low], whole: true, grid: false, ...axis };
}

/** How far titles stand from the panel: those of the axes, and the baseline of the panel's own above it. */
export interface TitlePlaces {
  readonly below: number;
  readonly left: number;
  readonly above: number;
}

/** The panel with its upper left corner at (x, y). */
export function drawPanel(
  panel: PreparedPanel,
  x: number,
  y: number,
  titles: TitlePlaces,
  colours: LabelColours,
): Group {
  const { spec, plane, horizontal, vertical, labelled } = panel;
  const cells = spec.marks.some((mark) => mark.type === 'heat-map');
  const shapes: Shape[] = [
    ...gridLines(plane, horizontal, vertical),
    ...spec.marks.map((mark) => group(0, 0, drawMark(mark, plane, colourOf(mark, colours)), mark.type)),
    ...frameLines(plane, spec.frame ?? (cells ? 'box' : 'open')),
    ...drawBelow(plane, horizontal, labelled.below, titles.below),
    ...drawLeft(plane, vertical, labelled.left, titles.left),
    ...legendShapes(spec, plane, colours),
  ];
  shapes.push(...titleShapes(spec, titles.above));
  return group(x, y, shapes, 'panel');
}

/** How far the title of a panel must stand above it: past the factor of the vertical axis, if there is one. */
export function titleRise({ left }: PreparedPanel): number {
  return left.pastEnd > theme.labelSize ? left.pastEnd : theme.gap + 2;
}

function titleShapes({ title, letter }: PanelSpec, rise: number): Shape[] {
  const indent = letter === undefined ? 0 : labelWidth(letter, theme.titleSize, 'bold') + 5;
  return [
    ...(letter === undefined ? [] : [textAt(letter, 0, -rise, { ...theme.titleText, face: 'bold' })]),
    ...(title === undefined ? [] : [textAt(title, indent, -rise, theme.titleText)]),
  ];
}

function frameLines({ width, height }: Plane, frame: 'box' | 'open'): Shape[] {
  if (frame === 'box') return [{ type: 'rectangle', x: 0, y: 0, w: width, h: height, ...theme.axisLine }];
  return [segment(0, 0, 0, height, theme.axisLine), segment(0, height, width, height, theme.axisLine)];
}

function legendShapes({ legend = 'auto', marks }: PanelSpec, plane: Plane, colours: LabelColours): Shape[] {
  const entries = legendEntries(marks);
  if (legend === 'none' || entries.length === 0) return [];
  return cornerLegend(columnLegend(entries, colours), plane, marks, legend === 'auto' ? undefined : legend);
}
