/** A stage: what it says of itself, what it needs, and its steps. */
import { counted } from '../../../base/text.ts';
import { duration } from '../../../base/time.ts';
import { caseOf, readableName } from '../../../model/case.ts';
import type { StepRow, UiPlan } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { type Child, el, swap } from '../dom.ts';
import type { Known } from '../live.ts';
import type { MakePage } from '../page.ts';
import { code, facts, quiet, reading, section, stageLink, stateChip, stepLink } from '../parts/bits.ts';
import { numberHead, scrollTable } from '../parts/scroll-table.ts';

export const stagePage: MakePage = ({ known }, [name = '']) => {
  const node = el('div', { class: 'page' }, el('h1', {}, name), reading());
  let drawn = -1;
  const update = ({ plan }: Known) => {
    if (plan === undefined || plan.plan === drawn) return;
    drawn = plan.plan;
    swap(node, view(plan, name));
  };
  update(known);
  return { title: name, node, update };
};

function view(plan: UiPlan, name: string): Child {
  const at = plan.stages.findIndex((stage) => stage.name === name);
  const stage = plan.stages[at];
  if (stage === undefined) return [el('h1', {}, name), quiet('The pipeline has no such stage.')];
  const steps = plan.steps.filter((step) => step.stage === at);
  const users = plan.stages.filter(({ needs }) => needs.includes(name)).map((each) => each.name);
  const spent = steps.reduce((sum, { wall }) => sum + (wall ?? 0), 0);
  const links = (names: readonly string[]) => names.map((each, i) => [i > 0 && ', ', stageLink(each)]);
  return [
    el('p', { class: 'crumbs' }, 'stage'),
    el('h1', {}, name),
    stage.says !== '' && el('p', { class: 'lead' }, stage.made === 'command' ? code(stage.says) : stage.says),
    facts([
      ['made by', stage.made === 'command' ? 'a command' : code(stage.made)],
      ['needs', stage.needs.length > 0 && links(stage.needs)],
      ['needed by', users.length > 0 && links(users)],
      ['cost', spent > 0 && `${duration(spent)} for ${counted(steps.length, 'step')}`],
      ['graph', el('a', { href: hashOf('graph', name) }, 'see it in the graph')],
    ]),
    stage.waiting && quiet('More steps come to light when what it needs has run.'),
    section(counted(steps.length, 'step'), table(steps)),
  ];
}

function table(steps: readonly StepRow[]): HTMLElement {
  const longest = Math.max(1, ...steps.map(({ wall }) => wall ?? 0));
  const rows = steps.map(({ id, state, wall }) => {
    const cost = el('span', { class: 'cost' });
    cost.style.setProperty('inline-size', `${(100 * (wall ?? 0)) / longest}%`);
    return el(
      'tr',
      {},
      el('td', {}, stepLink(id, readableName(caseOf(id) || id))),
      el('td', {}, stateChip(state)),
      el('td', { class: 'number' }, wall === undefined ? '' : duration(wall)),
      el('td', { class: 'costs', 'aria-hidden': 'true' }, cost),
    );
  });
  const heads = ['step', 'state', numberHead('took'), ''];
  return scrollTable('Steps', heads, el('tbody', {}, rows), 'steps');
}
