/** What the page can do beyond showing: sort a table by a column, and open the step that a link leads to. */

/** Runs in the reader's browser; the page is complete without it. */
export const script = `'use strict';
const valueOf = (row, i) => row.cells[i].textContent;
const compare = (a, b) => {
  if (a === '' || b === '') return (a === '') - (b === '');
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? (a < b ? -1 : a > b ? 1 : 0) : difference;
};
const sortBy = (table, head, i) => {
  const sign = head.ariaSort === 'ascending' ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
  head.ariaSort = sign > 0 ? 'ascending' : 'descending';
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  rows.sort((a, b) => {
    const [x, y] = [valueOf(a, i), valueOf(b, i)];
    return x === '' || y === '' ? compare(x, y) : sign * compare(x, y);
  });
  const first = Number(table.dataset.first);
  rows.forEach((row, place) => table.tBodies[place < first ? 0 : 1].append(row));
};
for (const head of document.querySelectorAll('th')) {
  const table = head.closest('table');
  head.querySelector('button').addEventListener('click', () => sortBy(table, head, head.cellIndex));
}
const open = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const around = target?.closest('details');
  if (around) around.open = true;
};
addEventListener('hashchange', open);
addEventListener('beforeprint', () => {
  for (const each of document.querySelectorAll('.unknown')) each.open = true;
});
open();
`;
