/** The list of runs; two of them can be chosen and compared. */
import type { RunRow } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { el, swap } from '../dom.ts';
import type { Known } from '../live.ts';
import type { MakePage } from '../page.ts';
import { command, quiet } from '../parts/bits.ts';
import { runsTable } from '../parts/run-panel.ts';

export const runsPage: MakePage = ({ known }) => {
  const chosen: string[] = [];
  const list = el('div');
  const compare = el('a', { class: 'button', role: 'link' }, 'Compare');
  let drawn = '';
  let runs: readonly RunRow[] = [];

  const draw = () => {
    const [first, second] = runs.filter(({ id }) => chosen.includes(id)).map(({ id }) => id);
    const isReady = first !== undefined && second !== undefined;
    if (isReady) compare.setAttribute('href', hashOf('compare', second, first));
    else compare.removeAttribute('href');
    compare.ariaDisabled = String(!isReady);
    compare.textContent = isReady
      ? 'Compare the two'
      : `Choose ${chosen.length === 0 ? 'two runs' : 'one more run'} to compare`;
    compare.hidden = runs.length < 2;
    swap(
      list,
      runs.length === 0
        ? quiet('No runs yet; ', command('colophon run'), ' makes the first.')
        : runsTable(runs, runs.length < 2 ? undefined : chooser),
    );
  };
  const chooser = ({ id }: RunRow) =>
    el('input', {
      type: 'checkbox',
      'aria-label': `Choose run ${id} to compare`,
      checked: chosen.includes(id),
      onchange: () => {
        const at = chosen.indexOf(id);
        if (at >= 0) chosen.splice(at, 1);
        else chosen.push(id);
        if (chosen.length > 2) chosen.shift();
        draw();
      },
    });
  const update = ({ state }: Known) => {
    const mark = JSON.stringify(state.runs);
    if (mark === drawn) return;
    drawn = mark;
    runs = state.runs;
    draw();
  };
  update(known);
  return {
    title: 'Runs',
    node: el('div', { class: 'page' }, el('h1', {}, 'Runs'), el('p', {}, compare), list),
    update,
  };
};
