/** What of an artifact a page can show, by its extension: a table, a document, matrices, an image, the first bytes. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { Digest } from '../../base/digest.ts';
import { type Cell, parseTable } from '../../model/kind.ts';
import type { Store } from '../../model/store.ts';
import { figureText } from '../../report/figure.ts';
import type { Preview } from '../common/api.ts';
import { gridsOfNpy } from './npy.ts';
import { gridsOfPacked } from './packed.ts';

interface KnownAs {
  readonly extension: string;
  readonly kind: string;
}

/** Bytes of a text that are sent; rows of a table; files of a folder. */
const limits = { text: 1_000_000, whole: 32_000_000, rows: 2000, entries: 1000, head: 512 } as const;

const images = /^(?:svg|png|jpe?g|gif)$/;
const texts = /^(?:txt|md|tex|log|py|ts|js|mjs|sh|r|jl|yaml|yml|toml|html?|xml|bib|tsv|map)$/i;

/** Never throws for what the bytes are: what cannot be read as it is called is shown as bytes. */
export function preview(store: Store, digest: Digest, { extension, kind }: KnownAs): Preview {
  const size = store.artifacts.size(digest) ?? 0;
  if (kind.startsWith('folder/')) return folder(store, digest);
  if (extension === 'pdf') return { type: 'none', because: 'A PDF document: save it to read it.' };
  if (images.test(extension)) return image(store, digest, extension, size);
  try {
    return read(store, digest, extension, size) ?? bytes(store, digest, size);
  } catch {
    return bytes(store, digest, size);
  }
}

function read(store: Store, digest: Digest, extension: string, size: number): Preview | undefined {
  if (extension === 'json' || texts.test(extension))
    return text(extension === 'json' ? 'json' : 'text', head(store, digest, limits.text), size);
  if (size > limits.whole)
    return extension === 'csv' ? text('text', head(store, digest, limits.text), size) : undefined;
  if (extension === 'csv') return table(new TextDecoder().decode(store.artifacts.read(digest)));
  if (extension === 'npy') return gridsOfNpy(store.artifacts.read(digest));
  if (extension === 'packed') return gridsOfPacked(store.artifacts.read(digest));
  return looksLikeText(head(store, digest, 4096))
    ? text('text', head(store, digest, limits.text), size)
    : undefined;
}

/** Its first bytes, without reading the rest where it is a file. */
function head(store: Store, digest: Digest, most: number): Uint8Array {
  const content = store.artifacts.content(digest);
  if (content.type !== 'file') return store.artifacts.read(digest).subarray(0, most);
  const file = openSync(content.path, 'r');
  try {
    const buffer = new Uint8Array(most);
    return buffer.subarray(0, readSync(file, buffer, 0, most, 0));
  } finally {
    closeSync(file);
  }
}

/** A cut in the middle of a letter loses that letter. */
function text(type: 'json' | 'text', beginning: Uint8Array, total: number): Preview {
  const whole = beginning.length >= total;
  return { type, text: new TextDecoder().decode(beginning, { stream: !whole }), whole, total };
}

function looksLikeText(beginning: Uint8Array): boolean {
  if (beginning.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: true });
    return beginning.length > 0;
  } catch {
    return false;
  }
}

function table(csv: string): Preview {
  const { columns, rows } = parseTable(csv);
  const shown = rows.slice(0, limits.rows);
  return {
    type: 'table',
    columns,
    numeric: columns.map((_, i) => rows.every((row) => row[i] === null || typeof row[i] === 'number')),
    rows: shown.map((row) => row.map(spell)),
    total: rows.length,
  };
}

const spell = (cell: Cell): string => (Object.is(cell, -0) ? '-0' : String(cell ?? ''));

function image(store: Store, digest: Digest, extension: string, size: number): Preview {
  const url = `/artifact/${digest}.${extension}`;
  const told =
    extension === 'svg' && size <= limits.whole
      ? figureText(new TextDecoder().decode(store.artifacts.read(digest)))
      : { title: '', description: '' };
  return { type: 'image', url, ...told };
}

function folder(store: Store, digest: Digest): Preview {
  const entries = store.artifacts.folder(digest);
  const shown = entries.slice(0, limits.entries).map((entry) => ({
    path: entry.path,
    digest: entry.digest,
    size: store.artifacts.size(entry.digest) ?? 0,
  }));
  return { type: 'folder', entries: shown, total: entries.length };
}

function bytes(store: Store, digest: Digest, total: number): Preview {
  return { type: 'bytes', head: Buffer.from(head(store, digest, limits.head)).toString('hex'), total };
}
