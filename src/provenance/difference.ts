/** Names the first place where two artifacts differ: a cell of a table, a path in JSON, else a byte. */
import { canonicalJson } from '../model/json.ts';
import { parseTable } from '../model/kind.ts';

/** Says where `now` first differs from `before`, and how. The bytes differ. */
export function firstDifference(before: Uint8Array, now: Uint8Array, extension: string): string {
  try {
    const [a, b] = [decode(before), decode(now)];
    const found =
      extension === 'csv'
        ? inTable(a, b)
        : extension === 'json'
          ? inJson(JSON.parse(a), JSON.parse(b), '')
          : undefined;
    if (found !== undefined) return found;
  } catch {
    // What cannot be read as data is compared as bytes.
  }
  return inBytes(before, now);
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

function inBytes(before: Uint8Array, now: Uint8Array): string {
  const shorter = Math.min(before.length, now.length);
  let at = 0;
  while (at < shorter && before[at] === now[at]) at++;
  if (at === shorter) return `${before.length} bytes → ${now.length} bytes, the same up to byte ${at}`;
  return `byte ${at}: ${hex(before[at])} → ${hex(now[at])}`;
}

const hex = (byte = 0) => byte.toString(16).padStart(2, '0');
