/** Shows what an artifact holds, in the way of its kind. */
import { byteSize, counted, groupDigits } from '../../../base/text.ts';
import type { Preview } from '../../common/api.ts';
import { el } from '../dom.ts';
import { digestLink, quiet } from './bits.ts';
import { heatMap } from './heatmap.ts';
import { jsonTree } from './json.ts';
import { numberHead, scrollTable } from './scroll-table.ts';
import { dataTable } from './table.ts';

/** `name` is what the artifact is called where it is shown. */
export function previewOf(preview: Preview, name: string): HTMLElement {
  switch (preview.type) {
    case 'table':
      return dataTable(preview, name);
    case 'json':
      return preview.whole ? jsonOf(preview.text, preview.total) : textOf(preview);
    case 'text':
      return textOf(preview);
    case 'grids':
      return gridsOf(preview);
    case 'image':
      return imageOf(preview, name);
    case 'folder':
      return folderOf(preview);
    case 'bytes':
      return bytesOf(preview);
    case 'none':
      return quiet(preview.because);
  }
}

type Of<T extends Preview['type']> = Extract<Preview, { type: T }>;

function jsonOf(text: string, total: number): HTMLElement {
  try {
    return el('div', {}, jsonTree(JSON.parse(text)), quiet(`JSON, ${byteSize(total)}`));
  } catch {
    return el('pre', { tabindex: '0' }, text);
  }
}

function textOf({
  text,
  whole,
  total,
}: {
  readonly text: string;
  readonly whole: boolean;
  readonly total: number;
}): HTMLElement {
  const note = whole ? byteSize(total) : `The first part; the whole has ${byteSize(total)}.`;
  return el('div', {}, el('pre', { tabindex: '0', class: 'long' }, text), quiet(note));
}

function gridsOf({ says, total, grids }: Of<'grids'>): HTMLElement {
  const note =
    grids.length < total ? `${says}; the first ${grids.length} of ${groupDigits(total)} are shown` : says;
  return el('div', {}, el('div', { class: 'grids' }, grids.map(heatMap)), quiet(note));
}

/** As an image it can run nothing, whatever it holds. */
function imageOf({ url, title, description }: Of<'image'>, name: string): HTMLElement {
  const alt = [title, description].filter((text) => text !== '').join(': ') || `Figure ${name}`;
  return el(
    'figure',
    { class: 'figure' },
    el(
      'a',
      { href: url, target: '_blank', rel: 'noopener', 'aria-label': `Open ${name} by itself` },
      el('img', { src: url, alt }),
    ),
    title !== '' &&
      el('figcaption', {}, el('strong', {}, title), description !== '' && el('br'), description),
  );
}

function folderOf({ entries, total }: Of<'folder'>): HTMLElement {
  const rows = entries.map(({ path, digest, size }) =>
    el(
      'tr',
      {},
      el('td', { class: 'mono' }, path),
      el('td', { class: 'number' }, byteSize(size)),
      el('td', {}, digestLink(digest, path.split('.').at(-1) ?? '')),
    ),
  );
  return el(
    'div',
    {},
    scrollTable('Files', ['file', numberHead('size'), 'digest'], el('tbody', {}, rows)),
    quiet(
      entries.length < total
        ? `The first ${entries.length} of ${counted(total, 'file')}.`
        : counted(total, 'file'),
    ),
  );
}

function bytesOf({ head, total }: Of<'bytes'>): HTMLElement {
  const lines = head.match(/.{1,32}/g) ?? [];
  const rows = lines.map((line, i) => {
    const bytes = line.match(/../g) ?? [];
    const letters = bytes.map((byte) => letterOf(Number.parseInt(byte, 16))).join('');
    return `${(i * 16).toString(16).padStart(6, '0')}  ${bytes.join(' ').padEnd(47)}  ${letters}\n`;
  });
  return el(
    'div',
    {},
    el('pre', { tabindex: '0' }, rows.join('')),
    quiet(
      `Shown as bytes: the first ${lines.length * 16 > total ? total : lines.length * 16} of ${byteSize(total)}.`,
    ),
  );
}

const letterOf = (byte: number) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·');
