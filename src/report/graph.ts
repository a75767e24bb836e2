/** Draws the graph of stages as SVG, each stage a link to its steps. */
import { counted } from '../base/text.ts';
import type { ReportStage } from './data.ts';
import { type Point, type Size, componentsOf, inRows } from './components.ts';
import { type Html, html } from './html.ts';
import { type Layout, type Placed, layOut } from './layout.ts';
import { anchor } from './anchor.ts';

const box = { least: 92, height: 46, gapX: 18, gapY: 40 };
/** Of the layout's units; and of one letter of a name. */
const unit = 100;
const letterWidth = 7.9;
const longestName = 24;

const widthOf = (name: string) => Math.max(box.least, fitted(name).length * letterWidth + 20);

/** Stages that hang together, where each stands among them, and how much room they take. */
interface Part {
  readonly stages: readonly ReportStage[];
  readonly layout: Layout;
  readonly size: Size;
}

/** The figure, with every edge told in its description too. What does not hang together stands side by side. */
export function drawGraph(stages: readonly ReportStage[]): Html {
  const parts = componentsOf(stages).map(partOf);
  const corners = inRows(parts.map(({ size }) => size));
  const reach = (of: (size: Size, corner: Point) => number) =>
    round(Math.max(0, ...parts.map(({ size }, i) => of(size, corners[i] as Point))));
  const wide = reach(({ width }, { x }) => x + width);
  const high = reach(({ height }, { y }) => y + height + 4);
  const told = parts
    .flatMap(({ layout }) => layout.edges)
    .map(({ from, to }) => `${from} to ${to}`)
    .join(', ');
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Graph of the stages">
    <svg
      class="graph"
      role="group"
      aria-labelledby="graph-title graph-desc"
      width="${wide}"
      height="${high}"
      viewBox="0 -2 ${wide} ${high}"
    >
      <title id="graph-title">${counted(stages.length, 'stage')} and what each needs</title>
      <desc id="graph-desc">${told === '' ? 'No stage needs another.' : `Edges: ${told}.`}</desc>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8z" class="tip" />
        </marker>
      </defs>
      ${parts.map((part, i) => drawPart(part, corners[i] as Point))}
    </svg>
  </div>`;
}

function partOf(stages: readonly ReportStage[]): Part {
  const layout = layOut(
    stages.map(({ name, needs }) => ({ name, needs, width: (widthOf(name) + box.gapX) / unit })),
  );
  const height = layout.layers * (box.height + box.gapY) - box.gapY;
  return { stages, layout, size: { width: layout.width * unit, height } };
}

function drawPart({ stages, layout: { nodes, edges } }: Part, { x, y }: Point): Html {
  return html`<g transform="translate(${round(x)} ${round(y)})"
    >${edges.map(({ way }) => html`<path class="edge" marker-end="url(#tip)" d="${curve(way)}" />`)}
    ${stages.map((stage) => drawStage(stage, nodes.get(stage.name) as Placed))}</g
  >`;
}

const round = (value: number) => Math.round(value * 10) / 10;
const xOf = ({ across }: Placed) => across * unit;
const yOf = ({ layer }: Placed) => layer * (box.height + box.gapY);

/** From the lower side of a box to the upper side of the next, straight down through the layers between. */
function curve(way: readonly Placed[]): string {
  const first = way[0] as Placed;
  let path = `M${round(xOf(first))} ${yOf(first) + box.height}`;
  let y = yOf(first) + box.height;
  let x = xOf(first);
  way.slice(1).forEach((place, i) => {
    const [nextX, nextY] = [xOf(place), yOf(place)];
    const middle = (y + nextY) / 2;
    path += `C${round(x)} ${round(middle)} ${round(nextX)} ${round(middle)} ${round(nextX)} ${round(nextY)}`;
    y = nextY;
    x = nextX;
    if (i < way.length - 2) path += `V${(y += box.height)}`;
  });
  return path;
}

function drawStage(stage: ReportStage, place: Placed): Html {
  const { name, steps } = stage;
  const width = widthOf(name);
  const current = steps.filter(({ state }) => state === 'current').length;
  const state = steps.length > 0 && current === steps.length ? 'current' : 'old';
  const count =
    state === 'current' ? counted(steps.length, 'step') : `${current} of ${counted(steps.length, 'step')}`;
  return html`<a href="#${anchor('stage', name)}" aria-label="${name}: ${count}"
    ><g transform="translate(${round(xOf(place) - width / 2)} ${yOf(place)})" class="node ${state}"
      ><rect width="${round(width)}" height="${box.height}" rx="7" /><text x="${round(width / 2)}" y="20"
        >${fitted(name)}</text
      ><text x="${round(width / 2)}" y="36" class="small">${count}</text></g
    ></a
  >`;
}

/** Names that the box cannot hold are cut; the full one is in the link's label. */
function fitted(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}
