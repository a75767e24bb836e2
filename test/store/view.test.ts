import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { memoryStore } from '../../store/memory/store.ts';
import { openStore } from '../../store/open.ts';
import { viewOf } from '../../store/view.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const content = (text: string) => ({ type: 'bytes', bytes: bytes(text) }) as const;

describe('a view of a store', () => {
  test('reads what the store holds and what was put meanwhile, and leaves the store as it was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'view-'));
    const base = openStore(folder);
    const kept = await base.artifacts.put(content('kept'));
    base.memos.set('name', 'key', 'before');
    await base.flush();

    const view = viewOf(base, memoryStore());
    const put = await view.artifacts.put(content('meanwhile'));
    view.memos.set('name', 'key', 'after');
    view.memos.set('name', 'other', 'new');

    expect(view.artifacts.read(kept)).toEqual(bytes('kept'));
    expect(view.artifacts.read(put)).toEqual(bytes('meanwhile'));
    expect([view.artifacts.has(put), base.artifacts.has(put)]).toEqual([true, false]);
    expect([...view.memos.all('name')].toSorted()).toEqual([
      ['key', 'after'],
      ['other', 'new'],
    ]);
    expect(base.memos.get('name', 'key')).toBe('before');
    await view.close();

    const again = openStore(folder);
    expect(again.artifacts.has(digestOf('meanwhile'))).toBe(false);
    expect(again.memos.get('name', 'other')).toBeUndefined();
    await again.close();
  });

  test('refuses what would write, by name', async () => {
    const view = viewOf(memoryStore(), memoryStore());
    expect(() => view.runs.append('run', [])).toThrow('only reads');
    expect(() => view.traces.lease(digestOf('key'), 'attempt', false)).toThrow('only reads');
    expect(() => view.published.set([])).toThrow('only reads');
    await view.close();
  });

  test('of no store makes none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'view-'));
    const view = viewOf(openStore(join(folder, '.colophon'), { absent: 'empty' }), memoryStore());
    await view.artifacts.put(content('x'));
    await view.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
