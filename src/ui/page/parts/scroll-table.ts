/** Tables that scroll by themselves where they are wider than the page. */
import { type Child, el } from '../dom.ts';

/** A column's head: its name, or what {@link columnHead} made. */
type Head = string | HTMLElement;

export const columnHead = (content: Child, isNumber: boolean): HTMLElement =>
  el('th', { scope: 'col', class: isNumber && 'number' }, content);

/** The head of a column whose cells are of the class `number`. */
export const numberHead = (name: string): HTMLElement => columnHead(name, true);

/**
 * `name` is told to those who do not see the table; `body` is its tbody. The look `folding` makes a row of the table
 * a line or more of text where there is no room for its columns.
 */
export function scrollTable(
  name: string,
  heads: readonly Head[],
  body: HTMLTableSectionElement,
  look?: string,
): HTMLElement {
  const cells = heads.map((head) => (typeof head === 'string' ? columnHead(head, false) : head));
  return el(
    'div',
    {
      class: look === 'folding' ? 'scroll fold' : 'scroll',
      tabindex: '0',
      role: 'group',
      'aria-label': name,
    },
    el('table', { class: look }, el('thead', {}, el('tr', {}, cells)), body),
  );
}
