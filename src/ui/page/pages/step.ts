/** A step: how it stands and why, its lineage, outs as they look, inputs, evidence, key, cost, code, logs, claims. */
import { counted } from '../../../base/text.ts';
import { formatTime } from '../../../base/time.ts';
import { caseOf, readableName, stageOf } from '../../../model/case.ts';
import type { ReasonRow, StepPage } from '../../common/api.ts';
import { ask } from '../client.ts';
import { type Child, el, swap } from '../dom.ts';
import type { Known } from '../live.ts';
import type { MakePage } from '../page.ts';
import { quiet, reasonLine, section, stageLink, stateChip, stepLink, trustChip } from '../parts/bits.ts';
import { claimCards } from '../parts/claim-list.ts';
import { codeView } from '../parts/code-view.ts';
import { logsView } from '../parts/logs-view.ts';
import { inputView, outView } from '../parts/step-artifacts.ts';
import { executionFacts, historyTable, keyFacts, record } from '../parts/step-execution.ts';
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
  return { title: readableName(id), node, update };
};

function view(step: StepPage, { plan }: Known): Child {
  const { id, says, made, state, trust, execution, claims } = step;
  return [
    el('p', { class: 'crumbs' }, stageLink(stageOf(id)), caseOf(id) !== '' && ' / '),
    el(
      'h1',
      {},
      el('span', { class: 'mono' }, readableName(caseOf(id) || id)),
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
      el('kbd', {}, `colophon resolve ${readableName(step.id)} <attempt>`),
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
          el('li', {}, type === 'waits' ? stepLink(detail) : reasonLine(type, detail)),
        ),
    ),
  );
}
