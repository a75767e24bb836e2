/** Draws the graph on a canvas: only what is in view, only as fine as it can be seen. */
import { toDrawing } from '../../common/camera.ts';
import { cellSize } from '../../common/cells.ts';
import { paintStage } from './paint-stage.ts';
import { paintMarks, paintSteps, paintThreads } from './paint-steps.ts';
import type { Bounds, Pick, Scene } from './scene.ts';
import { type Paper, type Sight, finestCell } from './sight.ts';

/** The context draws in pixels of the screen when it comes, and again when it is given back. */
export function paint(paper: Paper, scene: Scene, sight: Sight): void {
  const { camera, screen, palette } = sight;
  paper.save();
  paper.fillStyle = palette.ground;
  paper.fillRect(0, 0, screen.width, screen.height);
  paper.scale(camera.scale, camera.scale);
  paper.translate(-camera.x, -camera.y);
  const visible = inView(scene, sight);
  edges(paper, scene, sight);
  for (const index of visible) paintStage(paper, scene, sight, index);
  if (cellSize * camera.scale >= finestCell) paintSteps(paper, scene, sight, visible);
  if (sight.chosen?.type === 'step') paintThreads(paper, scene, sight, sight.chosen.index);
  paintMarks(paper, scene, sight);
  paper.restore();
}

function inView({ plan }: Scene, { camera, screen }: Sight): number[] {
  const end = toDrawing(camera, screen.width, screen.height);
  return plan.stages.flatMap(({ x, y, width, height }, i) =>
    x > end.x || y > end.y || x + width < camera.x || y + height < camera.y ? [] : [i],
  );
}

function edges(paper: Paper, { plan, bounds }: Scene, sight: Sight): void {
  const { camera, screen, palette, chosen, hovered } = sight;
  const end = toDrawing(camera, screen.width, screen.height);
  const inSight = plan.edges.filter((_, i) => {
    const { left, right, top, bottom } = bounds[i] as Bounds;
    return left <= end.x && right >= camera.x && top <= end.y && bottom >= camera.y;
  });
  const about = [chosen, hovered].flatMap((pick) => (pick === undefined ? [] : [stageNameOf(plan, pick)]));
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

function stageNameOf(plan: Scene['plan'], { type, index }: Pick): string {
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
