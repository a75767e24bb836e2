/** How far a run is: a bar, counts, what is running right now, what went wrong. */
import { counted, groupDigits } from '../../../base/text.ts';
import { duration, formatTime, roughly } from '../../../base/time.ts';
import type { RunProgress, RunRow, StageProgress } from '../../common/api.ts';
import { el } from '../dom.ts';
import { type Share, bar, quiet, runChip, runLink, stageLink, stepLink } from './bits.ts';
import { numberHead, scrollTable } from './scroll-table.ts';

type Counts = Pick<RunRow, 'hits' | 'executed' | 'failed' | 'skipped'>;

const sharesOf = ({ hits, executed, failed, skipped }: Counts, running = 0): Share[] => [
  { tone: 'hit', count: hits, name: hits === 1 ? 'hit' : 'hits' },
  { tone: 'good', count: executed, name: 'executed' },
  { tone: 'live', count: running, name: 'running' },
  { tone: 'bad', count: failed, name: 'failed' },
  { tone: 'open', count: skipped, name: 'skipped' },
];

/** `12 hits, 3 executed`. */
export function countsText(counts: Counts): string {
  const parts = sharesOf(counts).flatMap(({ count, name }) =>
    count === 0 ? [] : [`${groupDigits(count)} ${name}`],
  );
  return parts.join(', ') || 'nothing yet';
}

export function runPanel(run: RunProgress, now: number): HTMLElement {
  const { total, running, left } = run;
  const ended = run.hits + run.executed + run.failed + run.skipped;
  const share = total === 0 ? 0 : Math.floor((100 * ended) / total);
  return el(
    'div',
    { class: 'panel live-run' },
    el(
      'div',
      { class: 'line' },
      runChip(run.status),
      runLink(run.id),
      el('span', { class: 'quiet' }, `colophon ${run.command}`),
      el('span', { class: 'spring' }),
      el('span', { class: 'big' }, total === 0 ? 'planning' : `${share} %`),
    ),
    bar(sharesOf(run, running.length), total),
    el(
      'p',
      { class: 'line quiet' },
      el('span', {}, `${groupDigits(ended)} of ${counted(total, 'step')}: ${countsText(run)}`),
      el('span', { class: 'spring' }),
      el(
        'span',
        {},
        `${duration(now - run.at)} so far${left === undefined ? '' : `, about ${roughly(left)} left`}`,
      ),
    ),
    runningList(run, now),
  );
}

const mostRunning = 24;

/** What is running, the longest first. */
function runningList({ running }: RunProgress, now: number): HTMLElement | false {
  if (running.length === 0) return false;
  const sorted = [...running].sort((a, b) => a.since - b.since);
  return el(
    'ul',
    { class: 'running' },
    sorted
      .slice(0, mostRunning)
      .map(({ step, since }) =>
        el('li', {}, stepLink(step), el('span', { class: 'quiet' }, duration(Math.max(0, now - since)))),
      ),
    sorted.length > mostRunning && el('li', { class: 'quiet' }, `and ${sorted.length - mostRunning} more`),
  );
}

export function stageBars(stages: readonly StageProgress[]): HTMLElement {
  return el(
    'div',
    { class: 'stage-bars' },
    stages.map((stage) =>
      el(
        'div',
        { class: 'stage-bar' },
        stageLink(stage.stage),
        bar(sharesOf(stage, stage.running), stage.total),
        el(
          'span',
          { class: 'quiet number' },
          `${stage.hits + stage.executed + stage.failed + stage.skipped}/${stage.total}`,
        ),
      ),
    ),
  );
}

export function notesList({ notes }: RunProgress): HTMLElement {
  if (notes.length === 0) return quiet('Nothing out of the ordinary.');
  return el(
    'ul',
    { class: 'notes' },
    notes.map(({ step, text, bad }) =>
      el('li', { class: bad ? 'bad' : 'open' }, step !== undefined && stepLink(step), el('pre', {}, text)),
    ),
  );
}

/** Runs as a table, the newest first. */
export function runsTable(runs: readonly RunRow[], choose?: (run: RunRow) => HTMLElement): HTMLElement {
  const heads = [
    ...(choose === undefined ? [] : [el('th', { scope: 'col', 'aria-label': 'compare' })]),
    'run',
    'began (UTC)',
    'status',
    numberHead('took'),
    'steps',
    'profile',
    'typed',
  ];
  const rows = runs.map((run) =>
    el(
      'tr',
      {},
      choose !== undefined && el('td', {}, choose(run)),
      el('td', {}, runLink(run.id)),
      el('td', {}, formatTime(run.at)),
      el('td', {}, runChip(run.status)),
      el('td', { class: 'number' }, run.finishedAt === undefined ? '' : duration(run.finishedAt - run.at)),
      el('td', {}, countsText(run)),
      el('td', {}, run.profile),
      el('td', { class: 'mono typed' }, `colophon ${run.command}`),
    ),
  );
  return scrollTable('Runs', heads, el('tbody', {}, rows), 'folding');
}
