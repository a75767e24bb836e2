/** The frame around every page: names of the parts, search, the scheme, and a word when the server is gone. */
import { isBadNews } from '../../model/claim-status.ts';
import { hashOf } from '../common/route.ts';
import { el } from './dom.ts';
import type { Known, Live } from './live.ts';
import { schemeButton } from './scheme.ts';
import { searchBox } from './search.ts';

const parts = [
  ['overview', 'Overview', '◫'],
  ['graph', 'Graph', '⌘'],
  ['claims', 'Claims', '✓'],
  ['files', 'Files', '▤'],
  ['runs', 'Runs', '↻'],
] as const;

/** Pages that belong to a part of another name. */
const homes: Readonly<Record<string, string>> = {
  run: 'runs',
  compare: 'runs',
  stage: 'graph',
  step: 'graph',
  artifact: 'files',
};

interface Shell {
  readonly main: HTMLElement;
  /** Marks the part that a page belongs to. */
  readonly mark: (page: string) => void;
}

export function shell(live: Live): Shell {
  const main = el('main', { id: 'main', tabindex: '-1' });
  const counts = new Map(parts.map(([page]) => [page, el('span', { class: 'count' })]));
  const links = parts.map(([page, name, sign]) =>
    el(
      'a',
      { href: hashOf(page), 'data-page': page },
      el('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      el('span', {}, name),
      counts.get(page),
    ),
  );
  const title = el(
    'a',
    { class: 'brand', href: hashOf('overview') },
    el('img', { src: '/icon.svg', alt: '', width: 24, height: 24 }),
    el('span', {}, 'colophon'),
  );
  const warning = el('p', { class: 'gone', role: 'alert', hidden: true });
  const skip = el('a', { class: 'skip', href: '#main' }, 'Skip to the page');
  skip.addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
  document.body.append(
    skip,
    el(
      'div',
      { class: 'side-bar' },
      title,
      searchBox(live),
      el('nav', { 'aria-label': 'Parts' }, links),
      el('span', { class: 'spring' }),
      schemeButton(),
    ),
    warning,
    main,
  );
  live.listen(() => {
    warning.hidden = live.gone === undefined;
    warning.textContent = live.gone ?? '';
    if (live.known !== undefined) count(counts, live.known);
  });
  return {
    main,
    mark: (page) => {
      for (const link of links) {
        if (link.dataset['page'] === (homes[page] ?? page)) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
    },
  };
}

function count(counts: ReadonlyMap<string, HTMLElement>, { state, plan }: Known): void {
  const tell = (page: string, text: string, tone = '') => {
    const place = counts.get(page);
    if (place === undefined) return;
    place.textContent = text;
    place.className = `count ${tone}`;
  };
  const bad = plan?.claims.filter(isBadNews).length ?? 0;
  tell(
    'claims',
    bad > 0 ? `${bad} fail${bad === 1 ? 's' : ''}` : String(plan?.claims.length ?? ''),
    bad > 0 ? 'bad' : '',
  );
  tell('graph', String(plan?.steps.length ?? ''));
  tell('files', String(plan?.published.length ?? ''));
  tell(
    'runs',
    state.live.length > 0 ? 'live' : String(state.runs.length),
    state.live.length > 0 ? 'live' : '',
  );
}
