/** One run: how far it is or how it ended, stage by stage, over time, what went wrong; with the way to compare it. */
import { duration, formatTime } from '../../../base/time.ts';
import { claimStatuses } from '../../../model/claim-status.ts';
import type { RunPage, StepStatus } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { ask } from '../client.ts';
import { type Child, el, swap } from '../dom.ts';
import type { Known } from '../live.ts';
import type { MakePage } from '../page.ts';
import { claimChip, code, facts, quiet, runChip, runLink, section, stepLink } from '../parts/bits.ts';
import { countsText, notesList, runPanel, stageBars } from '../parts/run-panel.ts';
import { timeline } from '../parts/timeline.ts';

export const runPage: MakePage = async ({ known }, [id = '']) => {
  const node = el('div', { class: 'page' });
  const steps = new Map<string, StepStatus>();
  let next = 0;
  let run: RunPage;
  let asking = false;

  const load = async (): Promise<void> => {
    run = await ask<RunPage>('run', { id, after: String(next) });
    next = run.next;
    for (const [step, status] of run.changes) steps.set(step, status);
  };
  const draw = (now: Known) => swap(node, view(run, steps, now));
  const update = (now: Known) => {
    const listed = now.state.runs.find((each) => each.id === id);
    if (asking || (run.status !== 'running' && listed?.status === run.status)) return;
    asking = true;
    // The end of a run is asked for whole: with it come the times.
    if (listed !== undefined && listed.status !== 'running') next = 0;
    load()
      .then(() => draw(now))
      .catch(() => undefined)
      .finally(() => (asking = false));
  };
  await load();
  draw(known);
  return { title: `Run ${id}`, node, update };
};

function view(run: RunPage, steps: ReadonlyMap<string, StepStatus>, { state }: Known): Child {
  const isLive = run.status === 'running';
  const before = state.runs[state.runs.findIndex(({ id }) => id === run.id) + 1];
  return [
    el('h1', {}, 'Run ', el('span', { class: 'mono' }, run.id)),
    isLive
      ? runPanel(run, Date.now())
      : el(
          'p',
          { class: 'line lead' },
          runChip(run.status),
          el(
            'span',
            {},
            `${countsText(run)}${run.finishedAt === undefined ? '' : ` in ${duration(run.finishedAt - run.at)}`}`,
          ),
        ),
    run.of !== run.id &&
      quiet('It found nothing to change since run ', runLink(run.of), ', whose steps these are.'),
    facts([
      ['began', `${formatTime(run.at)} UTC`],
      ['typed', code(`colophon ${run.command}`)],
      ['profile', run.profile],
      [
        'machine',
        Object.entries(run.machine)
          .map(([name, value]) => `${name} ${value}`)
          .join(', '),
      ],
      [
        'claims',
        claimStatuses.flatMap((status) =>
          run.claims[status] === undefined ? [] : [claimChip(status), ` ${run.claims[status]}  `],
        ),
      ],
      [
        'compare',
        before !== undefined &&
          el('a', { href: hashOf('compare', before.id, run.id) }, 'with the run before'),
      ],
    ]),
    run.notes.length > 0 && section('What it said', notesList(run)),
    run.spans.length > 0 &&
      section('When steps were executed', timeline(run.spans, (run.finishedAt ?? run.at) - run.at)),
    run.stages.length > 0 && section('Stages', stageBars(run.stages)),
    failures(steps),
  ];
}

function failures(steps: ReadonlyMap<string, StepStatus>): HTMLElement | false {
  const failed = [...steps].filter(([, status]) => status === 'failed').map(([step]) => step);
  if (failed.length === 0) return false;
  return section(
    'Failed steps',
    el(
      'ul',
      {},
      failed.slice(0, 100).map((step) => el('li', {}, stepLink(step))),
    ),
  );
}
