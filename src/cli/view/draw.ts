/** Draws the progress of a run as lines: a bar for each stage, what runs, and what is left. Pure. */
import { counted, groupDigits } from '../../base/text.ts';
import { elapsed, roughly } from '../../base/time.ts';
import { readableName } from '../../model/case.ts';
import { type Progress, type StageProgress, endedOf, remaining, totalsOf } from './progress.ts';
import { type Style, cut, pad } from './style.ts';

export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly style: Style;
}

/** Stages shown at most; a screen full of them says less. */
const mostStages = 16;
/** Lines kept free for what is printed above, and for the prompt. */
const keptFree = 4;

/** The lines of the live view, none wider than the terminal nor more than it holds. */
export function drawProgress(progress: Progress, jobs: number, now: number, canvas: Canvas): string[] {
  const { style, columns } = canvas;
  if (!progress.isPlanned) return [style.dim(cut('  planning', columns - 1))];
  const most = Math.max(1, Math.min(canvas.rows - keptFree, mostStages));
  const { stages, hidden } = visibleStages(progress, most);
  const layout = layoutOf(stages, columns);
  const lines = stages.map((stage) => drawStage(stage, layout, now, canvas));
  if (hidden > 0) lines.push(style.dim(cut(`  and ${counted(hidden, 'more stage')}`, columns - 1)));
  return [...lines, drawSummary(progress, jobs, now, canvas)];
}

/** What runs first, then what is under way, then what is to come; stages that are done last. */
function visibleStages(progress: Progress, most: number): { stages: StageProgress[]; hidden: number } {
  const rank = (row: StageProgress) => {
    if (row.running.size > 0 || row.failed > 0) return 0;
    const ended = endedOf(row);
    return ended === 0 ? 2 : ended < row.total ? 1 : 3;
  };
  const all = [...progress.stages.values()].filter(({ total }) => total > 0);
  if (all.length <= most) return { stages: all, hidden: 0 };
  const chosen = new Set([...all].sort((a, b) => rank(a) - rank(b)).slice(0, most));
  return { stages: all.filter((row) => chosen.has(row)), hidden: all.length - most };
}

/** Columns of a row's parts. */
interface Layout {
  readonly name: number;
  readonly bar: number;
  readonly count: number;
}

/** On a narrow terminal the bar gives way first, then the name. */
function layoutOf(stages: readonly StageProgress[], columns: number): Layout {
  const count = Math.max(...stages.map(({ total }) => 2 * groupDigits(total).length + 1));
  const longest = Math.max(...stages.map(({ stage }) => stage.length));
  const room = columns - 1 - count - 3;
  const name = Math.max(4, Math.min(longest, 28, room - 1));
  const left = room - name;
  return { name, count, bar: left >= 44 ? 20 : left >= 20 ? 10 : 0 };
}

function drawStage(row: StageProgress, layout: Layout, now: number, { columns, style }: Canvas): string {
  const ended = endedOf(row);
  const mark = markOf(row, ended, style);
  const name = pad(cut(row.stage, layout.name), layout.name);
  const bar = layout.bar === 0 ? '' : ` ${drawBar(row, ended, layout.bar, style)}`;
  const count = `${groupDigits(ended)}/${groupDigits(row.total)}`.padStart(layout.count);
  const taken = 2 + layout.name + (layout.bar === 0 ? 0 : layout.bar + 1) + 1 + layout.count + 2;
  const room = columns - 1 - taken;
  const detail = room < 4 ? '' : drawDetail(row, ended, now, room, style);
  return `${mark} ${name}${bar} ${count}  ${detail}`.trimEnd();
}

/** A stage is well only where none of its steps was skipped. */
function markOf({ failed, skipped, running, total }: StageProgress, ended: number, style: Style): string {
  if (failed > 0) return style.bad('✗');
  if (ended === total && skipped === 0) return style.good('✓');
  return running.size > 0 ? style.accent('▸') : ' ';
}

/** Hits are dim: they cost nothing. A step begun is half a cell at least. */
function drawBar(row: StageProgress, ended: number, width: number, style: Style): string {
  const cells = (count: number) => Math.floor((width * count) / Math.max(1, row.total));
  const hits = cells(row.hits);
  const full = cells(ended) - hits;
  const half = hits + full < width && row.running.size > 0 ? '╸' : '';
  const paint =
    row.failed > 0 ? style.bad : ended === row.total && row.skipped === 0 ? style.good : style.accent;
  const rest = width - hits - full - half.length;
  return `${style.dim(style.good('━'.repeat(hits)))}${paint('━'.repeat(full) + half)}${style.dim('─'.repeat(rest))}`;
}

/** What failed, what runs, and for how long; of a stage with nothing to do, that. */
function drawDetail(row: StageProgress, ended: number, now: number, room: number, style: Style): string {
  const failed = row.failed > 0 ? cut(`${groupDigits(row.failed)} failed`, room) : '';
  const parts = [...row.running].map(([binding, began]) => {
    const time = now - began < 1000 ? '' : elapsed(now - began);
    return `${readableName(binding)} ${time}`.trim();
  });
  const skipped = row.skipped > 0 ? `${groupDigits(row.skipped)} skipped` : '';
  const idle = row.hits === row.total ? (row.total === 1 ? 'hit' : 'hits') : '';
  const said = [skipped, parts.length > 0 ? fit(parts, room) : idle].filter((part) => part !== '').join('  ');
  const left = room - (failed === '' ? 0 : failed.length + 2);
  const rest = left < 4 ? '' : style.dim(cut(said, left));
  return [failed === '' ? '' : style.bad(failed), ended === row.total && rest === '' ? '' : rest]
    .filter((part) => part !== '')
    .join('  ');
}

/** As many of the running steps as there is room for, and how many more. */
function fit(parts: readonly string[], room: number): string {
  for (let shown = parts.length; shown > 1; shown--) {
    const more = parts.length - shown;
    const text = `${parts.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    if (text.length <= room) return text;
  }
  return parts.length > 1 ? `${parts[0]} and ${parts.length - 1} more` : (parts[0] ?? '');
}

function drawSummary(progress: Progress, jobs: number, now: number, { columns, style }: Canvas): string {
  const { steps, hits, executed, failed, skipped } = totalsOf(progress);
  const left = remaining(progress, jobs, now);
  const parts = [
    `${groupDigits(hits + executed + failed + skipped)} of ${counted(steps, 'step')}`,
    elapsed(now - progress.began),
    left === undefined ? '' : `${left.partial ? 'over' : 'about'} ${roughly(left.left)} left`,
    failed > 0 ? `${groupDigits(failed)} failed` : '',
    skipped > 0 ? `${groupDigits(skipped)} skipped` : '',
    hits > 0 ? counted(hits, 'hit') : '',
  ];
  return style.strong(cut(`  ${parts.filter((part) => part !== '').join(' · ')}`, columns - 1));
}

/** The same in a line, for logs that go on for long without one. */
export function progressLine(progress: Progress, jobs: number, now: number): string {
  const { steps, hits, executed, failed, skipped } = totalsOf(progress);
  const left = remaining(progress, jobs, now);
  const running = [...progress.stages.values()].flatMap((row) =>
    [...row.running].map(
      ([binding, began]) =>
        `${row.stage}${binding === '' ? '' : `@${readableName(binding)}`} ${elapsed(now - began)}`,
    ),
  );
  const rest = left === undefined ? '' : `, ${left.partial ? 'over' : 'about'} ${roughly(left.left)} left`;
  const ended = groupDigits(hits + executed + failed + skipped);
  return `… ${ended} of ${counted(steps, 'step')} after ${elapsed(now - progress.began)}${rest}; running: ${fit(running, 100)}`;
}
