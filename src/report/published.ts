/** What the pipeline publishes: figures as they are, tables that can be sorted, short texts, and links to the rest. */
import { byteSize, groupDigits, shortDigest } from '../base/text.ts';
import { readableName } from '../model/case.ts';
import type { Cell, Table } from '../model/kind.ts';
import { anchor } from './anchor.ts';
import { type Drawn, budgetOf, fairShare, fitting } from './budget.ts';
import type { PublishedContent, PublishedFile } from './data.ts';
import { type Html, html, sizeOf } from './html.ts';

/** The address of a published file, seen from where the report lies. */
export type Link = (path: string) => string;

type Figure = Extract<PublishedContent, { type: 'figure' }>;

/** The room is for the figures themselves; those that do not fit are linked, and so are pixels of what is drawn in lines. */
export function figuresSection(files: readonly PublishedFile[], link: Link): Drawn {
  const all = files.filter(({ content }) => content.type === 'figure');
  const drawings = new Set(all.map(({ path }) => path).filter((path) => path.endsWith('.svg')));
  const drawingOf = ({ path }: PublishedFile) => `${withoutExtension(path)}.svg`;
  const isCopy = (file: PublishedFile) => !drawings.has(file.path) && drawings.has(drawingOf(file));
  const figures = all.filter((file) => !isCopy(file));
  const copies = Map.groupBy(all.filter(isCopy), drawingOf);
  const contents = figures.map(({ content }) => content as Figure);
  const sizes = contents.map(({ url }) => url.length);
  return (room) => {
    const shown = fitting(sizes, room);
    return section('figures', 'Figures', figures, (file, i) =>
      figureOf({ file, copies: copies.get(file.path) ?? [] }, contents[i] as Figure, shown.has(i), link),
    );
  };
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}

/** The room is for rows past the first ten of each table; long tables share what short ones leave. */
export function tablesSection(files: readonly PublishedFile[], link: Link): Drawn {
  const tables = files.filter(({ content }) => content.type === 'table');
  const made = tables.map(({ content }) => drawTable((content as { table: Table }).table));
  const wanted = made.map(({ rows }) => rows.slice(firstRows).reduce((sum, row) => sum + sizeOf(row), 0));
  return (room) => {
    const share = fairShare(wanted, room);
    return section('tables', 'Tables', tables, (file, i) =>
      tableOf(file, made[i] as DrawnTable, share, link),
    );
  };
}

export function otherSection(files: readonly PublishedFile[], link: Link): Html {
  const others = files.filter(({ content }) => content.type === 'text' || content.type === 'other');
  return section(
    'files',
    'Other files',
    others,
    (file) =>
      html`<article id="${anchor('file', file.path)}">
        <h3>${file.path}</h3>
        ${file.content.type === 'text' && html`<pre tabindex="0">${file.content.text}</pre>`}${origin(file, link)}
      </article>`,
  );
}

function section(
  id: string,
  title: string,
  files: readonly PublishedFile[],
  show: (file: PublishedFile, index: number) => Html,
): Html {
  return html`${
    files.length > 0 &&
    html`<section id="${id}">
      <h2>${title}</h2>
      <div class="${id}">${files.map(show)}</div>
    </section>`
  }`;
}

/** Where a file comes from: its step, its digest, its size. */
function origin({ path, step, role, digest, size, current }: PublishedFile, link: Link): Html {
  return html`<p class="quiet">
    <a href="${link(path)}">${path}</a> · from
    <a href="#${anchor('step', step)}">${readableName(step)}</a>.${role} · ${byteSize(size)} ·
    <code title="${digest}">${shortDigest(digest)}</code
    >${!current && html` · <strong class="open">not what the pipeline gives as it stands now</strong>`}
  </p>`;
}

/** A figure with the files that show the same in pixels. */
interface Plate {
  readonly file: PublishedFile;
  readonly copies: readonly PublishedFile[];
}

function figureOf({ file, copies }: Plate, figure: Figure, isShown: boolean, link: Link): Html {
  const { url, title, description, broad } = figure;
  const alt = [title, description].filter((text) => text !== '').join(': ') || `Figure ${file.path}`;
  const image = isShown
    ? html`<img src="${url}" alt="${alt}" />`
    : html`<p class="quiet">
        Too large to be shown in this page: <a href="${link(file.path)}">${file.path}</a>.
      </p>`;
  return html`<figure id="${anchor('file', file.path)}" ${broad && html` class="broad"`}>
    ${image}
    <figcaption>
      <strong>${title || file.path}</strong>${description !== '' && html`<br />${description}`}
      ${origin(file, link)}${copies.map((copy) => html`<div id="${anchor('file', copy.path)}">${origin(copy, link)}</div>`)}
    </figcaption>
  </figure>`;
}

const firstRows = 10;

interface DrawnTable {
  readonly columns: readonly string[];
  readonly numeric: readonly boolean[];
  readonly rows: readonly Html[];
}

function drawTable({ columns, rows }: Table): DrawnTable {
  const numeric = columns.map((_, i) => rows.every((row) => row[i] === null || typeof row[i] === 'number'));
  return { columns, numeric, rows: rows.map((row) => rowOf(row, numeric)) };
}

function rowOf(row: Table['rows'][number], numeric: readonly boolean[]): Html {
  return html`<tr>
    ${row.map((cell, i) => html`<td${numeric[i] === true && html` class="number"`}>${spell(cell)}</td>`)}
  </tr> `;
}

function tableOf(file: PublishedFile, table: DrawnTable, room: number, link: Link): Html {
  const { columns, numeric, rows } = table;
  const shown = fittingRows(rows, room);
  const rest = shown.slice(firstRows);
  const id = anchor('file', file.path);
  return html`<article id="${id}" class="table">
    <h3>${file.path}</h3>
    ${rest.length > 0 && html`<p class="all"><input type="checkbox" id="${id}:all" /><label for="${id}:all">all ${groupDigits(shown.length)} rows</label></p>`}
    <div class="scroll" tabindex="0" role="group" aria-label="${file.path}">
      <table data-first="${firstRows}">
        <caption class="hidden">
          ${file.path}
        </caption>
        <thead>
          <tr>
            ${columns.map((name, i) => html`<th scope="col" ${numeric[i] === true && html` class="number"`}><button type="button">${name}</button></th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.slice(0, firstRows)}
        </tbody>
        ${
          rest.length > 0 &&
          html`<tbody class="rest">
            ${rest}
          </tbody>`
        }
      </table>
    </div>
    ${shown.length < rows.length && html`<p class="quiet">The first ${groupDigits(shown.length)} of ${groupDigits(rows.length)} rows; all are in <a href="${link(file.path)}">${file.path}</a>.</p>`}
    ${origin(file, link)}
  </article>`;
}

/** The first rows are always shown: a table is not left out because others are long. */
function fittingRows(rows: readonly Html[], room: number): readonly Html[] {
  const budget = budgetOf(room);
  const end = rows.findIndex((row, i) => i >= firstRows && !budget.take(sizeOf(row)));
  return end < 0 ? rows : rows.slice(0, end);
}

function spell(cell: Cell): string {
  return Object.is(cell, -0) ? '-0' : String(cell ?? '');
}
