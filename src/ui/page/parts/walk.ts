/** The walk along the lineage: what a step needs on the left, what needs it on the right; every name leads on. */
import { counted } from '../../../base/text.ts';
import { caseOf, readableName, stageOf } from '../../../model/case.ts';
import type { StepRow, UiPlan } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { dependents, reached } from '../../common/walk.ts';
import { type Child, el } from '../dom.ts';
import { quiet } from './bits.ts';

/** Undefined where the plan does not have the step. */
export function walkOf(plan: UiPlan, id: string): HTMLElement | undefined {
  const at = plan.steps.findIndex((step) => step.id === id);
  const step = plan.steps[at];
  if (step === undefined) return undefined;
  const below = dependents(plan.steps);
  const above = reached([at], (i) => plan.steps[i]?.needs ?? []).size - 1;
  const under = reached([at], (i) => below[i] ?? []).size - 1;
  const claims = plan.claims.filter((claim) => claim.step === id);
  return el(
    'nav',
    { class: 'walk', 'aria-label': 'Lineage' },
    side('Needs', plan, step.needs, above - step.needs.length, 'further up', 'nothing but sources'),
    el(
      'div',
      { class: 'here' },
      el('strong', {}, stageOf(id)),
      el('span', {}, readableName(caseOf(id))),
      el('a', { href: hashOf('graph', id) }, 'in the graph'),
    ),
    side(
      'Needed by',
      plan,
      below[at] ?? [],
      under - (below[at]?.length ?? 0),
      'further down',
      claims.length > 0 ? '' : 'no other step',
      claims.map((claim) =>
        el(
          'li',
          { class: 'to-claim' },
          el('a', { href: hashOf('claims', claim.status) }, `claim ${claim.id}`),
        ),
      ),
    ),
  );
}

const mostCases = 14;

function side(
  title: string,
  plan: UiPlan,
  indices: readonly number[],
  rest: number,
  where: string,
  none: string,
  also: Child = [],
): HTMLElement {
  const steps = indices.flatMap((index) => plan.steps[index] ?? []);
  const groups = Map.groupBy(steps, ({ id }) => stageOf(id));
  return el(
    'div',
    { class: 'side' },
    el('h3', {}, title),
    steps.length === 0 && none !== '' && quiet(none),
    el(
      'ul',
      {},
      [...groups].map(([stage, members]) => stageGroup(stage, members)),
      also,
    ),
    rest > 0 && quiet(`and ${counted(rest, 'step')} ${where}`),
  );
}

function stageGroup(stage: string, members: readonly StepRow[]): HTMLElement {
  const cases = members.map(({ id, state }) =>
    el(
      'a',
      { href: hashOf('step', id), class: `case ${state}`, 'aria-label': readableName(id) },
      readableName(caseOf(id)) || stage,
    ),
  );
  if (members.length === 1)
    return el('li', {}, el('span', { class: 'of' }, caseOf(members[0]?.id ?? '') === '' ? '' : stage), cases);
  return el(
    'li',
    {},
    el('a', { href: hashOf('stage', stage), class: 'of' }, stage),
    el('span', { class: 'quiet' }, ` ${members.length} cases `),
    el(
      'div',
      { class: 'cases' },
      cases.slice(0, mostCases),
      cases.length > mostCases && rest(cases.slice(mostCases)),
    ),
  );
}

function rest(cases: readonly HTMLElement[]): HTMLElement {
  const button = el('button', { type: 'button', class: 'more' }, `${cases.length} more`);
  button.addEventListener('click', () => button.replaceWith(...cases));
  return button;
}
