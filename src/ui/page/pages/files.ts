/** What the pipeline publishes: figures as they look, and all other files in a list. */
import { byteSize, counted } from '../../../base/text.ts';
import type { PublishedRow } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { el, swap } from '../dom.ts';
import type { Known } from '../live.ts';
import type { MakePage } from '../page.ts';
import { digestLink, quiet, reading, section, stepLink } from '../parts/bits.ts';
import { figureCard } from '../parts/figure-card.ts';
import { numberHead, scrollTable } from '../parts/scroll-table.ts';

export const filesPage: MakePage = ({ known }) => {
  const node = el('div', { class: 'page' }, el('h1', {}, 'Published files'), reading());
  let drawn = -1;
  const update = ({ plan }: Known) => {
    if (plan === undefined || plan.plan === drawn) return;
    drawn = plan.plan;
    const figures = plan.published.filter(({ extension }) => extension === 'svg');
    const others = plan.published.filter(({ extension }) => extension !== 'svg');
    swap(
      node,
      el('h1', {}, 'Published files'),
      plan.published.length === 0 &&
        quiet(
          'Nothing is published yet: a stage with publish: in pipeline.yaml puts its outs beside it when it has run.',
        ),
      figures.length > 0 &&
        section(counted(figures.length, 'figure'), el('div', { class: 'gallery' }, figures.map(figureCard))),
      others.length > 0 && section(counted(others.length, 'other file'), table(others)),
    );
  };
  update(known);
  return { title: 'Published files', node, update };
};

function table(files: readonly PublishedRow[]): HTMLElement {
  const rows = files.map(({ path, digest, extension, size, step, role, current }) =>
    el(
      'tr',
      {},
      el(
        'td',
        {},
        el('a', { href: hashOf('artifact', digest, extension) }, path),
        !current && el('span', { class: 'open' }, ' not current'),
      ),
      el('td', { class: 'number' }, byteSize(size)),
      el('td', {}, stepLink(step), `.${role}`),
      el('td', {}, digestLink(digest, extension)),
    ),
  );
  return scrollTable(
    'Files',
    ['file', numberHead('size'), 'from', 'digest'],
    el('tbody', {}, rows),
    'folding',
  );
}
