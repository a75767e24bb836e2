/** What is on record of a step's execution: its key, where and how long it ran, and those before it. */
import { byteSize, shortDigest } from '../../../base/text.ts';
import { duration, formatTime } from '../../../base/time.ts';
import type { Execution, StepPage } from '../../common/api.ts';
import { el } from '../dom.ts';
import { code, digestLink, facts, runLink } from './bits.ts';
import { numberHead, scrollTable } from './scroll-table.ts';

export function keyFacts(execution: Execution): HTMLElement {
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

export const record = (values: Readonly<Record<string, string>>): HTMLElement =>
  facts(Object.entries(values).map(([name, value]) => [name, code(value)] as const));

export function executionFacts({ made, trust }: StepPage, execution: Execution): HTMLElement {
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

export function historyTable({ history }: StepPage): HTMLElement {
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
  return scrollTable('Executions', heads, el('tbody', {}, rows), 'folding');
}
