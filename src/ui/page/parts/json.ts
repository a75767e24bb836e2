/** JSON as a tree that opens where it is pressed; long lists are drawn piece by piece. */
import { counted } from '../../../base/text.ts';
import { type Child, el } from '../dom.ts';

const firstItems = 60;
/** Deeper than this a branch is closed at first. */
const openDepth = 2;
const shortList = 8;

export function jsonTree(value: unknown): HTMLElement {
  return el('div', { class: 'json' }, branch(undefined, value, 0));
}

type Entries = readonly (readonly [name: string, value: unknown])[];

function branch(name: string | undefined, value: unknown, depth: number): HTMLElement {
  const label = name !== undefined && el('span', { class: 'key' }, `${name}: `);
  if (typeof value !== 'object' || value === null) return el('div', { class: 'leaf' }, label, scalar(value));
  const isList = Array.isArray(value);
  const entries: Entries = isList ? value.map((each, i) => [String(i), each]) : Object.entries(value);
  if (isList && isShort(value)) return el('div', { class: 'leaf' }, label, inline(value));
  const told = isList
    ? counted(entries.length, 'item')
    : `{ ${entries
        .map(([key]) => key)
        .slice(0, 5)
        .join(', ')}${entries.length > 5 ? ', …' : ''} }`;
  const content = el('div', { class: 'twigs' });
  const isOpen = depth < openDepth && entries.length <= firstItems;
  const details = el(
    'details',
    { open: isOpen },
    el('summary', {}, label, el('span', { class: 'quiet' }, told)),
    content,
  );
  const draw = () => {
    if (details.open && content.childElementCount === 0) grow(content, entries, 0, depth + 1);
  };
  details.addEventListener('toggle', draw);
  draw();
  return details;
}

function grow(content: HTMLElement, entries: Entries, from: number, depth: number): void {
  const part = entries.slice(from, from + firstItems);
  content.append(...part.map(([name, value]) => branch(name, value, depth)));
  const rest = entries.length - from - part.length;
  if (rest <= 0) return;
  const more = el(
    'button',
    { type: 'button', class: 'more' },
    `${Math.min(rest, firstItems)} more of ${rest}`,
  );
  more.addEventListener('click', () => {
    more.remove();
    grow(content, entries, from + firstItems, depth);
  });
  content.append(more);
}

const isShort = (list: readonly unknown[]) =>
  list.length <= shortList && list.every((each) => typeof each !== 'object' || each === null);

function inline(list: readonly unknown[]): Child {
  return ['[', list.map((each, i) => [i > 0 && ', ', scalar(each)]), ']'];
}

function scalar(value: unknown): HTMLElement {
  const sort = value === null ? 'null' : typeof value;
  const text =
    typeof value === 'string' ? JSON.stringify(value) : Object.is(value, -0) ? '-0' : String(value);
  return el('span', { class: `value ${sort}` }, text);
}
