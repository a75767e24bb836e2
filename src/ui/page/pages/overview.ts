/** The first page: what runs now, how claims and steps stand, the newest figures and runs. Empty, it says how to begin. */
import { counted, groupDigits } from '../../../base/text.ts';
import { duration, formatAgo } from '../../../base/time.ts';
import { type ClaimTone, claimTone, countClaims } from '../../../model/claim-status.ts';
import type { ClaimRow, RunRow, StepRow, UiPlan } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { type Child, el, swap } from '../dom.ts';
import type { Known } from '../live.ts';
import type { MakePage } from '../page.ts';
import { type Share, bar, command, quiet, runChip, runLink, section, stageLink } from '../parts/bits.ts';
import { figureCard } from '../parts/figure-card.ts';
import { countsText, runPanel, runsTable } from '../parts/run-panel.ts';

export const overviewPage: MakePage = ({ known }) => {
  const node = el('div', { class: 'page' });
  let drawn = '';
  const update = (now: Known) => {
    const { plan, state } = now;
    const mark = JSON.stringify([plan?.plan, state.live, state.runs, state.problems, state.looking]);
    if (mark === drawn && state.live.length === 0) return;
    drawn = mark;
    swap(node, overview(now));
  };
  update(known);
  return { title: 'Overview', node, update };
};

function overview({ state, plan }: Known): Child {
  const now = Date.now();
  return [
    el(
      'header',
      { class: 'head' },
      el('h1', {}, plan?.pipeline ?? state.folder),
      plan !== undefined && quiet(`profile ${plan.profile}, in ${state.folder}/`),
    ),
    state.problems.length > 0 && problems(state.problems),
    state.live.length > 0 &&
      section(
        state.live.length === 1 ? 'A run is under way' : 'Runs under way',
        state.live.map((run) => runPanel(run, now)),
      ),
    state.runs.length === 0 && lesson(plan),
    plan === undefined && state.looking && quiet('Reading the pipeline…'),
    plan !== undefined && cards(plan, state.runs),
    plan !== undefined && stagesOf(plan),
    plan !== undefined && figuresOf(plan),
    state.runs.length > 0 &&
      section('Newest runs', runsTable(state.runs.slice(0, 6)), more('runs', 'All runs')),
  ];
}

function problems(lines: readonly string[]): HTMLElement {
  return el(
    'section',
    { class: 'panel bad', role: 'alert' },
    el('h2', {}, 'The pipeline cannot be read as it stands'),
    el('pre', {}, lines.join('\n')),
    quiet('This page looks again when the file changes. Runs and artifacts of before are still here.'),
  );
}

/** Where nothing was ever executed. */
function lesson(plan: UiPlan | undefined): HTMLElement {
  const steps =
    plan === undefined
      ? ''
      : ` It has ${counted(plan.stages.length, 'stage')} and ${counted(plan.steps.length, 'step')}.`;
  return el(
    'section',
    { class: 'panel lesson' },
    el('h2', {}, 'Nothing has been executed yet'),
    el('p', {}, `The pipeline is there, its results are not.${steps} In a terminal, in this folder:`),
    el(
      'ol',
      {},
      el('li', {}, command('colophon plan'), ' says what would be executed, and why.'),
      el(
        'li',
        {},
        command('colophon run'),
        ' does it. This page shows it going on, as it happens; leave it open.',
      ),
      el('li', {}, command('colophon claims'), ' says afterwards which of the paper’s sentences hold.'),
    ),
    el(
      'p',
      {},
      'Run it again and nothing executes; change one number and only what depends on it does. ',
      el('a', { href: hashOf('graph') }, 'See the graph'),
      ' of what is to come.',
    ),
  );
}

function cards(plan: UiPlan, runs: readonly RunRow[]): HTMLElement {
  const last = runs.find(({ status }) => status !== 'running');
  return el(
    'div',
    { class: 'cards' },
    plan.claims.length > 0 && card('claims', 'Claims', claimsShare(plan.claims)),
    card('graph', 'Steps', stepsShare(plan.steps)),
    last !== undefined && card('runs', 'Last run', lastRun(last)),
  );
}

function card(page: string, title: string, content: Child): HTMLElement {
  return el(
    'section',
    { class: 'panel card' },
    el('h2', {}, el('a', { href: hashOf(page) }, title)),
    content,
  );
}

function claimsShare(claims: readonly ClaimRow[]): Child {
  const known = claims.filter(({ status }) => status !== 'unknown');
  const count = (tone: ClaimTone) => known.filter(({ status }) => claimTone(status) === tone).length;
  const [holds, bad] = [count('good'), count('bad')];
  const shares: Share[] = [
    { tone: 'good', count: holds, name: 'hold' },
    { tone: 'bad', count: bad, name: 'fail' },
    { tone: 'open', count: count('open'), name: 'undecided or stale' },
  ];
  return [
    el(
      'p',
      { class: 'figure-number' },
      el('strong', { class: bad > 0 ? 'bad' : 'good' }, groupDigits(holds)),
      ` of ${groupDigits(claims.length)} hold`,
    ),
    bar(shares, claims.length),
    quiet(countClaims(claims)),
  ];
}

function stepsShare(steps: readonly StepRow[]): Child {
  const count = (state: StepRow['state']) => steps.filter((step) => step.state === state).length;
  const current = count('current');
  const shares: Share[] = [
    { tone: 'good', count: current, name: 'up to date' },
    { tone: 'open', count: count('old'), name: 'not current' },
  ];
  const spent = steps.reduce((sum, { wall }) => sum + (wall ?? 0), 0);
  return [
    el(
      'p',
      { class: 'figure-number' },
      el('strong', {}, groupDigits(current)),
      ` of ${groupDigits(steps.length)} up to date`,
    ),
    bar(shares, steps.length),
    quiet(
      current === steps.length
        ? `${duration(spent)} of work is kept`
        : ['colophon run brings the rest about; ', command('colophon plan'), ' says why'],
    ),
    quiet(trustText(steps)),
  ];
}

const trustOrder = ['attested', 'reproduced', 'closed', 'declared', 'refuted'];

/** `trust: 270 reproduced, 10 closed`. */
function trustText(steps: readonly StepRow[]): string {
  const parts = trustOrder.flatMap((word) => {
    const count = steps.filter(({ trust }) => trust === word).length;
    return count === 0 ? [] : [`${groupDigits(count)} ${word}`];
  });
  return parts.length === 0 ? '' : `trust: ${parts.join(', ')}`;
}

function lastRun(run: RunRow): Child {
  return [
    el(
      'p',
      { class: 'figure-number' },
      runChip(run.status),
      ' ',
      formatAgo(run.finishedAt ?? run.at, Date.now()),
    ),
    el('p', {}, runLink(run.id)),
    quiet(
      `${countsText(run)}${run.finishedAt === undefined ? '' : ` in ${duration(run.finishedAt - run.at)}`}`,
    ),
  ];
}

function stagesOf(plan: UiPlan): HTMLElement {
  const groups = Map.groupBy(plan.steps, ({ stage }) => stage);
  const rows = plan.stages.map((stage, i) => {
    const steps = groups.get(i) ?? [];
    const current = steps.filter(({ state }) => state === 'current').length;
    const old = steps.filter(({ state }) => state === 'old').length;
    const shares: Share[] = [
      { tone: 'good', count: current, name: 'up to date' },
      { tone: 'open', count: old, name: 'not current' },
    ];
    return el(
      'div',
      { class: 'stage-bar' },
      stageLink(stage.name),
      bar(shares, Math.max(1, steps.length)),
      el('span', { class: 'quiet number' }, stage.waiting ? 'waits' : `${current}/${steps.length}`),
    );
  });
  return section('Stages', el('div', { class: 'stage-bars' }, rows), more('graph', 'The graph'));
}

const mostFigures = 6;

function figuresOf({ published }: UiPlan): HTMLElement | false {
  const figures = published.filter(({ extension }) => extension === 'svg');
  if (figures.length === 0) return false;
  return section(
    'Figures',
    el('div', { class: 'gallery' }, figures.slice(0, mostFigures).map(figureCard)),
    more('files', `All ${counted(published.length, 'published file')}`),
  );
}

const more = (page: string, text: string): HTMLElement =>
  el('p', { class: 'onward' }, el('a', { href: hashOf(page) }, `${text} →`));
