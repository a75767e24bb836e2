/** A step: how it stands and why, its lineage, outs as they look, inputs, evidence, key, cost, code, logs, claims. */
import { byteSize, counted, shortDigest } from '../../../base/text.ts';
import { duration, formatTime } from '../../../base/time.ts';
import { caseOf, stageOf } from '../../../model/case.ts';
import type { ArtifactPage, Execution, InputRow, OutRow, ReasonRow, StepPage } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { ask } from '../client.ts';
import { type Child, el, swap } from '../dom.ts';
import type { Known } from '../live.ts';
import type { MakePage } from '../page.ts';
import {
  code,
  digestLink,
  facts,
  quiet,
  runLink,
  section,
  stageLink,
  stateChip,
  stepLink,
  trustChip,
} from '../parts/bits.ts';
import { claimCards } from '../parts/claim-list.ts';
import { codeView } from '../parts/code-view.ts';
import { logsView } from '../parts/logs-view.ts';
import { previewOf } from '../parts/preview.ts';
import { numberHead, scrollTable } from '../parts/scroll-table.ts';
import { walkOf } from '../parts/walk.ts';

export const stepPage: MakePage = async ({ known }, [id = '']) => {
  const node = el('div', { class: 'page' });
  let plan = known.plan?.plan;
  const draw = (step: StepPage, now: Known) => swap(node, view(step, now));
  draw(await ask<StepPage>('step', { id }), known);
  const update = (now: Known) => {
    if (now.plan === undefined || now.plan.plan === plan) return;
    plan = now.plan.plan;
    void ask<StepPage>('step', { id })
      .then((step) => draw(step, now))
      .catch(() => undefined);
  };
  return { title: id, node, update };
};

function view(step: StepPage, { plan }: Known): Child {
  const { id, says, made, state, trust, execution, claims } = step;
  return [
    el('p', { class: 'crumbs' }, stageLink(stageOf(id)), caseOf(id) !== '' && ' / '),
    el(
      'h1',
      {},
      el('span', { class: 'mono' }, caseOf(id) || id),
      ' ',
      state !== undefined && stateChip(state),
      trust !== undefined && [' ', trustChip(trust)],
    ),
    says !== '' && el('p', { class: 'lead' }, says),
    failure(step),
    step.conflict.length > 0 && conflict(step),
    reasons(step),
    plan !== undefined && walkOf(plan, id),
    claims.length > 0 &&
      section(counted(claims.length, 'claim about it', 'claims about it'), claimCards(claims)),
    step.outs.length > 0 && section('Outs', step.outs.map(outView)),
    execution !== undefined &&
      Object.keys(execution.evidence).length > 0 &&
      section('Evidence', record(execution.evidence)),
    step.inputs.length > 0 && section('Inputs', step.inputs.map(inputView)),
    execution !== undefined && section('Key', keyFacts(execution)),
    execution !== undefined && section('Execution', executionFacts(step, execution)),
    execution?.sourceMap !== undefined && codeView(execution.sourceMap, made),
    execution !== undefined && logsView(execution.attempt),
    step.history.length > 1 && section('Every execution', historyTable(step)),
  ];
}

function failure({ failure: failed }: StepPage): Child {
  if (failed === undefined) return false;
  return el(
    'section',
    { class: 'panel bad' },
    el('h2', {}, `The last attempt failed: ${failed.ending}`),
    el('pre', {}, failed.message),
    quiet(`${formatTime(failed.at)} UTC`),
    logsView(failed.attempt, true),
  );
}

function conflict(step: StepPage): HTMLElement {
  return el(
    'section',
    { class: 'panel bad' },
    el('h2', {}, 'One key, different bytes'),
    el(
      'p',
      {},
      'It was executed again with the same key and gave something else. Both results are kept; ',
      el('kbd', {}, `colophon resolve ${step.id} <attempt>`),
      ' chooses.',
    ),
    el(
      'ul',
      {},
      step.conflict.map((line) => el('li', { class: 'mono' }, line)),
    ),
  );
}

function reasons({ state, reasons: why, because }: StepPage): Child {
  if (state === 'current') return reasonList('Executed because', because);
  if (why.length === 0) return false;
  return reasonList(
    state === 'waits' || why[0]?.type === 'waits'
      ? 'Decided when these have run'
      : 'Would be executed because',
    why,
  );
}

function reasonList(title: string, rows: readonly ReasonRow[]): Child {
  if (rows.length === 0) return false;
  return el(
    'div',
    { class: 'reasons' },
    el('strong', {}, title),
    el(
      'ul',
      {},
      rows
        .slice(0, 30)
        .map(({ type, detail }) =>
          el(
            'li',
            {},
            type === 'waits'
              ? stepLink(detail)
              : [el('span', { class: 'tag' }, type), ' ', detail.replace(/^code: /, '')],
          ),
        ),
    ),
  );
}

function outView(out: OutRow): HTMLElement {
  const { role, digest, size, kind, extension, published, usedBy } = out;
  const shown = el('div', { class: 'shown' }, quiet('Reading…'));
  void ask<ArtifactPage>('artifact', { digest, extension })
    .then(({ preview }) => shown.replaceChildren(previewOf(preview, role)))
    .catch((error: Error) => shown.replaceChildren(quiet(error.message)));
  return el(
    'article',
    { class: 'panel out' },
    el(
      'h3',
      {},
      el('a', { href: hashOf('artifact', digest, extension) }, role),
      el(
        'span',
        { class: 'quiet' },
        ` ${kind} · ${byteSize(size)} · `,
        digestLink(digest, extension),
        published !== undefined && [' · published as ', code(published)],
      ),
    ),
    shown,
    usedBy.length > 0 && quiet('read by ', several(usedBy)),
  );
}

const mostNamed = 8;

function several(steps: readonly string[]): Child {
  return [
    steps.slice(0, mostNamed).map((id, i) => [i > 0 && ', ', stepLink(id)]),
    steps.length > mostNamed && ` and ${steps.length - mostNamed} more`,
  ];
}

function inputView({ role, path, from }: InputRow): HTMLElement {
  const one = ({ step, role: of, case: binding, digest }: InputRow['from'][number]): Child => [
    binding !== '' && el('span', { class: 'tag' }, binding),
    step === undefined
      ? path === undefined
        ? 'an artifact'
        : code(path)
      : [stepLink(step), of !== undefined && `.${of}`],
    ' ',
    digest !== '' && digestLink(digest, path?.split('.').at(-1) ?? ''),
  ];
  const [first] = from;
  if (from.length === 1 && first !== undefined)
    return el('div', { class: 'input' }, el('strong', {}, role), el('span', {}, one(first)));
  return el(
    'details',
    { class: 'input' },
    el(
      'summary',
      {},
      el('strong', {}, role),
      el('span', { class: 'quiet' }, ` ${counted(from.length, 'case')}`),
    ),
    el(
      'ul',
      {},
      from.map((each) => el('li', {}, one(each))),
    ),
  );
}

function keyFacts(execution: Execution): HTMLElement {
  const { key, code: codeDigest, stream, params, environment } = execution;
  return el(
    'div',
    {},
    facts([
      ['key', el('span', { class: 'mono' }, key)],
      ['code', digestLink(codeDigest, 'js')],
      ['random stream', stream !== undefined && el('span', { class: 'mono' }, shortDigest(stream))],
    ]),
    Object.keys(params).length > 0 && [el('h3', {}, 'Params'), record(params)],
    Object.keys(environment).length > 0 && [el('h3', {}, 'Environment'), record(environment)],
  );
}

const record = (values: Readonly<Record<string, string>>): HTMLElement =>
  facts(Object.entries(values).map(([name, value]) => [name, code(value)] as const));

function executionFacts({ made, trust }: StepPage, execution: Execution): HTMLElement {
  const { at, run, attempt, wall, cpu, memory, seen } = execution;
  return facts([
    ['executed', `${formatTime(at)} UTC`],
    ['took', `${duration(wall)} (${duration(cpu)} of processor${memory > 0 ? `, ${byteSize(memory)}` : ''})`],
    ['stage', made === '' ? undefined : code(made)],
    ['trust', trust && `${trust.word}: ${trust.says}`],
    ['run', runLink(run)],
    ['attempt', el('span', { class: 'mono' }, attempt)],
    [
      'seen',
      Object.entries(seen).map(([name, value]) =>
        el('span', { class: 'pair' }, el('span', { class: 'quiet' }, name), ' ', code(value)),
      ),
    ],
  ]);
}

function historyTable({ history }: StepPage): HTMLElement {
  const rows = history.map(({ at, run, wall, key, current }) =>
    el(
      'tr',
      {},
      el('td', {}, formatTime(at)),
      el('td', {}, runLink(run)),
      el('td', { class: 'number' }, duration(wall)),
      el('td', { class: 'mono' }, shortDigest(key)),
      el('td', {}, current && 'current'),
    ),
  );
  const heads = ['executed (UTC)', 'run', numberHead('took'), 'key', ''];
  return scrollTable('Executions', heads, el('tbody', {}, rows));
}
