/** Draws the progress of a run as lines: a bar for each stage, what runs, and what is left. Pure. */
import { counted, duration, groupDigits } from '../../base/text.ts';
import { type Progress, type StageProgress, remaining } from './progress.ts';
import { type Style, cut, pad } from './style.ts';

export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly style: Style;
}

const barWidth = 20;

/** The lines of the live view, none wider than the terminal nor more than it holds. */
export function drawProgress(progress: Progress, jobs: number, now: number, canvas: Canvas): string[] {
  const shown = visibleStages(progress, Math.max(1, Math.min(canvas.rows - 4, 16)));
  const nameWidth = Math.min(28, Math.max(...shown.stages.map(({ stage }) => stage.length), 8));
  const lines = shown.stages.map((stage) => drawStage(stage, nameWidth, now, canvas));
  if (shown.hidden > 0) lines.push(canvas.style.dim(`  and ${counted(shown.hidden, 'more stage')}`));
  return [...lines, drawSummary(progress, jobs, now, canvas)];
}

/** What runs first, then what is under way, then what is to come; stages that are done last. */
function visibleStages(progress: Progress, most: number): { stages: StageProgress[]; hidden: number } {
  const rank = (row: StageProgress) =>
    row.running.size > 0 ? 0 : row.done + row.failed === 0 ? 2 : row.done + row.failed < row.total ? 1 : 3;
  const all = [...progress.stages.values()];
  if (all.length <= most) return { stages: all, hidden: 0 };
  const chosen = new Set([...all].sort((a, b) => rank(a) - rank(b)).slice(0, most));
  return { stages: all.filter((row) => chosen.has(row)), hidden: all.length - most };
}

function drawStage(row: StageProgress, nameWidth: number, now: number, { columns, style }: Canvas): string {
  const full = row.total === 0 ? 0 : Math.floor((barWidth * (row.done + row.failed)) / row.total);
  const paint = row.failed > 0 ? style.bad : row.done === row.total ? style.good : style.accent;
  const bar = paint('━'.repeat(full)) + style.dim('─'.repeat(barWidth - full));
  const count = `${groupDigits(row.done)}/${groupDigits(row.total)}`.padStart(9);
  const head = `  ${pad(cut(row.stage, nameWidth), nameWidth)} ${bar} ${count}`;
  const room = columns - (nameWidth + barWidth + 16);
  return `${head}  ${style.dim(cut(drawRunning(row, now), Math.max(0, room)))}`;
}

function drawRunning(row: StageProgress, now: number): string {
  return [...row.running]
    .map(([binding, began]) => `▸ ${binding === '' ? '' : `${binding} `}${duration(now - began)}`)
    .join('  ');
}

function drawSummary(progress: Progress, jobs: number, now: number, { columns, style }: Canvas): string {
  const ended = progress.hits + progress.executed + progress.failed + progress.skipped;
  const left = remaining(progress, jobs, now);
  const parts = [
    `${groupDigits(ended)} of ${counted(progress.steps, 'step')}`,
    progress.hits > 0 ? counted(progress.hits, 'hit') : '',
    `${groupDigits(progress.executed)} executed`,
    progress.failed > 0 ? `${groupDigits(progress.failed)} failed` : '',
    progress.skipped > 0 ? `${groupDigits(progress.skipped)} skipped` : '',
    duration(now - progress.began),
    left === undefined ? '' : `about ${duration(left)} left`,
  ];
  return style.strong(cut(`  ${parts.filter((part) => part !== '').join(' · ')}`, columns));
}
