/** Two runs side by side: claims that moved, steps that changed with reason, results and evidence. */
import { counted } from '../../../base/text.ts';
import { duration, formatTime } from '../../../base/time.ts';
import type { ComparePage, RunRow, ValueChange } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { ask } from '../client.ts';
import { type Child, el } from '../dom.ts';
import type { MakePage } from '../page.ts';
import { digestLink, facts, quiet, reasonLine, runChip, runLink, section, stepLink } from '../parts/bits.ts';
import { countsText } from '../parts/run-panel.ts';
import { scrollTable } from '../parts/scroll-table.ts';

export const comparePage: MakePage = async ({ known }, [before = '', after = '']) => {
  const page = await ask<ComparePage>('compare', { before, after });
  const node = el('div', { class: 'page' }, view(page, known.state.runs));
  return { title: 'Two runs', node };
};

function view(page: ComparePage, runs: readonly RunRow[]): Child {
  const { before, after, same, changed, added, removed, claims, more } = page;
  const nothing = changed.length + added.length + removed.length + claims.length === 0;
  return [
    el('h1', {}, 'Two runs, side by side'),
    el(
      'div',
      { class: 'two sides' },
      runSide('Before', before, runs, (id) => hashOf('compare', id, after.id)),
      runSide('After', after, runs, (id) => hashOf('compare', before.id, id)),
    ),
    el(
      'p',
      { class: 'lead' },
      nothing
        ? `Nothing changed: ${counted(same, 'step')} the same.`
        : `${counted(changed.length + more, 'step')} changed, ${same} the same${added.length > 0 ? `, ${added.length} only after` : ''}${removed.length > 0 ? `, ${removed.length} only before` : ''}.`,
    ),
    claims.length > 0 &&
      section(
        'Claims',
        sideTable(
          claims.map(({ claim, before, after, worse }) => ({ name: claim, before, after, bad: worse })),
          'claim',
        ),
      ),
    changed.length > 0 &&
      section('Steps that changed', changed.map(changedStep), more > 0 && quiet(`and ${more} more`)),
    names('Only after', added),
    names('Only before', removed),
  ];
}

function runSide(
  title: string,
  run: RunRow,
  runs: readonly RunRow[],
  link: (id: string) => string,
): HTMLElement {
  const choose = el(
    'select',
    { 'aria-label': `${title}: another run`, onchange: () => (location.hash = link(choose.value)) },
    runs.map(({ id }) => el('option', { value: id, selected: id === run.id }, id)),
    runs.every(({ id }) => id !== run.id) && el('option', { value: run.id, selected: true }, run.id),
  );
  return el(
    'section',
    { class: 'panel' },
    el('h2', {}, title),
    choose,
    facts([
      ['run', runLink(run.id)],
      ['began', `${formatTime(run.at)} UTC`],
      ['ended', runChip(run.status)],
      ['took', run.finishedAt === undefined ? '' : duration(run.finishedAt - run.at)],
      ['steps', countsText(run)],
      ['profile', run.profile],
      ['typed', el('code', {}, `colophon ${run.command}`)],
    ]),
  );
}

type SideRow = ValueChange & { readonly bad?: boolean };

function sideTable(rows: readonly SideRow[], name: string): HTMLElement {
  const body = rows.map((row) =>
    el(
      'tr',
      {},
      el('td', {}, row.name),
      el('td', { class: 'mono old' }, row.before ?? 'absent'),
      el('td', { class: `mono now${row.bad === true ? ' bad' : ''}` }, row.after ?? 'absent'),
    ),
  );
  return scrollTable(
    `Before and after, by ${name}`,
    [name, 'before', 'after'],
    el('tbody', {}, body),
    'sides',
  );
}

function changedStep({
  step,
  before,
  after,
  reasons,
  outs,
  evidence,
}: ComparePage['changed'][number]): HTMLElement {
  const values = outs.reduce((sum, out) => sum + out.values.length + out.more, 0);
  const told = [
    outs.length > 0 && `${counted(outs.length, 'out')} differ${outs.length === 1 ? 's' : ''}`,
    values > 0 && `in ${counted(values, 'value')}`,
    outs.length === 0 && 'the same outs',
  ]
    .filter((part) => part !== false)
    .join(' ');
  return el(
    'details',
    { class: 'panel' },
    el(
      'summary',
      {},
      stepLink(step),
      el('span', { class: 'quiet' }, ` ${before === after ? '' : `${before} → ${after}, `}${told}`),
    ),
    reasons.length > 0 &&
      el(
        'ul',
        {},
        reasons.slice(0, 20).map(({ type, detail }) => el('li', {}, reasonLine(type, detail))),
      ),
    outs.map(({ role, before: old, after: now, values: cells, more }) =>
      el(
        'div',
        {},
        el(
          'h3',
          {},
          role,
          ' ',
          old === undefined ? 'absent' : digestLink(old),
          ' → ',
          now === undefined ? 'absent' : digestLink(now),
        ),
        cells.length > 0 && sideTable(cells, 'value'),
        more > 0 && quiet(`and ${counted(more, 'more value')}`),
      ),
    ),
    evidence.length > 0 && [el('h3', {}, 'Evidence'), sideTable(evidence, 'name')],
  );
}

function names(title: string, steps: readonly string[]): HTMLElement | false {
  if (steps.length === 0) return false;
  return section(
    title,
    el(
      'ul',
      { class: 'columns' },
      steps.slice(0, 200).map((step) => el('li', {}, stepLink(step))),
    ),
    steps.length > 200 && quiet(`and ${steps.length - 200} more`),
  );
}
