/** Draws one stage of the graph. */
import { cellGap, cellSize, headHeight, padding } from '../../common/cells.ts';
import type { StageBox } from '../../common/api.ts';
import type { Scene } from './scene.ts';
import { type Paper, type Sight, colourOf, finestCell, isStrong } from './sight.ts';

/** Pixels: smaller names are not drawn. */
const finestText = 5.5;

/** A stage: its frame and its name, from afar with its cells as one strip. */
export function paintStage(paper: Paper, scene: Scene, sight: Sight, index: number): void {
  const { palette, camera, chosen, hovered, strong } = sight;
  const stage = scene.plan.stages[index] as StageBox;
  const isPicked = [chosen, hovered].some((pick) => pick?.type === 'stage' && pick.index === index);
  const members = scene.members[index] ?? [];
  const isFaint = strong !== undefined && !members.some((step) => isStrong(sight, step));
  paper.globalAlpha = isFaint ? 0.45 : 1;
  paper.beginPath();
  paper.roundRect(stage.x, stage.y, stage.width, stage.height, 8);
  paper.fillStyle = palette.raised;
  paper.fill();
  paper.lineWidth = (isPicked ? 2.4 : 1) / camera.scale;
  paper.strokeStyle = isPicked ? palette.link : palette.line;
  paper.stroke();
  if (cellSize * camera.scale < finestCell) block(paper, scene, sight, stage, members);
  title(paper, sight, stage, members.length);
  paper.globalAlpha = 1;
}

/** From afar: the stage's cells as one strip, in the shares of their colours. */
function block(
  paper: Paper,
  scene: Scene,
  { palette }: Sight,
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

function title(paper: Paper, { camera, palette }: Sight, stage: StageBox, count: number): void {
  const size = 13;
  const isFar = size * camera.scale < 9;
  const largest = (stage.width - 12) / (0.6 * stage.name.length);
  const fitting = isFar ? Math.min(9 / camera.scale, largest, headHeight) : size;
  const shown = Math.max(fitting, finestText / camera.scale);
  if (shown > headHeight) return;
  const most = Math.floor((stage.width - 12) / (0.6 * shown));
  paper.fillStyle = palette.text;
  paper.font = `600 ${shown}px ${palette.font}`;
  paper.textBaseline = 'middle';
  paper.textAlign = isFar ? 'center' : 'left';
  paper.fillText(
    stage.name.length <= most ? stage.name : `${stage.name.slice(0, most - 1)}…`,
    isFar ? stage.x + stage.width / 2 : stage.x + padding,
    stage.y + headHeight / 2 + 1,
  );
  if (isFar || count < 2) return;
  paper.fillStyle = palette.quiet;
  paper.font = `${size - 2}px ${palette.font}`;
  paper.textAlign = 'right';
  paper.fillText(String(count), stage.x + stage.width - padding - cellGap, stage.y + headHeight / 2 + 1);
}
