/** Sorts of artifact: a name, a version, and a codec whose two halves are exact inverses. */
import { type Json, canonicalJson } from './json.ts';

/** How values of one sort become bytes and back. `decode(encode(value))` equals `value`; both are pure. */
export interface Kind<T> {
  readonly name: string;
  /** Raised whenever the bytes of an equal value change. */
  readonly version: number;
  /** The file name extension, without the dot. */
  readonly extension: string;
  /** Throws where the value cannot be encoded (a NaN, a wrong shape), naming the place inside it. */
  readonly encode: (value: T) => Uint8Array;
  /** Throws where the bytes are not of this kind, saying what was found. */
  readonly decode: (bytes: Uint8Array) => T;
}

/** What of a kind is known outside the code: recorded in keys, compared where stages are joined. */
export interface KindName {
  readonly name: string;
  readonly version: number;
  readonly extension: string;
}

/** Canonical JSON of plain data. Typed arrays are written as lists and read back as lists. */
export function jsonKind<T>(name: string, version = 1): Kind<T> {
  return {
    name,
    version,
    extension: 'json',
    encode: (value) => new TextEncoder().encode(`${canonicalJson(value)}\n`),
    decode: (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as T,
  };
}

/** UTF-8 text such as SVG or Markdown, a byte order mark included where there is one. */
export function textKind(name: string, extension: string, version = 1): Kind<string> {
  return {
    name,
    version,
    extension,
    encode: encodeText,
    decode: (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
  };
}

/** TextEncoder alone would write a number's digits, and a replacement character for a lone surrogate. */
function encodeText(value: unknown): Uint8Array {
  if (typeof value !== 'string') throw new TypeError(`the value is of type ${typeof value}, not text`);
  if (!value.isWellFormed()) throw new TypeError('the text has a lone surrogate');
  return new TextEncoder().encode(value);
}

/** Bytes as they are, such as PNG or PDF. */
export function bytesKind(name: string, extension: string, version = 1): Kind<Uint8Array> {
  return { name, version, extension, encode: (value) => value, decode: (bytes) => bytes };
}

/** One cell of a {@link Table}: text, a number, a truth value, or nothing. */
export type Cell = string | number | boolean | null;

/** Rows of cells under named columns. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * Comma-separated values (RFC 4180, `\n`): a header, then a row a line; numbers in their shortest exact form; an
 * empty cell is null. Reading gives numbers and truth values back where a cell is spelled as one, also where text
 * was written so (a family called `2`): such text is not quoted, since other programs read it as a number either way.
 */
export function tableKind(name: string, version = 1): Kind<Table> {
  return {
    name,
    version,
    extension: 'csv',
    encode: (table) => new TextEncoder().encode(formatTable(table)),
    decode: (bytes) => parseTable(new TextDecoder().decode(bytes)),
  };
}

/** The CSV text of a table. Throws TypeError for a row of another length or a number that is not finite. */
export function formatTable(table: Table): string {
  const lines = [table.columns.map(quote).join(',')];
  table.rows.forEach((row, index) => lines.push(formatRow(table.columns, row, index)));
  return `${lines.join('\n')}\n`;
}

function formatRow(columns: readonly string[], row: readonly Cell[], index: number): string {
  if (row.length !== columns.length)
    throw new TypeError(`row ${index} has ${row.length} cells, not ${columns.length}`);
  return row.map((cell, column) => formatCell(cell, `row ${index}, column ${columns[column]}`)).join(',');
}

function formatCell(cell: Cell, at: string): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return quote(cell);
  if (typeof cell === 'number' && !Number.isFinite(cell)) throw new TypeError(`${at} is ${cell}`);
  return Object.is(cell, -0) ? '-0' : String(cell);
}

function quote(text: string): string {
  return /[",\n\r]|^$|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Reads CSV text. Throws TypeError with the line where a row's length differs from the header's. */
export function parseTable(text: string): Table {
  const [header, ...rows] = splitRows(text);
  if (header === undefined) throw new TypeError('an empty file is no table: it has no header');
  const columns = header.map((cell) => cell.text);
  rows.forEach((row, index) => {
    if (row.length === columns.length) return;
    throw new TypeError(`row ${index + 1} has ${row.length} cells, but the header has ${columns.length}`);
  });
  return { columns, rows: rows.map((row) => row.map(readCell)) };
}

/** A cell before it is read as text, number or truth value. */
interface RawCell {
  readonly text: string;
  readonly quoted: boolean;
}

/** The cells of CSV text, the header's first. Throws TypeError where a quote is out of place. */
export function splitRows(text: string): RawCell[][] {
  const rows: RawCell[][] = [];
  let row: RawCell[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw new TypeError(`a quote is out of place at character ${start}`);
    row.push({ text: (match[1] ?? match[2] ?? '').replaceAll('""', '"'), quoted: match[1] !== undefined });
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  // A file that ends in a comma ends in an empty cell.
  if (row.length > 0) rows.push([...row, { text: '', quoted: false }]);
  return rows;
}

function readCell(cell: RawCell): Cell {
  if (cell.quoted) return cell.text;
  if (cell.text === '') return null;
  if (cell.text === 'true' || cell.text === 'false') return cell.text === 'true';
  return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(cell.text) ? Number(cell.text) : cell.text;
}

/** Any JSON document, read as it is. */
export const anyJson: Kind<Json> = /* @__PURE__ */ jsonKind<Json>('json');
/** Any CSV file, read as it is. */
export const anyTable: Kind<Table> = /* @__PURE__ */ tableKind('csv');
/** Any text file, read as it is. */
export const anyText: Kind<string> = /* @__PURE__ */ textKind('text', 'txt');
/** Any file, read as bytes. */
export const anyBytes: Kind<Uint8Array> = /* @__PURE__ */ bytesKind('bytes', 'bin');
/** An SVG figure. */
export const svgFigure: Kind<string> = /* @__PURE__ */ textKind('svg', 'svg');
/** A PDF document. */
export const pdfDocument: Kind<Uint8Array> = /* @__PURE__ */ bytesKind('pdf', 'pdf');
/** A PNG image. */
export const pngImage: Kind<Uint8Array> = /* @__PURE__ */ bytesKind('png', 'png');
