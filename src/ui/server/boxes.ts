/** Draws the graph's plan: a box for each stage, its steps as cells inside, boxes in layers below what they need. */
import { type GraphNode, type Placed, layOut } from '../../report/layout.ts';
import type { Point, StageBox, UiPlan } from '../common/api.ts';
import { cellSize, headHeight, padding } from '../common/cells.ts';
import { componentsOf, inRows } from '../../report/components.ts';

const gapAcross = 26;
const gapDown = 64;
/** World units for one of the layout's. */
const unit = 100;
const letterWidth = 7.6;

export interface StageNode extends GraphNode {
  readonly steps: number;
}

type Box = Pick<StageBox, 'x' | 'y' | 'width' | 'height' | 'columns'>;

interface Drawing {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly edges: UiPlan['edges'];
  readonly size: UiPlan['size'];
}

/** Each part that hangs together by itself, the parts side by side in rows, about as wide as a screen is to its height. */
export function drawBoxes(stages: readonly StageNode[]): Drawing {
  const parts = componentsOf(stages).map(drawPart);
  const places = inRows(parts.map(({ size }) => size));
  const moved = parts.map((part, i) => moveBy(part, places[i] as Point));
  return {
    boxes: new Map(moved.flatMap(({ boxes }) => [...boxes])),
    edges: moved.flatMap(({ edges }) => edges),
    size: {
      width: Math.max(0, ...parts.map(({ size }, i) => (places[i] as Point).x + size.width)),
      height: Math.max(0, ...parts.map(({ size }, i) => (places[i] as Point).y + size.height)),
    },
  };
}

function drawPart(stages: readonly StageNode[]): Drawing {
  const sizes = new Map(stages.map((stage) => [stage.name, sizeOf(stage)]));
  const nodes = stages.map(({ name, needs }) => ({
    name,
    needs,
    width: ((sizes.get(name)?.width ?? 0) + gapAcross) / unit,
  }));
  const { nodes: placed, edges, width, layers } = layOut(nodes);
  const tops = topsOf(placed, sizes, layers);
  const boxes = new Map(
    [...placed].map(([name, { layer, across }]) => {
      const size = sizes.get(name) as Size;
      return [name, { ...size, x: across * unit - size.width / 2, y: tops[layer] as number }] as const;
    }),
  );
  const height = Math.max(0, ...[...boxes.values()].map((box) => box.y + box.height));
  const drawn = edges.map(({ from, to, way }) => ({
    from,
    to,
    path: pathOf(way, boxes.get(from) as Box, tops),
  }));
  return { boxes, edges: drawn, size: { width: width * unit, height } };
}

function moveBy({ boxes, edges, size }: Drawing, { x, y }: Point): Drawing {
  const shift = (point: Point) => ({ x: point.x + x, y: point.y + y });
  return {
    size,
    boxes: new Map([...boxes].map(([name, box]) => [name, { ...box, ...shift(box) }])),
    edges: edges.map((edge) => ({ ...edge, path: edge.path.map(shift) })),
  };
}

type Size = Pick<Box, 'width' | 'height' | 'columns'>;

/** Wide enough for the name; cells in a block about half as high as it is wide. */
function sizeOf({ name, steps }: StageNode): Size {
  const least = Math.ceil((Math.max(96, name.length * letterWidth + 44) - 2 * padding) / cellSize);
  const columns = Math.max(least, Math.ceil(Math.sqrt(2 * steps)));
  const rows = Math.max(1, Math.ceil(steps / columns));
  return { columns, width: columns * cellSize + 2 * padding, height: headHeight + rows * cellSize + padding };
}

/** Each layer begins below the highest box of the one above. */
function topsOf(
  placed: ReadonlyMap<string, Placed>,
  sizes: ReadonlyMap<string, Size>,
  layers: number,
): number[] {
  const heights = Array.from({ length: layers }, () => 0);
  for (const [name, { layer }] of placed)
    heights[layer] = Math.max(heights[layer] as number, (sizes.get(name) as Size).height);
  let top = 0;
  return heights.map((height) => {
    const here = top;
    top += height + gapDown;
    return here;
  });
}

/** From the lower side of the first box to the upper side of the last, straight down past the layers between. */
function pathOf(way: readonly Placed[], from: Box, tops: readonly number[]): Point[] {
  const points: Point[] = [{ x: from.x + from.width / 2, y: from.y + from.height }];
  way.slice(1).forEach(({ layer, across }, i) => {
    const x = across * unit;
    points.push({ x, y: tops[layer] as number });
    const isLast = i === way.length - 2;
    if (!isLast) points.push({ x, y: (tops[layer + 1] as number) - gapDown });
  });
  return points;
}
