/** Artifacts: what is shown of each kind, what is cut with a note, and that no artifact can do anything in the browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryStore } from '../../../store/memory/store.ts';
import { openStore } from '../../../store/open.ts';
import type { Store } from '../../../src/model/store.ts';
import type { Preview } from '../../../src/ui/common/api.ts';
import { preview } from '../../../src/ui/server/preview.ts';
import type { Serving } from '../../../src/ui/server/serve.ts';
import { cookie, emptyFolder, get, start } from '../support/source.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

async function shown(
  content: Uint8Array | string,
  extension: string,
  store: Store = memoryStore(),
): Promise<Preview> {
  const digest = await store.artifacts.put({
    type: 'bytes',
    bytes: typeof content === 'string' ? bytes(content) : content,
  });
  return preview(store, digest, { extension, kind: '' });
}

describe('a preview', () => {
  test('of a table has its columns, which of them are numbers, and the cells as they are spelled', async () => {
    expect(await shown('name,x\na,-0\n"b, c",1e-300\n,2\n', 'csv')).toEqual({
      type: 'table',
      columns: ['name', 'x'],
      numeric: [false, true],
      rows: [
        ['a', '-0'],
        ['b, c', '1e-300'],
        ['', '2'],
      ],
      total: 3,
    });
  });

  test('of a long table is its beginning, with the number of all rows', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${i}\n`).join('');
    const made = await shown(`n\n${rows}`, 'csv');
    expect(made.type === 'table' && [made.rows.length, made.total]).toEqual([2000, 5000]);
  });

  test('of what is called a table and is none is its bytes', async () => {
    expect((await shown('a,b\n1\n', 'csv')).type).toBe('bytes');
  });

  test('of a document is its text, of a long one the beginning', async () => {
    expect(await shown('{"a":1}', 'json')).toEqual({ type: 'json', text: '{"a":1}', whole: true, total: 7 });
    const long = await shown(`"${'é'.repeat(700_000)}"`, 'json');
    expect(long).toMatchObject({ type: 'json', whole: false, total: 1_400_002 });
    expect(long.type === 'json' && long.text.endsWith('é')).toBe(true);
  });

  test('of an unknown kind is text where it is text, else bytes', async () => {
    expect(await shown('plain words\n', 'dat')).toMatchObject({ type: 'text', text: 'plain words\n' });
    expect(await shown(new Uint8Array([0, 1, 255]), 'dat')).toEqual({
      type: 'bytes',
      head: '0001ff',
      total: 3,
    });
    expect(await shown('', 'dat')).toEqual({ type: 'bytes', head: '', total: 0 });
  });

  test('of an image is its address, of an SVG with its own title', async () => {
    const made = await shown(
      '<svg xmlns="http://www.w3.org/2000/svg"><title>Loss</title><desc>It falls.</desc></svg>',
      'svg',
    );
    expect(made).toMatchObject({ type: 'image', title: 'Loss', description: 'It falls.' });
    expect(made.type === 'image' && made.url).toMatch(/^\/artifact\/[0-9a-f]{64}\.svg$/);
  });

  test('of a folder is the list of its files', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a.txt'), 'one');
    const store = openStore(join(folder, 'store'));
    const digest = await store.artifacts.putFolder([
      { path: 'sub/a.txt', executable: false, content: { type: 'file', path: join(folder, 'a.txt') } },
    ]);
    const made = preview(store, digest, { extension: '', kind: 'folder/1' });
    expect(made).toMatchObject({ type: 'folder', total: 1, entries: [{ path: 'sub/a.txt', size: 3 }] });
    await store.close();
  });

  test('of a large file reads only its head', async () => {
    const folder = emptyFolder();
    const store = openStore(join(folder, 'store'));
    const made = await shown('x'.repeat(3_000_000), 'txt', store);
    expect(made).toMatchObject({ type: 'text', whole: false, total: 3_000_000 });
    expect(made.type === 'text' && made.text.length).toBe(1_000_000);
    await store.close();
  });
});

describe('over the wire', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  let serving: Serving;
  let digest: string;
  const logs = emptyFolder();
  beforeAll(async () => {
    const store = memoryStore();
    digest = await store.artifacts.put({ type: 'bytes', bytes: bytes(svg) });
    mkdirSync(join(logs, 'r1/r1.2'), { recursive: true });
    writeFileSync(join(logs, 'r1/r1.2/stdout'), 'said\n');
    writeFileSync(join(logs, 'secret'), 'hidden');
    serving = await start(store, logs);
  });
  afterAll(() => serving.close());

  test('an SVG is an image in a sandbox where no script runs', async () => {
    const got = await get(serving, `/artifact/${digest}.svg`, cookie(serving));
    expect(got.text).toBe(svg);
    expect(got.headers['content-type']).toBe('image/svg+xml');
    const policy = String(got.headers['content-security-policy']);
    expect(policy).toMatch(/; sandbox$/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
  });

  test.each(['html', 'js', 'xml', 'xhtml', ''])(
    'as .%s the same bytes are only offered for saving',
    async (extension) => {
      const name = extension === '' ? digest : `${digest}.${extension}`;
      const got = await get(serving, `/artifact/${name}`, cookie(serving));
      expect(got.headers['content-type']).toBe('application/octet-stream');
      expect(got.headers['content-disposition']).toMatch(/^attachment; filename="[0-9a-f]{12}(?:\.\w+)?"$/);
    },
  );

  test('an artifact that is not there is not there', async () => {
    for (const name of ['0'.repeat(64), digest.slice(1), `${digest}.s/vg`, digest.toUpperCase()])
      expect((await get(serving, `/artifact/${name}`, cookie(serving))).status).toBe(404);
  });

  test('logs are read by the name of an attempt, never by a path', async () => {
    const read = async (attempt: string) => {
      const got = await get(serving, `/api/logs?attempt=${encodeURIComponent(attempt)}`, cookie(serving));
      return JSON.parse(got.text) as unknown;
    };
    expect(await read('r1.2')).toEqual({ streams: [{ name: 'stdout', text: 'said\n', cut: false }] });
    for (const attempt of [
      '..',
      '../secret',
      'r1/../../secret',
      'r1.2/stdout',
      '/etc/passwd',
      'r1..2',
      '',
      'r1.3',
    ])
      expect(await read(attempt)).toEqual({ streams: [] });
  });
});
