/** Draws the steps of the graph: cells, the names in them, what is marked, what the chosen one is bound to. */
import { caseOf, readableName } from '../../../model/case.ts';
import { toDrawing } from '../../common/camera.ts';
import { cellGap, cellSize } from '../../common/cells.ts';
import { inkOn } from '../../common/colours.ts';
import type { Scene } from './scene.ts';
import { type Paper, type Sight, colourOf, isStrong } from './sight.ts';

const faint = 0.22;
/** Pixels: smaller cells bear no names. */
const labelledCell = 44;

/** The steps of some stages, cells of one colour in one go. */
export function paintSteps(paper: Paper, scene: Scene, sight: Sight, visible: readonly number[]): void {
  const { palette, matches, camera } = sight;
  const isFull = (step: number) => isStrong(sight, step) && (matches === undefined || matches.has(step));
  const groups = new Map<string, { alpha: number; colour: string; steps: number[] }>();
  for (const stage of visible) {
    for (const step of scene.members[stage] ?? []) {
      const colour = colourOf(scene, palette, step);
      const alpha = isFull(step) ? 1 : faint;
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
  if (cellSize * camera.scale >= labelledCell) labels(paper, scene, sight, visible);
}

/** From near: each cell's case, variable by variable. */
function labels(paper: Paper, scene: Scene, sight: Sight, visible: readonly number[]): void {
  const { palette, camera, screen } = sight;
  const end = toDrawing(camera, screen.width, screen.height);
  paper.textAlign = 'center';
  paper.textBaseline = 'middle';
  for (const step of visible.flatMap((stage) => scene.members[stage] ?? [])) {
    const { x, y } = scene.cornerOf(step);
    if (x > end.x || y > end.y || x + cellSize < camera.x || y + cellSize < camera.y) continue;
    paper.fillStyle = isStrong(sight, step) ? inkOn(colourOf(scene, palette, step)) : palette.quiet;
    const pairs = caseOf(scene.plan.steps[step]?.id ?? '').split(',');
    const lines = pairs.slice(0, 3).map(readableName);
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
export function paintThreads(paper: Paper, scene: Scene, { palette, camera }: Sight, step: number): void {
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
export function paintMarks(
  paper: Paper,
  scene: Scene,
  { palette, camera, chosen, hovered, matches }: Sight,
): void {
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
