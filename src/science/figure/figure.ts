/**
 * Composes figures: panels in a grid, with shared axes, one legend, a colour scale. The result is a scene, which
 * `toSvg` and `toPdf` write with the same bytes everywhere.
 *
 *     const scene = figure({
 *       title: 'Loss of the families',
 *       description: 'Loss against d on logarithmic axes; one line for each family.',
 *       panels: [{
 *         x: { kind: 'log', title: 'input dimension $d$' },
 *         y: { kind: 'log', title: 'loss $L$' },
 *         marks: [{ type: 'line', label: 'type II', points }],
 *       }],
 *     });
 *     const svg = toSvg(scene);
 *
 * Labels and titles are markup (see `markup.ts`): plain words with formulas between dollar signs.
 */
import { type ColourBarSpec, colourBar } from './colour-bar.ts';
import { type LabelColours, labelColours, legendEntries, rowLegend } from './legend.ts';
import { type Column, type Layout, type Row, layoutOf } from './layout.ts';
import { type PanelSpec, type PreparedPanel, drawPanel, preparePanel } from './panel.ts';
import { type Scene, type Shape, group } from './scene.ts';
import { theme } from './theme.ts';
import { textAt } from './typeset.ts';

export interface FigureSpec {
  /** Plain words for readers that do not see, and for lists of figures; not drawn. */
  readonly title: string;
  /** What the figure shows, in plain words; not drawn. */
  readonly description: string;
  /** Markup, drawn above all panels. Figures with a caption need none. */
  readonly heading?: string | undefined;
  readonly panels: readonly PanelSpec[];
  /** Panels side by side; default: all. */
  readonly columns?: number | undefined;
  /** Whether all panels have one x (y) axis, written only below the lowest (left of the leftmost) ones. */
  readonly sharedX?: boolean | undefined;
  readonly sharedY?: boolean | undefined;
  /** `panels` (default): each its own; `below`: one for all, under them; `none`. */
  readonly legend?: 'panels' | 'below' | 'none' | undefined;
  /** The meaning of colours, to the right of all panels. */
  readonly colourBar?: ColourBarSpec | undefined;
  /** Whether panels are lettered (a), (b), … */
  readonly lettered?: boolean | undefined;
}

const margin = 6;
const barGap = 14;
const legendGap = 6;

/** The drawing of a figure. Throws RangeError for markup, characters and domains that cannot be drawn. */
export function figure(spec: FigureSpec): Scene {
  const { title, description, heading } = spec;
  const count = Math.min(spec.columns ?? spec.panels.length, spec.panels.length);
  const marks = spec.panels.flatMap((panel) => panel.marks);
  const colours = labelColours(marks);
  const panels = prepare(spec, count);
  const layout = layoutOf(
    panels,
    count,
    margin,
    margin + (heading === undefined ? 0 : theme.headingSize + 8),
  );
  const shapes = panels.map((panel, i) =>
    drawAt(panel, layout.columns[i % count]!, layout.rows[Math.floor(i / count)]!, colours),
  );
  const bar = spec.colourBar && barShape(spec.colourBar, layout);
  if (bar !== undefined) shapes.push(bar.shape);
  const width = layout.right + (bar?.width ?? 0) + margin;
  if (heading !== undefined) shapes.push(headingShape(heading, width));
  if (spec.legend !== 'below') return { width, height: layout.end + margin, title, description, shapes };
  const legend = rowLegend(legendEntries(marks), colours, width - 2 * margin);
  shapes.push(group(margin, layout.end + legendGap, legend.shapes, 'legend'));
  return { width, height: layout.end + legendGap + legend.height + margin, title, description, shapes };
}

function prepare(spec: FigureSpec, columns: number): PreparedPanel[] {
  const all = spec.panels.flatMap((panel) => panel.marks);
  return spec.panels.map((panel, i) => {
    const labelled = {
      below: spec.sharedX !== true || i + columns >= spec.panels.length,
      left: spec.sharedY !== true || i % columns === 0,
    };
    const shared = {
      x: spec.sharedX === true ? all : panel.marks,
      y: spec.sharedY === true ? all : panel.marks,
    };
    const own =
      spec.legend === undefined || spec.legend === 'panels' ? panel : { ...panel, legend: 'none' as const };
    const letter = spec.lettered === true ? `(${String.fromCharCode(97 + i)})` : undefined;
    return preparePanel({ letter, ...own }, labelled, shared);
  });
}

function drawAt(panel: PreparedPanel, column: Column, row: Row, colours: LabelColours): Shape {
  const titles = {
    left: column.room - 0.75 * theme.titleSize,
    below: row.room - theme.titleSize + 1,
    above: row.rise,
  };
  return drawPanel(panel, column.left, row.top, titles, colours);
}

/** The colour bar beside the panels, in the middle of their height. */
function barShape(spec: ColourBarSpec, layout: Layout): { shape: Shape; width: number } {
  const [top, bottom] = [layout.rows[0]!.top, layout.rows.at(-1)!.bottom];
  const height = Math.min(bottom - top, 220);
  const bar = colourBar(spec, height);
  const y = (top + bottom - height) / 2;
  return { shape: group(layout.right + barGap, y, bar.shapes, 'colour scale'), width: bar.width + barGap };
}

function headingShape(heading: string, width: number): Shape {
  const style = { size: theme.headingSize, fill: theme.ink, anchor: 'middle' } as const;
  return textAt(heading, width / 2, margin + theme.headingSize, style);
}
