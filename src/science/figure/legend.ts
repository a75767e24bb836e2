/** Draws legends and finds the corner of a panel where one covers least. */
import { type Point } from './clip.ts';
import { sampleOf } from './draw.ts';
import { type Mark, labelOf } from './mark.ts';
import { type Plane } from './plane.ts';
import { type Group, type Shape, group } from './scene.ts';
import { paletteColour, theme } from './theme.ts';
import { labelWidth, textAt } from './typeset.ts';

/** A line of a legend: the marks of one label. */
export interface LegendEntry {
  readonly label: string;
  readonly marks: readonly Mark[];
}

/** Colours by label, in the order in which labels first occur. */
export type LabelColours = ReadonlyMap<string, string>;

/** The labels of marks without a colour of their own, in order, with palette colours. */
export function labelColours(marks: readonly Mark[]): LabelColours {
  const labels = marks.filter((mark) => mark.type !== 'heat-map' && mark.colour === undefined).map(labelOf);
  const distinct = [...new Set(labels.filter((label) => label !== undefined))];
  return new Map(distinct.map((label, i) => [label, paletteColour(i)]));
}

/** The colour of a mark: its own, else that of its label, else ink. */
export function colourOf(mark: Mark, colours: LabelColours): string {
  return mark.colour ?? colours.get(labelOf(mark) ?? '') ?? theme.ink;
}

/** The entries of these marks, in the order in which labels first occur. */
export function legendEntries(marks: readonly Mark[]): LegendEntry[] {
  const byLabel = new Map<string, Mark[]>();
  for (const mark of marks) {
    const label = labelOf(mark);
    if (label === undefined || mark.type === 'heat-map') continue;
    const own = byLabel.get(label) ?? [];
    // One sample of each type: samples of several panels on top of each other would darken.
    if (!own.some((other) => other.type === mark.type)) byLabel.set(label, [...own, mark]);
  }
  return [...byLabel].map(([label, own]) => ({ label, marks: own }));
}

/** A legend drawn from its upper left corner, with its size. */
export interface Legend {
  readonly shapes: readonly Shape[];
  readonly width: number;
  readonly height: number;
}

const rowHeight = 13;
const sampleWidth = 18;
const between = 6;

/** Entries one below the other. */
export function columnLegend(entries: readonly LegendEntry[], colours: LabelColours): Legend {
  const widths = entries.map(({ label }) => labelWidth(label, theme.labelSize));
  const shapes = entries.map((entry, i) => legendEntry(entry, colours, 0, (i + 0.5) * rowHeight));
  return {
    shapes,
    width: sampleWidth + between + Math.max(0, ...widths),
    height: rowHeight * entries.length,
  };
}

/** Entries side by side in rows of at most `room` points, centred in that room. */
export function rowLegend(entries: readonly LegendEntry[], colours: LabelColours, room: number): Legend {
  const widths = entries.map(({ label }) => sampleWidth + between + labelWidth(label, theme.labelSize));
  const rows: number[][] = [[]];
  let used = 0;
  widths.forEach((width, i) => {
    if (used > 0 && used + 16 + width > room) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(i);
    used += width + (used > 0 ? 16 : 0);
  });
  const shapes = rows.flatMap((row, at) => {
    const total = row.reduce((sum, i) => sum + widths[i]!, 0) + 16 * (row.length - 1);
    let x = (room - total) / 2;
    return row.map((i) => {
      const drawn = legendEntry(entries[i]!, colours, x, (at + 0.5) * rowHeight);
      x += widths[i]! + 16;
      return drawn;
    });
  });
  return { shapes, width: room, height: rowHeight * rows.length };
}

function legendEntry({ label, marks }: LegendEntry, colours: LabelColours, x: number, y: number): Group {
  const samples = marks.flatMap((mark) => sampleOf(mark, colourOf(mark, colours)));
  const words = textAt(label, sampleWidth + between, 0, { ...theme.tickText, line: 'middle' });
  return group(x, y, [...samples, words]);
}

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** The legend on a white ground in a corner of the panel; without a corner, where it covers the fewest data. */
export function cornerLegend(legend: Legend, plane: Plane, marks: readonly Mark[], corner?: Corner): Shape[] {
  const margin = 6;
  const [w, h] = [legend.width + 2 * margin, legend.height + margin];
  const places: Record<Corner, Point> = {
    'top-right': [plane.width - w - margin / 2, margin / 2],
    'top-left': [margin / 2, margin / 2],
    'bottom-right': [plane.width - w - margin / 2, plane.height - h - margin / 2],
    'bottom-left': [margin / 2, plane.height - h - margin / 2],
  };
  const [x, y] = places[corner ?? freest(places, w, h, dataPoints(marks, plane))];
  const ground: Shape = { type: 'rectangle', x: 0, y: 0, w, h, fill: '#ffffff', opacity: 0.85 };
  return [group(x, y, [ground, group(margin, margin / 2, legend.shapes)], 'legend')];
}

function freest(
  places: Readonly<Record<Corner, Point>>,
  w: number,
  h: number,
  points: readonly Point[],
): Corner {
  const covered = ([x, y]: Point) =>
    points.filter(([px, py]) => px > x - 4 && px < x + w + 4 && py > y - 4 && py < y + h + 4).length;
  const corners = Object.keys(places) as Corner[];
  return corners.reduce((best, corner) => (covered(places[corner]) < covered(places[best]) ? corner : best));
}

/** Where data lie, lines sampled finely enough to be noticed under a legend. */
function dataPoints(marks: readonly Mark[], plane: Plane): Point[] {
  const place = ([x, y]: Point): Point => [plane.x(x), plane.y(y)];
  return marks.flatMap((mark): Point[] => {
    switch (mark.type) {
      case 'points':
        return mark.points.map(place);
      case 'line':
        return densified(mark.points.map(place));
      case 'error-bars':
      case 'band': {
        const rows = mark.type === 'band' ? mark.band : mark.bars;
        return rows.flatMap(([x, low, high]) => densified([place([x, low]), place([x, high])]));
      }
      case 'bars':
        return mark.bars.flatMap(([x0, x1, y0, y1]) =>
          densified([place([(x0 + x1) / 2, y0]), place([(x0 + x1) / 2, y1])]),
        );
      case 'steps':
        return mark.heights.flatMap((y, i) => {
          const x = (mark.edges[i]! + mark.edges[i + 1]!) / 2;
          return densified([place([x, mark.base ?? 0]), place([x, y])]);
        });
      case 'note':
        return [place(mark.at)];
      default:
        return [];
    }
  });
}

/** The points and those between them, about eight points apart. */
function densified(points: readonly Point[]): Point[] {
  return points.flatMap((to, i) => {
    const from = points[i - 1];
    if (from === undefined || ![...from, ...to].every(Number.isFinite)) return [to];
    const steps = Math.min(
      200,
      Math.ceil(Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])) / 8),
    );
    return Array.from({ length: steps }, (_, s): Point => {
      const share = (s + 1) / steps;
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    });
  });
}
