/** What an attempt printed, asked for when it is opened. */
import type { LogsPage } from '../../common/api.ts';
import { ask } from '../client.ts';
import { el } from '../dom.ts';
import { quiet } from './bits.ts';

export function logsView(attempt: string, isOpen = false): HTMLElement {
  const content = el('div', {}, quiet('Reading…'));
  const details = el('details', { class: 'panel' }, el('summary', {}, 'What it printed'), content);
  const read = () => {
    ask<LogsPage>('logs', { attempt })
      .then(({ streams }) => content.replaceChildren(...draw(streams)))
      .catch((error: Error) => content.replaceChildren(quiet(error.message)));
  };
  details.addEventListener('toggle', read, { once: true });
  details.open = isOpen;
  return details;
}

function draw(streams: LogsPage['streams']): HTMLElement[] {
  if (streams.length === 0) return [quiet('Nothing, or it has been cleaned away.')];
  return streams.map(({ name, text, cut }) =>
    el(
      'div',
      {},
      el('h3', {}, name),
      cut && quiet('The end of it:'),
      el('pre', { tabindex: '0', class: 'long' }, text),
    ),
  );
}
