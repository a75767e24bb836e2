/** The whole graph: stages as boxes, steps as cells, with search, the lineage of what is picked, and live runs. */
import { counted } from '../../../base/text.ts';
import { duration } from '../../../base/time.ts';
import { readableName } from '../../../model/case.ts';
import type { RunPage, StepStatus } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { ask } from '../client.ts';
import { el, swap } from '../dom.ts';
import { type Pick, Scene } from '../graph/scene.ts';
import { GraphView } from '../graph/view.ts';
import type { Known } from '../live.ts';
import type { MakePage, Page } from '../page.ts';
import { chip, quiet, reading, stageLink, stateChip, statusChip, stepLink } from '../parts/bits.ts';

export const graphPage: MakePage = ({ known }, [wanted]) => {
  if (known.plan === undefined) return nothingYet(wanted);
  const panel = el('aside', { class: 'panel picked', 'aria-live': 'polite', hidden: true });
  const tip = el('div', { class: 'tip', 'aria-hidden': 'true', hidden: true });
  const overlay = new Overlay();
  const view: GraphView = new GraphView(new Scene(known.plan), {
    picked: (pick) => {
      panel.hidden = pick === undefined;
      if (pick !== undefined) swap(panel, describe(view.scene, pick));
    },
    opened: (pick) => (location.hash = hashOf(pick.type, view.scene.nameOf(pick))),
    hovered: (pick, { x, y }) => {
      tip.hidden = pick === undefined;
      if (pick === undefined) return;
      tip.textContent = readableName(view.scene.nameOf(pick));
      tip.style.setProperty('transform', `translate(${x + 14}px, ${y + 14}px)`);
    },
  });
  const start = wanted === undefined ? undefined : view.scene.named(wanted);
  if (start !== undefined) view.choose(start, true);
  const node = el(
    'div',
    { class: 'graph-page' },
    el('h1', { class: 'hidden' }, 'Graph'),
    toolbar(view),
    view.canvas,
    tip,
    panel,
    legend(),
  );
  const update = ({ plan, state }: Known) => {
    if (plan !== undefined && plan !== view.scene.plan) view.scene = new Scene(plan);
    void overlay.read(state.live[0]?.id).then((statuses) => {
      view.scene.statuses = statuses;
      view.draw();
    });
  };
  update(known);
  return { title: 'Graph', node, wide: true, update, leave: () => view.end() };
};

function nothingYet(wanted: string | undefined): Page {
  const node = el('div', { class: 'page' }, el('h1', {}, 'Graph'), reading());
  const update = ({ plan }: Known) => {
    // The address is the same: the page is made again, now with a plan.
    if (plan !== undefined) window.dispatchEvent(new HashChangeEvent('hashchange'));
  };
  void wanted;
  return { title: 'Graph', node, update };
}

/** What the newest run under way says of each step, asked for piece by piece. */
class Overlay {
  #run: string | undefined;
  #next = 0;
  #statuses = new Map<string, StepStatus>();

  async read(run: string | undefined): Promise<ReadonlyMap<string, StepStatus>> {
    if (run !== this.#run) {
      this.#run = run;
      this.#next = 0;
      this.#statuses = new Map();
    }
    if (run === undefined) return this.#statuses;
    try {
      const { changes, next } = await ask<RunPage>('run', { id: run, after: String(this.#next) });
      this.#next = next;
      for (const [step, status] of changes) this.#statuses.set(step, status);
    } catch {
      // The next turn asks again.
    }
    return this.#statuses;
  }
}

function toolbar(view: GraphView): HTMLElement {
  const count = el('span', { class: 'quiet', role: 'status' });
  let found: number[] = [];
  let at = -1;
  const find = () => {
    const words = readableName(input.value.trim()).toLowerCase().split(/\s+/);
    const isAsked = input.value.trim() !== '';
    found = isAsked
      ? view.scene.plan.steps.flatMap(({ id }, i) => {
          const name = readableName(id).toLowerCase();
          return words.every((word) => name.includes(word)) ? [i] : [];
        })
      : [];
    at = -1;
    view.matches = isAsked ? new Set(found) : undefined;
    count.textContent = isAsked ? counted(found.length, 'step') : '';
  };
  const next = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || found.length === 0) return;
    at = (at + (event.shiftKey ? found.length - 1 : 1)) % found.length;
    const index = found[at];
    if (index !== undefined) view.choose({ type: 'step', index }, true);
    count.textContent = `${at + 1} of ${found.length}`;
  };
  const input = el('input', {
    type: 'search',
    placeholder: 'find steps',
    'aria-label': 'Find steps in the graph; Enter goes from one to the next',
    oninput: find,
    onkeydown: next,
  });
  const button = (text: string, label: string, press: () => void) =>
    el('button', { type: 'button', 'aria-label': label, title: label, onclick: press }, text);
  return el(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Graph' },
    input,
    count,
    el('span', { class: 'spring' }),
    button('−', 'Zoom out', () => view.zoom(1 / 1.5)),
    button('+', 'Zoom in', () => view.zoom(1.5)),
    button('⤢', 'Show all', () => view.show('all')),
  );
}

function legend(): HTMLElement {
  return el(
    'div',
    { class: 'legend' },
    chip('good', '■', 'up to date'),
    chip('open', '■', 'not current'),
    chip('quiet', '■', 'not executed'),
    chip('live', '■', 'running'),
    chip('bad', '■', 'failed'),
  );
}

function describe(scene: Scene, pick: Pick): HTMLElement {
  const { above, under } = scene.lineageOf(pick);
  if (pick.type === 'stage') {
    const stage = scene.plan.stages[pick.index];
    const members = scene.members[pick.index] ?? [];
    const current = members.filter((index) => scene.plan.steps[index]?.state === 'current').length;
    return el(
      'div',
      {},
      el('h2', {}, stageLink(stage?.name ?? '')),
      stage?.says !== '' && el('p', {}, cut(stage?.says ?? '', 220)),
      quiet(`${current} of ${counted(members.length, 'step')} up to date`),
      reach(above.size - members.length, under.size - members.length),
    );
  }
  const step = scene.plan.steps[pick.index];
  if (step === undefined) return el('div');
  const status = scene.statuses.get(step.id);
  return el(
    'div',
    {},
    el('h2', {}, stepLink(step.id)),
    el(
      'p',
      {},
      status === undefined ? stateChip(step.state) : statusChip(status),
      step.wall !== undefined && el('span', { class: 'quiet' }, ` took ${duration(step.wall)}`),
    ),
    reach(above.size - 1, under.size - 1),
    quiet('Enter, or a double press, opens it.'),
  );
}

const reach = (above: number, under: number): HTMLElement =>
  quiet(`rests on ${counted(above, 'step')}, carries ${counted(under, 'step')}`);
const cut = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
