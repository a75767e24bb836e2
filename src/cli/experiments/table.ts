/** Writes a table of runs: for people a line each quantity, as CSV a row each run, as JSON all of it. */
import { groupDigits } from '../../base/text.ts';
import { formatTime } from '../../base/time.ts';
import { type Cell, formatTable } from '../../model/kind.ts';
import type { Column, Experiments } from '../../provenance/experiment.ts';
import type { RunView } from '../../provenance/run-view.ts';
import { aligned } from '../output.ts';
import { type Style, cut } from '../view/style.ts';

const kinds = ['params', 'code', 'metrics', 'claims'] as const;
const mostRows = 12;
const widest = 24;

/** `shown` of `all` there is: each kind under its title, a column each run. */
export function experimentsLines(shown: Experiments, all: Experiments, style: Style): string[] {
  const { runs } = shown;
  const head = [
    ['', ...runs.map(({ run }) => style.strong(run.id))],
    [style.dim('profile'), ...runs.map(({ run }) => style.dim(run.profile))],
    [style.dim('began'), ...runs.map(({ run }) => style.dim(formatTime(run.at).slice(5, 16)))],
    [style.dim('steps'), ...runs.map((view) => style.dim(stepText(view)))],
  ];
  const rows = kinds.flatMap((kind) => {
    const columns = shown[kind];
    if (columns.length === 0) return [];
    const more = columns.length - mostRows;
    return [
      [style.strong(kind)],
      ...columns.slice(0, mostRows).map((column) => [`  ${column.name}`, ...cellsOf(column, style)]),
      ...(more > 0 ? [[style.dim(`  and ${groupDigits(more)} more (--csv or --json has all)`)]] : []),
    ];
  });
  const hidden = kinds.reduce((sum, kind) => sum + all[kind].length - shown[kind].length, 0);
  return [
    ...aligned([...head, ...rows]),
    ...(hidden > 0
      ? [style.dim(`${groupDigits(hidden)} quantities that do not differ are left out (--all)`)]
      : []),
  ];
}

function stepText({ run, steps }: RunView): string {
  const { executed, failed } = run.counts;
  return `${steps.size}, ${executed} executed${failed > 0 ? `, ${failed} failed` : ''}`;
}

/** What differs from the run before it stands out. */
function cellsOf({ cells }: Column, style: Style): string[] {
  return cells.map((cell, i) => {
    const text = cut(cell ?? '–', widest);
    return i > 0 && cell !== cells[i - 1] ? style.accent(text) : text;
  });
}

/** A header, then a row a run. */
export function experimentsCsv(experiments: Experiments): string {
  const { runs } = experiments;
  const columns = kinds.flatMap((kind) =>
    experiments[kind].map(({ name, cells }) => ({ name: `${kind} ${name}`, cells })),
  );
  const rows = runs.map(({ run }, i): Cell[] => [
    run.id,
    new Date(run.at).toISOString(),
    run.profile,
    run.status,
    ...columns.map(({ cells }) => numberIf(cells[i])),
  ]);
  return formatTable({
    columns: ['run', 'began', 'profile', 'status', ...columns.map(({ name }) => name)],
    rows,
  });
}

/** Numbers are written as such, so that no reader has to take quotes off. */
function numberIf(cell: string | undefined): Cell {
  if (cell === undefined) return null;
  const value = Number(cell);
  return cell !== '' && String(value) === cell && Number.isFinite(value) ? value : cell;
}

export function experimentsData({ runs, ...experiments }: Experiments): object {
  const heads = runs.map(({ run }) => {
    const { id, at, profile, status, counts, command } = run;
    return { run: id, at, profile, status, counts, command };
  });
  return { runs: heads, ...experiments };
}
