/** Starts the page: forgets the key that the address carries, asks for the state, and shows what the address names. */
import { parseRoute } from '../common/route.ts';
import { el } from './dom.ts';
import { Live } from './live.ts';
import type { MakePage, Page } from './page.ts';
import { artifactPage } from './pages/artifact.ts';
import { claimsPage } from './pages/claims.ts';
import { comparePage } from './pages/compare.ts';
import { filesPage } from './pages/files.ts';
import { graphPage } from './pages/graph.ts';
import { overviewPage } from './pages/overview.ts';
import { runPage } from './pages/run.ts';
import { runsPage } from './pages/runs.ts';
import { stagePage } from './pages/stage.ts';
import { stepPage } from './pages/step.ts';
import { quiet } from './parts/bits.ts';
import { shell } from './shell.ts';

const pages: Readonly<Record<string, MakePage>> = {
  overview: overviewPage,
  graph: graphPage,
  claims: claimsPage,
  files: filesPage,
  runs: runsPage,
  run: runPage,
  compare: comparePage,
  stage: stagePage,
  step: stepPage,
  artifact: artifactPage,
};

// The cookie is set by now: the address that is shown, kept and passed on is better without the key.
history.replaceState(null, '', `/${location.hash}`);

const live = new Live();
const { main, mark } = shell(live);
/** Milliseconds before a page that is not there yet is said to come. */
const patience = 200;

let shown: Page | undefined;
let turn = 0;

async function show(): Promise<void> {
  const { known } = live;
  if (known === undefined) return;
  const own = ++turn;
  const { page: name, names } = parseRoute(location.hash);
  const make = pages[name] ?? overviewPage;
  mark(name);
  const late = setTimeout(() => (main.ariaBusy = 'true'), patience);
  const page = await made(make, names).finally(() => clearTimeout(late));
  if (own !== turn) return page.leave?.();
  main.ariaBusy = 'false';
  shown?.leave?.();
  shown = page;
  document.title = `${page.title} · colophon`;
  main.className = page.wide === true ? 'wide' : '';
  main.replaceChildren(page.node);
  main.scrollTop = 0;
}

async function made(make: MakePage, names: readonly string[]): Promise<Page> {
  try {
    const { known } = live;
    if (known === undefined) throw new Error('nothing is known yet');
    return await make({ live, known }, names);
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return { title: 'Not there', node: el('div', { class: 'page' }, el('h1', {}, 'Not there'), quiet(says)) };
  }
}

addEventListener('hashchange', () => {
  void show().then(() => main.focus({ preventScroll: true }));
});
live.listen(() => {
  if (shown === undefined) void show();
  else if (live.known !== undefined) shown.update?.(live.known);
});
void live.start();
