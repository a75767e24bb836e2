/** Small parts that many pages show: links, states, bars, lists of facts. */
import { shortDigest } from '../../../base/text.ts';
import { duration } from '../../../base/time.ts';
import { readableName, readableNames } from '../../../model/case.ts';
import { claimMark, claimTone } from '../../../model/claim-status.ts';
import type { ClaimStatus, RunRow, StepState, StepStatus, TrustRow } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { type Child, el } from '../dom.ts';

export const stepLink = (id: string, text: Child = readableName(id)): HTMLElement =>
  el('a', { href: hashOf('step', id), class: 'name' }, text);

export const stageLink = (name: string): HTMLElement =>
  el('a', { href: hashOf('stage', name), class: 'name' }, name);

export const runLink = (id: string): HTMLElement => el('a', { href: hashOf('run', id), class: 'mono' }, id);

export function digestLink(digest: string, extension = ''): HTMLElement {
  const names = extension === '' ? [digest] : [digest, extension];
  return el('a', { href: hashOf('artifact', ...names), class: 'mono', title: digest }, shortDigest(digest));
}

/** One reason of `why`: its kind as a tag, which the detail of a code change says again. */
export const reasonLine = (kind: string, detail: string): Child[] => [
  el('span', { class: 'tag' }, kind),
  ' ',
  readableNames(detail.replace(/^code: /, '')),
];

type Tone = 'good' | 'bad' | 'open' | 'live' | 'quiet';

/** A word in its colour, with a mark for those who see none. */
export function chip(tone: Tone, mark: string, text: string): HTMLElement {
  return el(
    'span',
    { class: `chip ${tone}` },
    el('span', { 'aria-hidden': 'true', class: 'mark' }, mark),
    text,
  );
}

const states: Readonly<Record<StepState, readonly [Tone, string, string]>> = {
  current: ['good', '✓', 'up to date'],
  old: ['open', '◐', 'not current'],
  new: ['quiet', '○', 'not executed'],
  waits: ['quiet', '…', 'waits'],
};
export const stateChip = (state: StepState): HTMLElement => chip(...states[state]);

const statuses: Readonly<Record<StepStatus, readonly [Tone, string, string]>> = {
  open: ['quiet', '○', 'to come'],
  running: ['live', '▸', 'running'],
  hit: ['good', '✓', 'hit'],
  executed: ['good', '✓', 'executed'],
  failed: ['bad', '✗', 'failed'],
  skipped: ['open', '–', 'skipped'],
};
export const statusChip = (status: StepStatus): HTMLElement => chip(...statuses[status]);

/** What is not known yet is told quietly. */
export const claimChip = (status: ClaimStatus): HTMLElement =>
  chip(status === 'unknown' ? 'quiet' : claimTone(status), claimMark(status), status);

const runs: Readonly<Record<RunRow['status'], readonly [Tone, string]>> = {
  running: ['live', '▸'],
  complete: ['good', '✓'],
  failed: ['bad', '✗'],
  interrupted: ['open', '–'],
  lost: ['bad', '✗'],
};
export const runChip = (status: RunRow['status']): HTMLElement => chip(...runs[status], status);

const trusts: Readonly<Record<string, readonly [Tone, string]>> = {
  declared: ['open', '◌'],
  closed: ['quiet', '◍'],
  reproduced: ['good', '●'],
  attested: ['good', '★'],
  refuted: ['bad', '✗'],
};

/** How far a result can be trusted; why, under the pointer. */
export function trustChip({ word, says }: TrustRow): HTMLElement {
  const made = chip(...(trusts[word] ?? ['quiet', '◌']), word);
  made.title = says;
  return made;
}

export interface Share {
  readonly tone: Tone | 'hit';
  readonly count: number;
  readonly name: string;
}

/** A bar of shares, told in words to those who do not see it. */
export function bar(shares: readonly Share[], total: number): HTMLElement {
  const there = shares.filter(({ count }) => count > 0);
  const told = there.map(({ count, name }) => `${count} ${name}`).join(', ');
  const whole = el('div', { class: 'bar', role: 'img', 'aria-label': told || 'nothing yet', title: told });
  for (const { tone, count } of there) {
    const piece = el('span', { class: tone });
    piece.style.setProperty('flex-grow', String(count));
    whole.append(piece);
  }
  const rest = total - there.reduce((sum, { count }) => sum + count, 0);
  if (rest > 0) {
    const piece = el('span', { class: 'rest' });
    piece.style.setProperty('flex-grow', String(rest));
    whole.append(piece);
  }
  return whole;
}

/** Names and values, one a row; those without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: Child])[]): HTMLElement {
  const there = rows.filter(([, value]) => value !== undefined && value !== false && value !== '');
  return el(
    'dl',
    { class: 'facts' },
    there.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  );
}

export function section(title: string, ...content: readonly Child[]): HTMLElement {
  return el('section', {}, el('h2', {}, title), content);
}

export const quiet = (...content: readonly Child[]): HTMLElement => el('p', { class: 'quiet' }, content);
/** Before this a reader needs no word of why it takes long, in milliseconds. */
const patience = 3000;

/** Stands where the plan will tell, until there is one; says how long that has taken, and why it may. */
export function reading(): HTMLElement {
  const told = el('span', { class: 'quiet', role: 'status' }, 'Reading the pipeline…');
  const began = Date.now();
  const clock = setInterval(() => {
    const spent = Date.now() - began;
    if (!told.isConnected && spent > patience) clearInterval(clock);
    else if (spent > patience)
      told.textContent = `Reading the pipeline… ${duration(Math.floor(spent / 1000) * 1000)}. Where the code is new, every stage is bundled first; colophon run remembers that.`;
  }, 1000);
  return told;
}
export const code = (text: string): HTMLElement => el('code', {}, text);

/** A command to type, as the pages teach them. */
export const command = (text: string): HTMLElement => el('kbd', {}, text);
