/** One box that finds stages, steps, claims, files and runs by their names, and numbers and digests in what was made. */
import { readableName } from '../../model/case.ts';
import type { FindPage } from '../common/api.ts';
import { hashOf } from '../common/route.ts';
import { type Named, search } from '../common/search.ts';
import { ask } from './client.ts';
import { el } from './dom.ts';
import type { Known, Live } from './live.ts';

interface Hit extends Named {
  readonly sort: string;
  readonly hash: string;
}

const mostShown = 12;
const pause = 180;

export function searchBox(live: Live): HTMLElement {
  const list = el('ul', { id: 'found', role: 'listbox', 'aria-label': 'Found', hidden: true });
  const input = el('input', {
    type: 'search',
    placeholder: 'Search',
    'aria-label': 'Search steps, claims, files, runs, numbers and digests',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': 'found',
    autocomplete: 'off',
    title: 'press / to search',
  });
  const options = optionList(input, list);
  const find = finder(live, input, options.show);
  input.addEventListener('input', find);
  input.addEventListener('focus', () => input.value.trim() !== '' && find());
  input.addEventListener('blur', () => setTimeout(options.close, 150));
  input.addEventListener('keydown', (event) => {
    if (options.obey(event.key)) event.preventDefault();
  });
  focusOnSlash(input);
  return el('div', { class: 'search', role: 'search' }, input, list);
}

/** The options below the box, one of which is active; `obey` says whether a key was meant for them. */
function optionList(input: HTMLInputElement, list: HTMLElement) {
  let active = -1;
  const options = () => [...list.children] as HTMLElement[];
  const close = () => {
    list.hidden = true;
    input.ariaExpanded = 'false';
    input.removeAttribute('aria-activedescendant');
    active = -1;
  };
  const point = (to: number) => {
    active = to;
    options().forEach((option, i) => (option.ariaSelected = String(i === active)));
    const option = options()[active];
    if (option === undefined) return;
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  };
  const show = (hits: readonly Hit[]) => {
    list.replaceChildren(...hits.map((hit, i) => optionOf(hit, i, close)));
    list.hidden = input.value.trim() === '';
    if (hits.length === 0)
      list.append(
        el('li', { class: 'quiet', role: 'option', 'aria-disabled': 'true' }, 'nothing by this name'),
      );
    input.ariaExpanded = String(!list.hidden);
    point(hits.length > 0 ? 0 : -1);
  };
  const obey = (key: string): boolean => {
    const count = options().length;
    if (key === 'ArrowDown') point((active + 1) % Math.max(1, count));
    else if (key === 'ArrowUp') point((active - 1 + count) % Math.max(1, count));
    else if (key === 'Enter') options()[active]?.querySelector('a')?.click();
    else if (key === 'Escape') close();
    else return false;
    return true;
  };
  return { show, close, obey };
}

/** Shows names at once; what may be a number or a digest is asked of the server when typing rests. */
function finder(live: Live, input: HTMLInputElement, show: (hits: readonly Hit[]) => void): () => void {
  let asked = 0;
  let timer = 0;
  return () => {
    const query = input.value.trim();
    const named =
      live.known === undefined ? [] : search(readableName(query), candidates(live.known), mostShown);
    show(named);
    clearTimeout(timer);
    asked += 1;
    const turn = asked;
    if (!/^[\d.eE+-]{3,}$|^[0-9a-f]{6,}$/.test(query)) return;
    timer = window.setTimeout(() => {
      void ask<FindPage>('find', { what: query })
        .then(({ found }) => turn === asked && show([...named, ...found.map(hitOf)]))
        .catch(() => undefined);
    }, pause);
  };
}

function focusOnSlash(input: HTMLInputElement): void {
  document.addEventListener('keydown', (event) => {
    const isTyping =
      event.target instanceof HTMLElement && /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

function optionOf({ name, sort, hash }: Hit, i: number, close: () => void): HTMLElement {
  return el(
    'li',
    { role: 'option', id: `found-${i}` },
    el(
      'a',
      { href: hash, tabindex: '-1', onclick: close },
      el('span', { class: 'tag' }, sort),
      el('span', {}, name),
    ),
  );
}

function candidates({ plan, state }: Known): Hit[] {
  const hit = (sort: string, name: string, hash: string): Hit => ({ sort, name, hash });
  return [
    ...(plan?.stages.map(({ name }) => hit('stage', name, hashOf('stage', name))) ?? []),
    ...(plan?.steps.map(({ id }) => hit('step', readableName(id), hashOf('step', id))) ?? []),
    ...(plan?.published.map(({ path, digest, extension }) =>
      hit('file', path, hashOf('artifact', digest, extension)),
    ) ?? []),
    ...(plan?.claims.map(({ id, says, step }) => hit('claim', `${id}: ${says}`, hashOf('step', step))) ?? []),
    ...state.runs.map(({ id }) => hit('run', id, hashOf('run', id))),
  ];
}

function hitOf({ step, role, digest, path, places }: FindPage['found'][number]): Hit {
  const out = `${readableName(step)}.${role}`;
  const where = places[0] === undefined ? out : `${path ?? out}, ${places[0]}`;
  return {
    sort: places.length === 0 ? 'digest' : 'number',
    name: where,
    hash: hashOf('artifact', digest, path?.split('.').at(-1) ?? ''),
  };
}
