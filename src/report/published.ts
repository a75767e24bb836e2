/** What the pipeline publishes: figures as they are, tables that can be sorted, short texts, and links to the rest. */
import { shortDigest } from '../base/digest.ts';
import { byteSize, groupDigits } from '../base/text.ts';
import type { Cell, Table } from '../model/kind.ts';
import { anchor } from './anchor.ts';
import type { Budget } from './budget.ts';
import type { PublishedContent, PublishedFile } from './data.ts';
import { type Html, html } from './html.ts';

/** The address of a published file, seen from where the report lies. */
export type Link = (path: string) => string;

type Figure = Extract<PublishedContent, { type: 'figure' }>;

export function figuresSection(files: readonly PublishedFile[], budget: Budget, link: Link): Html {
  const figures = files.filter(({ content }) => content.type === 'figure');
  return section('figures', 'Figures', figures, (file) =>
    figureOf(file, file.content as Figure, budget, link),
  );
}

export function tablesSection(files: readonly PublishedFile[], budget: Budget, link: Link): Html {
  const tables = files.filter(({ content }) => content.type === 'table');
  return section('tables', 'Tables', tables, (file) =>
    tableOf(file, (file.content as { table: Table }).table, budget, link),
  );
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
  show: (file: PublishedFile) => Html,
): Html {
  return html`${
    files.length > 0 &&
    html`<section id="${id}">
      <h2>${title}</h2>
      ${files.map(show)}
    </section>`
  }`;
}

/** Where a file comes from: its step, its digest, its size. */
function origin({ path, step, role, digest, size, current }: PublishedFile, link: Link): Html {
  return html`<p class="quiet">
    <a href="${link(path)}">${path}</a> · from <a href="#${anchor('step', step)}">${step}</a>.${role} ·
    ${byteSize(size)} ·
    <code title="${digest}">${shortDigest(digest)}</code
    >${!current && html` · <strong class="open">not what the pipeline gives as it stands now</strong>`}
  </p>`;
}

function figureOf(file: PublishedFile, figure: Figure, budget: Budget, link: Link): Html {
  const { url, title, description } = figure;
  const alt = [title, description].filter((text) => text !== '').join(': ') || `Figure ${file.path}`;
  const image = budget.take(url.length)
    ? html`<img src="${url}" alt="${alt}" />`
    : html`<p class="quiet">
        Too large to be shown in this page: <a href="${link(file.path)}">${file.path}</a>.
      </p>`;
  return html`<figure id="${anchor('file', file.path)}">
    ${image}
    <figcaption>
      <strong>${title || file.path}</strong>${description !== '' && html`<br />${description}`}
      ${origin(file, link)}
    </figcaption>
  </figure>`;
}

const firstRows = 10;

function tableOf(file: PublishedFile, table: Table, budget: Budget, link: Link): Html {
  const { columns, rows } = table;
  const numeric = columns.map((_, i) => rows.every((row) => row[i] === null || typeof row[i] === 'number'));
  const shown = fittingRows(rows, numeric, budget);
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

function fittingRows(rows: Table['rows'], numeric: readonly boolean[], budget: Budget): Html[] {
  const shown: Html[] = [];
  for (const row of rows) {
    const made = html`<tr>
      ${row.map((cell, i) => html`<td${numeric[i] === true && html` class="number"`}>${spell(cell)}</td>`)}
    </tr> `;
    // The first rows are always shown: a table is not left out because others were long.
    if (!budget.take(made.html.length) && shown.length >= firstRows) break;
    shown.push(made);
  }
  return shown;
}

function spell(cell: Cell): string {
  return Object.is(cell, -0) ? '-0' : String(cell ?? '');
}
