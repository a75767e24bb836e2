/** Tables that are sorted by a press on a column's head; of long ones more rows are drawn when they are asked for. */
import { counted, groupDigits } from '../../../base/text.ts';
import { sortedRows } from '../../common/order.ts';
import { el } from '../dom.ts';
import { quiet } from './bits.ts';
import { columnHead, scrollTable } from './scroll-table.ts';

interface TableData {
  readonly columns: readonly string[];
  readonly numeric: readonly boolean[];
  readonly rows: readonly (readonly string[])[];
  /** In the artifact, of which `rows` may be the first. */
  readonly total: number;
}

const firstDrawn = 100;

export function dataTable(data: TableData, name: string): HTMLElement {
  const { columns, numeric, rows, total } = data;
  let order = rows.map((_, i) => i);
  let drawn = Math.min(firstDrawn, rows.length);
  const body = el('tbody');
  const heads = columns.map((column, i) => {
    const button = el('button', { type: 'button', onclick: () => sortBy(i) }, column);
    return columnHead(button, numeric[i] === true);
  });
  const draw = () => {
    body.replaceChildren(
      ...order.slice(0, drawn).map((index) =>
        el(
          'tr',
          {},
          (rows[index] ?? []).map((cell, i) => el('td', { class: numeric[i] === true && 'number' }, cell)),
        ),
      ),
    );
    more.hidden = drawn >= rows.length;
    more.textContent = `Show all ${groupDigits(rows.length)} rows`;
  };
  const sortBy = (column: number) => {
    const head = heads[column] as HTMLElement;
    const direction = head.ariaSort === 'ascending' ? 'descending' : 'ascending';
    for (const each of heads) each.removeAttribute('aria-sort');
    head.ariaSort = direction;
    order = sortedRows(rows, column, direction);
    draw();
  };
  const all = () => {
    drawn = rows.length;
    draw();
  };
  const more = el('button', { type: 'button', class: 'more', onclick: all });
  draw();
  return el(
    'div',
    { class: 'data' },
    scrollTable(`Table ${name}`, heads, body),
    more,
    quiet(
      rows.length < total
        ? `The first ${groupDigits(rows.length)} of ${counted(total, 'row')}; sorting sorts what is shown.`
        : `${counted(total, 'row')}, ${counted(columns.length, 'column')}`,
    ),
  );
}
