/** Draws the graph on a canvas: only what is in view, only as fine as it can be seen, cells of one colour in one go. */
import { caseOf } from '../../../model/case.ts';
import type { StageBox } from '../../common/api.ts';
import { type Camera, type Size, toDrawing } from '../../common/camera.ts';
import { inkOn } from '../../common/colours.ts';
import { cellGap, cellSize, headHeight, padding } from '../../common/cells.ts';
import type { Palette } from './palette.ts';
import type { Bounds, Pick, Scene } from './scene.ts';

interface View {
  readonly camera: Camera;
  readonly screen: Size;
  readonly palette: Palette;
  readonly chosen: Pick | undefined;
  readonly hovered: Pick | undefined;
  /** Steps and what they rest on or carry are strong, all others faint; undefined where all are alike. */
  readonly strong: { readonly above: ReadonlySet<number>; readonly under: ReadonlySet<number> } | undefined;
  /** Steps that a search found. */
  readonly matches: ReadonlySet<number> | undefined;
}

type Paper = CanvasRenderingContext2D;

const faint = 0.22;
/** Pixels: below these, cells are drawn as one block, and names not at all. */
const finestCell = 2.2;
const finestText = 5.5;
const labelledCell = 44;

/** The context draws in pixels of the screen when it comes, and again when it is given back. */
export function paint(paper: Paper, scene: Scene, view: View): void {
  const { camera, screen, palette } = view;
  paper.save();
  paper.fillStyle = palette.ground;
  paper.fillRect(0, 0, screen.width, screen.height);
  paper.scale(camera.scale, camera.scale);
  paper.translate(-camera.x, -camera.y);
  const visible = inView(scene, view);
  edges(paper, scene, view);
  for (const index of visible) box(paper, scene, view, index);
  if (cellSize * camera.scale >= finestCell) cells(paper, scene, view, visible);
  if (view.chosen?.type === 'step') threads(paper, scene, view, view.chosen.index);
  marks(paper, scene, view);
  paper.restore();
}

function inView({ plan }: Scene, { camera, screen }: View): number[] {
  const end = toDrawing(camera, screen.width, screen.height);
  return plan.stages.flatMap(({ x, y, width, height }, i) =>
    x > end.x || y > end.y || x + width < camera.x || y + height < camera.y ? [] : [i],
  );
}

function edges(paper: Paper, { plan, bounds }: Scene, view: View): void {
  const { camera, screen, palette, chosen, hovered } = view;
  const end = toDrawing(camera, screen.width, screen.height);
  const inSight = plan.edges.filter((_, i) => {
    const { left, right, top, bottom } = bounds[i] as Bounds;
    return left <= end.x && right >= camera.x && top <= end.y && bottom >= camera.y;
  });
  const about = [chosen, hovered].flatMap((pick) => (pick === undefined ? [] : [stageOf(plan, pick)]));
  const width = 1.2 / camera.scale;
  for (const isNear of [false, true]) {
    paper.beginPath();
    for (const edge of inSight) {
      if ((about.includes(edge.from) || about.includes(edge.to)) !== isNear) continue;
      trace(paper, edge.path);
    }
    paper.lineWidth = isNear ? width * 1.7 : width;
    paper.strokeStyle = isNear ? palette.link : palette.edge;
    paper.globalAlpha = isNear || about.length === 0 ? 0.85 : 0.4;
    paper.stroke();
  }
  paper.globalAlpha = 1;
}

function stageOf(plan: Scene['plan'], { type, index }: Pick): string {
  return plan.stages[type === 'stage' ? index : (plan.steps[index]?.stage ?? -1)]?.name ?? '';
}

type Path = Scene['plan']['edges'][number]['path'];

/** Upright at both ends of every piece. */
function trace(paper: Paper, path: Path): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  paper.moveTo(first.x, first.y);
  let y = first.y;
  let x = first.x;
  for (const point of rest) {
    const middle = (y + point.y) / 2;
    if (point.x === x) paper.lineTo(x, point.y);
    else paper.bezierCurveTo(x, middle, point.x, middle, point.x, point.y);
    [x, y] = [point.x, point.y];
  }
}

function box(paper: Paper, scene: Scene, view: View, index: number): void {
  const { palette, camera, chosen, hovered, strong } = view;
  const stage = scene.plan.stages[index] as StageBox;
  const isPicked = [chosen, hovered].some((pick) => pick?.type === 'stage' && pick.index === index);
  const members = scene.members[index] ?? [];
  const isFaint =
    strong !== undefined && !members.some((step) => strong.above.has(step) || strong.under.has(step));
  paper.globalAlpha = isFaint ? 0.45 : 1;
  paper.beginPath();
  paper.roundRect(stage.x, stage.y, stage.width, stage.height, 8);
  paper.fillStyle = palette.raised;
  paper.fill();
  paper.lineWidth = (isPicked ? 2.4 : 1) / camera.scale;
  paper.strokeStyle = isPicked ? palette.link : palette.line;
  paper.stroke();
  if (cellSize * camera.scale < finestCell) block(paper, scene, view, stage, members);
  title(paper, view, stage, members.length);
  paper.globalAlpha = 1;
}

/** From afar: the stage's cells as one strip, in the shares of their colours. */
function block(
  paper: Paper,
  scene: Scene,
  { palette }: View,
  stage: StageBox,
  members: readonly number[],
): void {
  const groups = Map.groupBy(members, (step) => colourOf(scene, palette, step));
  let x = stage.x + padding;
  for (const [colour, steps] of groups) {
    const width = ((stage.width - 2 * padding) * steps.length) / Math.max(1, members.length);
    paper.fillStyle = colour;
    paper.fillRect(x, stage.y + headHeight, width, stage.height - headHeight - padding);
    x += width;
  }
}

function title(paper: Paper, { camera, palette }: View, stage: StageBox, count: number): void {
  const size = 13;
  const isFar = size * camera.scale < 9;
  const largest = (stage.width - 12) / (0.6 * stage.name.length);
  const shown = isFar ? Math.min(9 / camera.scale, largest, headHeight) : size;
  if (shown * camera.scale < finestText) return;
  paper.fillStyle = palette.text;
  paper.font = `600 ${shown}px ${palette.font}`;
  paper.textBaseline = 'middle';
  paper.textAlign = isFar ? 'center' : 'left';
  paper.fillText(
    stage.name,
    isFar ? stage.x + stage.width / 2 : stage.x + padding,
    stage.y + headHeight / 2 + 1,
  );
  if (isFar || count < 2) return;
  paper.fillStyle = palette.quiet;
  paper.font = `${size - 2}px ${palette.font}`;
  paper.textAlign = 'right';
  paper.fillText(String(count), stage.x + stage.width - padding - cellGap, stage.y + headHeight / 2 + 1);
}

/** What a run under way says goes before what the plan says. */
function colourOf({ plan, statuses }: Scene, palette: Palette, index: number): string {
  const step = plan.steps[index];
  const status = statuses.get(step?.id ?? '');
  if (status === 'running') return palette['live-fill'];
  if (status === 'failed') return palette['bad-fill'];
  if (status === 'hit' || status === 'executed') return palette['good-fill'];
  if (status === 'skipped') return palette['open-fill'];
  return { current: palette['good-fill'], old: palette['open-fill'], new: palette.cell, waits: palette.cell }[
    step?.state ?? 'new'
  ];
}

function cells(paper: Paper, scene: Scene, view: View, visible: readonly number[]): void {
  const { palette, strong, matches, camera } = view;
  const isStrong = (step: number) =>
    (strong === undefined || strong.above.has(step) || strong.under.has(step)) &&
    (matches === undefined || matches.has(step));
  const groups = new Map<string, { alpha: number; colour: string; steps: number[] }>();
  for (const stage of visible) {
    for (const step of scene.members[stage] ?? []) {
      const colour = colourOf(scene, palette, step);
      const alpha = isStrong(step) ? 1 : faint;
      const name = `${alpha} ${colour}`;
      const group = groups.get(name) ?? { alpha, colour, steps: [] };
      group.steps.push(step);
      groups.set(name, group);
    }
  }
  const side = cellSize - cellGap;
  const round = cellSize * camera.scale > 8 ? 2.5 : 0;
  for (const { alpha, colour, steps } of groups.values()) {
    paper.beginPath();
    for (const step of steps) {
      const { x, y } = scene.cornerOf(step);
      if (round > 0) paper.roundRect(x, y, side, side, round);
      else paper.rect(x, y, side, side);
    }
    paper.globalAlpha = alpha;
    paper.fillStyle = colour;
    paper.fill();
  }
  paper.globalAlpha = 1;
  if (cellSize * camera.scale >= labelledCell) labels(paper, scene, view, visible);
}

/** From near: each cell's case, variable by variable. */
function labels(
  paper: Paper,
  scene: Scene,
  { palette, camera, screen, strong }: View,
  visible: readonly number[],
): void {
  const end = toDrawing(camera, screen.width, screen.height);
  paper.textAlign = 'center';
  paper.textBaseline = 'middle';
  for (const step of visible.flatMap((stage) => scene.members[stage] ?? [])) {
    const { x, y } = scene.cornerOf(step);
    if (x > end.x || y > end.y || x + cellSize < camera.x || y + cellSize < camera.y) continue;
    const isFaint = strong !== undefined && !strong.above.has(step) && !strong.under.has(step);
    paper.fillStyle = isFaint ? palette.quiet : inkOn(colourOf(scene, palette, step));
    const lines = caseOf(scene.plan.steps[step]?.id ?? '')
      .split(',')
      .slice(0, 3);
    const side = cellSize - cellGap;
    const size = Math.min(3.2, (side - 1) / (0.58 * Math.max(1, ...lines.map((line) => line.length))));
    paper.font = `600 ${size}px ${palette.font}`;
    lines.forEach((line, i) =>
      paper.fillText(line, x + side / 2, y + side / 2 + (i - (lines.length - 1) / 2) * size * 1.15),
    );
  }
}

const mostThreads = 600;

/** From the chosen step to each that it needs and each that needs it. */
function threads(paper: Paper, scene: Scene, { palette, camera }: View, step: number): void {
  const half = (cellSize - cellGap) / 2;
  const at = scene.cornerOf(step);
  const line = (to: number, colour: string) => {
    const end = scene.cornerOf(to);
    const middle = (at.y + end.y) / 2 + half;
    paper.beginPath();
    paper.moveTo(at.x + half, at.y + half);
    paper.bezierCurveTo(at.x + half, middle, end.x + half, middle, end.x + half, end.y + half);
    paper.strokeStyle = colour;
    paper.stroke();
  };
  paper.lineWidth = 1.4 / camera.scale;
  for (const need of scene.plan.steps[step]?.needs.slice(0, mostThreads) ?? []) line(need, palette.link);
  for (const user of scene.below[step]?.slice(0, mostThreads) ?? []) line(user, palette.text);
}

/** Rings around what is running, what a search found, and what is chosen or under the pointer. */
function marks(paper: Paper, scene: Scene, { palette, camera, chosen, hovered, matches }: View): void {
  const width = 2 / camera.scale;
  const ring = (step: number, colour: string, grow: number) => {
    const { x, y } = scene.cornerOf(step);
    const side = cellSize - cellGap + 2 * grow;
    paper.beginPath();
    paper.roundRect(x - grow, y - grow, side, side, 3.5);
    paper.lineWidth = width;
    paper.strokeStyle = colour;
    paper.stroke();
  };
  for (const [id, status] of scene.statuses) {
    const pick = status === 'running' ? scene.named(id) : undefined;
    if (pick?.type === 'step') ring(pick.index, palette['live-fill'], 2.5);
  }
  if (matches !== undefined && matches.size <= mostThreads)
    for (const step of matches) ring(step, palette.link, 1.5);
  if (hovered?.type === 'step') ring(hovered.index, palette.text, 1.5);
  if (chosen?.type === 'step') ring(chosen.index, palette.text, 2.5);
}
