/** The source behind what ran, line by line; lines that are not in the bundle are dimmed. */
import type { CodePage } from '../../common/api.ts';
import { ask } from '../client.ts';
import { el } from '../dom.ts';
import { quiet } from './bits.ts';

/** A closed section that asks for the code when it is opened. `first` is the stage's own file. */
export function codeView(map: string, first: string): HTMLElement {
  const content = el('div', {}, quiet('Reading…'));
  const details = el('details', { class: 'panel code' }, el('summary', {}, 'Source of what ran'), content);
  details.addEventListener(
    'toggle',
    () => {
      ask<CodePage>('code', { map })
        .then(({ files }) => content.replaceChildren(...draw(files, first)))
        .catch((error: Error) => content.replaceChildren(quiet(error.message)));
    },
    { once: true },
  );
  return details;
}

function draw(files: CodePage['files'], first: string): HTMLElement[] {
  const own = (file: string) => Number(file !== first);
  const sorted = [...files].sort((a, b) => own(a.file) - own(b.file));
  const note = quiet(
    `${files.length} files of the project gave something to the code that ran. Dimmed lines are not in it: they can change without anything being executed again.`,
  );
  return [note, ...sorted.map((file, i) => fileView(file, i === 0))];
}

function fileView({ file, text, live }: CodePage['files'][number], isOpen: boolean): HTMLElement {
  const lines = text.split('\n');
  const count = live.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const content = el('div');
  const details = el(
    'details',
    { open: isOpen },
    el(
      'summary',
      {},
      el('span', { class: 'mono' }, file),
      el('span', { class: 'quiet' }, ` ${count} of ${lines.length} lines`),
    ),
    content,
  );
  const fill = () => {
    if (details.open && content.childElementCount === 0) content.append(listing(lines, live));
  };
  details.addEventListener('toggle', fill);
  fill();
  return details;
}

function listing(lines: readonly string[], live: CodePage['files'][number]['live']): HTMLElement {
  const isLive = (line: number) => live.some(([from, to]) => line >= from && line <= to);
  const rows = lines.map((line, i) =>
    el(
      'span',
      { class: isLive(i + 1) ? 'row' : 'row dim' },
      el('span', { class: 'number', 'aria-hidden': 'true' }, String(i + 1)),
      `${line}\n`,
    ),
  );
  return el('pre', { class: 'source', tabindex: '0' }, rows);
}
