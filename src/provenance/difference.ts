/** Names the first place where two artifacts differ: a cell, a path in JSON or SVG, a pixel, else a byte. */
import { extname } from 'node:path';
import type { Digest } from '../base/digest.ts';
import { type Pixels, readPng } from '../model/data/png.ts';
import { type Drawn, readSvg } from '../model/data/svg.ts';
import { parseManifest } from '../model/folder.ts';
import { canonicalJson } from '../model/json.ts';
import { parseTable } from '../model/kind.ts';

/** Says where `now` first differs from `before`, and how. The bytes differ. */
export function firstDifference(before: Uint8Array, now: Uint8Array, extension: string): string {
  try {
    const found = inData(before, now, extension);
    if (found !== undefined) return found;
  } catch {
    // What cannot be read as data is compared as bytes.
  }
  return inBytes(before, now);
}

/** Undefined where the data are the same, or the extension names none. */
function inData(before: Uint8Array, now: Uint8Array, extension: string): string | undefined {
  if (extension === 'png') return inPixels(readPng(before), readPng(now));
  if (!['csv', 'json', 'svg'].includes(extension)) return undefined;
  const [a, b] = [decode(before), decode(now)];
  if (extension === 'csv') return inTable(a, b);
  return extension === 'json' ? inJson(JSON.parse(a), JSON.parse(b), '') : inSvg(readSvg(a), readSvg(b));
}

/** Says which file of a folder (its manifest) first differs, and where in it. */
export function firstDifferenceInFolder(
  before: Uint8Array,
  now: Uint8Array,
  read: (digest: Digest) => Uint8Array | undefined,
): string {
  const [old, fresh] = [before, now].map((bytes) => parseManifest(decode(bytes)));
  const files = new Map(fresh?.map((entry) => [entry.path, entry]));
  for (const { path, digest, executable } of old ?? []) {
    const other = files.get(path);
    files.delete(path);
    if (other === undefined) return `${path} did not come out`;
    if (other.executable !== executable) return `${path} is ${executable ? 'no longer' : 'now'} executable`;
    if (other.digest !== digest) return `${path}: ${between(read(digest), read(other.digest), path)}`;
  }
  const [added] = files.keys();
  return `${added} came out too`;
}

function between(before: Uint8Array | undefined, now: Uint8Array | undefined, path: string): string {
  return before === undefined || now === undefined
    ? 'other bytes, of which some are gone'
    : firstDifference(before, now, extname(path).slice(1));
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

function inTable(a: string, b: string): string | undefined {
  const [left, right] = [parseTable(a), parseTable(b)];
  const columns = left.columns.findIndex((name, i) => name !== right.columns[i]);
  if (columns >= 0 || left.columns.length !== right.columns.length)
    return `columns ${left.columns.join(', ')} → ${right.columns.join(', ')}`;
  for (const [i, row] of left.rows.entries()) {
    const other = right.rows[i];
    if (other === undefined) break;
    const j = row.findIndex((cell, at) => !Object.is(cell, other[at]));
    if (j >= 0) return `row ${i + 1}, column ${left.columns[j]}: ${spell(row[j])} → ${spell(other[j])}`;
  }
  return left.rows.length === right.rows.length
    ? undefined
    : `${left.rows.length} rows → ${right.rows.length} rows`;
}

/** Names are compared in the order of the first; a list's length after its common items. */
function inJson(a: unknown, b: unknown, at: string): string | undefined {
  if (!isBranch(a) || !isBranch(b) || Array.isArray(a) !== Array.isArray(b))
    return Object.is(a, b) ? undefined : `${at === '' ? 'the whole' : at}: ${spell(a)} → ${spell(b)}`;
  const isList = Array.isArray(a);
  const way = (name: string) => (isList ? `${at}[${name}]` : `${at}.${name}`);
  for (const name of Object.keys(a)) {
    if (!Object.hasOwn(b, name)) return `${way(name)}: ${spell(a[name])} → nothing`;
    const found = inJson(a[name], b[name], way(name));
    if (found !== undefined) return found;
  }
  const added = Object.keys(b).find((name) => !Object.hasOwn(a, name));
  return added === undefined ? undefined : `${way(added)}: nothing → ${spell(b[added])}`;
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const longest = 60;

function spell(value: unknown): string {
  const text = value === undefined ? 'nothing' : canonicalJson(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** `svg > g[2] > path, d: 12 → 12.5`; elements are counted from 1 among their parent's children. */
function inSvg(a: Drawn, b: Drawn, above = ''): string | undefined {
  const way = above === '' ? a.name : above;
  if (a.name !== b.name) return `${way}: <${a.name}> → <${b.name}>`;
  const attributes = inJson(a.attributes, b.attributes, '');
  if (attributes !== undefined) return `${way}, ${attributes.replace(/^\.([^[:]+)(?:\[\d+\])?/, '$1')}`;
  for (const [i, child] of a.children.entries()) {
    const other = b.children[i];
    if (other === undefined) break;
    const found = inSvgChild(child, other, way, i);
    if (found !== undefined) return found;
  }
  return a.children.length === b.children.length
    ? undefined
    : `${way}: ${a.children.length} parts → ${b.children.length} parts`;
}

function inSvgChild(a: Drawn | string, b: Drawn | string, way: string, i: number): string | undefined {
  if (typeof a === 'object' && typeof b === 'object') return inSvg(a, b, `${way} > ${a.name}[${i + 1}]`);
  const say = (part: Drawn | string) => (typeof part === 'string' ? spell(part) : `<${part.name}>`);
  return a === b ? undefined : `${way}: ${say(a)} → ${say(b)}`;
}

/** Columns and rows are counted from 0, from the upper left. */
function inPixels(a: Pixels, b: Pixels): string | undefined {
  const size = ({ width, height, values }: Pixels) =>
    `${width} × ${height} pixels of ${8 * values.BYTES_PER_ELEMENT} bits`;
  if (size(a) !== size(b)) return `${size(a)} → ${size(b)}`;
  const at = a.values.findIndex((value, i) => value !== b.values[i]);
  if (at < 0) return undefined;
  const pixel = Math.floor(at / 4);
  const say = ({ values }: Pixels) => `(${values.slice(4 * pixel, 4 * pixel + 4).join(', ')})`;
  return `pixel ${pixel % a.width}, ${Math.floor(pixel / a.width)}: ${say(a)} → ${say(b)}`;
}

function inBytes(before: Uint8Array, now: Uint8Array): string {
  const shorter = Math.min(before.length, now.length);
  let at = 0;
  while (at < shorter && before[at] === now[at]) at++;
  if (at === shorter) return `${before.length} bytes → ${now.length} bytes, the same up to byte ${at}`;
  return `byte ${at}: ${hex(before[at])} → ${hex(now[at])}`;
}

const hex = (byte = 0) => byte.toString(16).padStart(2, '0');
