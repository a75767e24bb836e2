/** Draws marks made of rectangles: bars, histograms, heat maps. */
import { invariant } from '../../base/invariant.ts';
import { type Point, clamp, clipLine } from './clip.ts';
import { colourAt } from './colour-map.ts';
import { type BarsMark, type HeatMapMark, type StepsMark } from './mark.ts';
import { type Plane } from './plane.ts';
import { type Paint, type Shape, polygon } from './scene.ts';

/** The bars, each cut to the panel. */
export function drawBars(mark: BarsMark, plane: Plane, colour: string): Shape[] {
  return mark.bars.flatMap(([x0, x1, y0, y1]) =>
    rectangle(plane, [x0, x1], [y0, y1], { fill: colour, opacity: mark.opacity }),
  );
}

/** Written as paths, so that neighbours share the very coordinates of their edge and leave no seam. */
function rectangle(plane: Plane, xs: Point, ys: Point, paint: Paint): Shape[] {
  const [x0, x1] = xs.map((x) => clamp(plane.x(x), plane.width)) as [number, number];
  const [y0, y1] = ys.map((y) => clamp(plane.y(y), plane.height)) as [number, number];
  if (x0 === x1 || y0 === y1) return [];
  return [
    polygon(
      [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ],
      paint,
      true,
    ),
  ];
}

/** The columns as one area under one outline. */
export function drawSteps(mark: StepsMark, plane: Plane, colour: string): Shape[] {
  const { edges, heights, base = 0, filled = true, opacity = 0.25 } = mark;
  invariant(edges.length === heights.length + 1, 'a histogram has one edge more than heights');
  const height = (y: number) => clamp(plane.y(y), plane.height);
  const top = heights.flatMap((y, i): Point[] => [
    [plane.x(edges[i]!), height(y)],
    [plane.x(edges[i + 1]!), height(y)],
  ]);
  const outline: Point[] = [
    [plane.x(edges[0]!), height(base)],
    ...top,
    [plane.x(edges.at(-1)!), height(base)],
  ];
  const areas = filled
    ? heights.flatMap((y, i) =>
        rectangle(plane, [edges[i]!, edges[i + 1]!], [base, y], { fill: colour, opacity }),
      )
    : [];
  const lines = clipLine(outline, plane).map((piece) => polygon(piece, { stroke: colour, width: 1 }));
  return [{ type: 'group', x: 0, y: 0, crisp: true, children: areas }, ...lines];
}

/** The cells; neighbours of one colour become one rectangle, so that block matrices stay small. */
export function drawHeatMap(mark: HeatMapMark, plane: Plane): Shape[] {
  const { matrix, colours, domain } = mark;
  const colour = (i: number, j: number) =>
    colourAt(colours, (matrix.data[i * matrix.columns + j]! - domain[0]) / (domain[1] - domain[0]));
  const children = mergedCells(matrix.rows, matrix.columns, colour).flatMap((cell) =>
    rectangle(plane, [cell.left + 0.5, cell.right + 0.5], [cell.top + 0.5, cell.bottom + 0.5], {
      fill: cell.colour,
    }),
  );
  return [{ type: 'group', x: 0, y: 0, label: mark.label, crisp: true, children }];
}

interface Cell {
  readonly top: number;
  readonly left: number;
  readonly right: number;
  readonly colour: string;
  bottom: number;
}

/** Runs of one colour in each row, joined to the same run of the row above. */
function mergedCells(rows: number, columns: number, colour: (i: number, j: number) => string): Cell[] {
  const cells: Cell[] = [];
  let above = new Map<string, Cell>();
  for (let i = 0; i < rows; i++) {
    const row = new Map<string, Cell>();
    for (const { left, right, colour: own } of runs(
      Array.from({ length: columns }, (_, j) => colour(i, j)),
    )) {
      const key = `${left} ${right} ${own}`;
      const cell = above.get(key) ?? { top: i, bottom: i, left, right, colour: own };
      if (cell.bottom === cell.top) cells.push(cell);
      cell.bottom = i + 1;
      row.set(key, cell);
    }
    above = row;
  }
  return cells;
}

function runs(colours: readonly string[]): { left: number; right: number; colour: string }[] {
  const found: { left: number; right: number; colour: string }[] = [];
  colours.forEach((colour, j) => {
    const last = found.at(-1);
    if (last?.colour === colour) last.right = j + 1;
    else found.push({ left: j, right: j + 1, colour });
  });
  return found;
}
