/** A process that is alone and busy keeps its leases to itself; whoever comes waits until they are on the table. */
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { LocalStore } from '../../store/local.ts';
import { type StoreOptions, openStore } from '../../store/open.ts';
import { databaseName } from '../../store/place.ts';
import { type Child, startChild } from './children/spawn.ts';
import { draftOf, recorded, runStart, strict, temporaryFolder, textContent, valueOf } from './drafts.ts';
import { modes } from './modes.ts';

let folder: ReturnType<typeof temporaryFolder>;
const opened: LocalStore[] = [];
beforeEach(() => void (folder = temporaryFolder()));
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close().catch(() => undefined);
  folder.remove();
});

function open(options: StoreOptions = modes.sole): LocalStore {
  const store = openStore(folder.path, options);
  opened.push(store);
  return store;
}

/** What any process sees in the database. */
function seen(): { readonly leases: string[]; readonly isReserved: boolean } {
  const db = new Database(`${folder.path}/${databaseName}`, { readonly: true });
  const leases = db.prepare('SELECT attempt FROM lease ORDER BY attempt').pluck().all() as string[];
  const sole = db.prepare("SELECT value FROM meta WHERE name = 'sole'").pluck().get();
  db.close();
  return { leases, isReserved: sole !== 0 };
}

const keyOf = (name: string) => digestOf(`key ${name}`);
const lease = (store: LocalStore, name: string, attempt = name) =>
  store.traces.lease(keyOf(name), attempt, false);

describe('alone', () => {
  test('a busy process takes its leases off the table', async () => {
    const store = open({ busy: 3 });
    for (const name of ['a', 'b']) await lease(store, name);
    expect(seen()).toEqual({ leases: ['a', 'b'], isReserved: false });
    // Three in a second: a machine that is slow needs more than one to follow.
    for (let i = 0; i < 30 && !seen().isReserved; i++) await lease(store, `c ${i}`);
    await lease(store, 'd');
    expect(seen()).toEqual({ leases: [], isReserved: true });
  });

  test('its leases hold all the same', async () => {
    const store = open();
    expect(await lease(store, 'a', 'one')).toEqual({ type: 'granted' });
    expect(await lease(store, 'a', 'two')).toMatchObject({ type: 'held' });
    expect(await lease(store, 'a', 'one')).toEqual({ type: 'granted' });
    await store.traces.release(keyOf('a'), 'one');
    expect(await lease(store, 'a', 'two')).toEqual({ type: 'granted' });
  });

  test('what was looked up in vain and recorded since is found, not granted', async () => {
    const store = open();
    await lease(store, 'a');
    expect(store.traces.look(keyOf('b'))).toEqual({ trace: undefined, isLost: false });
    await recorded(store, 'b', '1');
    expect(await lease(store, 'b')).toMatchObject({ type: 'found' });
  });

  test('a process that is not busy leaves its leases where all see them', async () => {
    const store = open({});
    for (const name of ['a', 'b', 'c']) await lease(store, name);
    expect(seen()).toEqual({ leases: ['a', 'b', 'c'], isReserved: false });
  });

  test('what is no longer used is given back', { timeout: 20_000 }, async () => {
    const store = open();
    await lease(store, 'a');
    await store.traces.release(keyOf('a'), 'a');
    expect(seen().isReserved).toBe(true);
    for (let i = 0; i < 100 && seen().isReserved; i++) await pause(100);
    expect(seen().isReserved).toBe(false);
    expect(await lease(store, 'b')).toEqual({ type: 'granted' });
  });

  test('nothing is left behind', async () => {
    const store = open();
    await lease(store, 'a');
    await recorded(store, 'b', '1');
    await store.close();
    expect(seen()).toEqual({ leases: [], isReserved: false });
  });
});

/** Another process that holds the lease of key 0 and has the store to itself. */
async function soleChild(): Promise<Child> {
  const child = startChild('lease', folder.path, 'a', '1', 'sole');
  await child.next();
  child.process.stdin?.write('go\n');
  await child.next();
  await child.next();
  return child;
}

describe('whoever comes', () => {
  test('finds the leases on the table, and is granted the others', async () => {
    const first = open();
    for (const name of ['a', 'b']) await lease(first, name);
    const second = open();
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => lease(second, name, 'mine')));
    expect(answers.map(({ type }) => type)).toEqual(['held', 'held', 'granted']);
    expect(seen()).toEqual({ leases: ['a', 'b', 'mine'], isReserved: false });
    expect(await lease(first, 'c')).toMatchObject({ type: 'held' });
  });

  test('finds what was recorded just before', async () => {
    const first = open();
    await lease(first, 'a');
    first.traces.record(draftOf('a', { attempt: 'a' }), valueOf(new TextEncoder().encode('1')), strict);
    expect(await lease(open(), 'a', 'mine')).toMatchObject({ type: 'found' });
    expect(seen().leases).toEqual([]);
  });

  test('takes the leases of one that was killed', async () => {
    const child = await soleChild();
    expect(seen()).toEqual({ leases: [], isReserved: true });
    child.process.kill('SIGKILL');
    await child.ended;
    const store = open();
    expect(await lease(store, '0', 'mine')).toEqual({ type: 'granted' });
  });

  test('is told who has the store, where that one is suspended', async () => {
    const child = await soleChild();
    child.process.kill('SIGSTOP');
    try {
      const owner = expect.stringContaining(`process ${child.process.pid} on `) as string;
      expect(await lease(open(), 'x')).toEqual({ type: 'held', owner });
    } finally {
      child.process.kill('SIGCONT');
      child.process.stdin?.write('end\n');
      await child.ended;
    }
  });

  test('only to read changes nothing', async () => {
    const store = open();
    await lease(store, 'a');
    const reader = open({ absent: 'empty' });
    expect(reader.traces.find(keyOf('a'))).toBeUndefined();
    await pause(60);
    expect(seen()).toEqual({ leases: [], isReserved: true });
  });
});

test('what gathers begins anew after a group that could not be written', async () => {
  let isRefused = false;
  const now = (): number => {
    if (isRefused) throw new Error('no time');
    return Date.now();
  };
  const store = open({ ...modes.shared, now });
  isRefused = true; // the first write registers the process, which asks for the time
  store.memos.set('name', 'lost', '1');
  await store.flush().catch(() => undefined);
  isRefused = false;
  store.memos.set('name', 'kept', '2');
  await store.flush();
  expect([...open({ absent: 'empty' }).memos.all('name')]).toEqual([['kept', '2']]);
});

describe('the thread', () => {
  /** A store whose thread is at work. */
  async function withThread(options: StoreOptions = {}): Promise<LocalStore> {
    const store = open({ ...modes.sole, ...options });
    await store.runs.start(runStart('run'));
    await lease(store, 'first');
    await pause(400);
    return store;
  }

  test('writes records, artifacts, memos and events, in order, for all to see', async () => {
    const store = await withThread();
    const folderDigest = await store.artifacts.putFolder([
      { path: 'x', executable: false, content: textContent('x') },
    ]);
    const large = await store.artifacts.put({ type: 'bytes', bytes: new Uint8Array(50_000).fill(7) });
    store.memos.set('name', 'key', 'old');
    store.runs.append('run', [{ type: 'warning', message: 'one' }]);
    await recorded(store, 'a', '1');
    store.memos.set('name', 'key', 'new');
    store.runs.append('run', [{ type: 'warning', message: 'two' }]);
    await store.flush();
    const other = open({ absent: 'empty' });
    expect(other.artifacts.folder(folderDigest)).toHaveLength(1);
    expect(other.artifacts.read(large)).toHaveLength(50_000);
    expect(other.memos.get('name', 'key')).toBe('new');
    expect(other.runs.events('run').map((event) => 'message' in event && event.message)).toEqual([
      'one',
      'two',
    ]);
    expect(other.traces.find(keyOf('a'))).toBeDefined();
  });

  test('shows what is on its way: memos and events that came while others were being written', async () => {
    const store = await withThread();
    const messages: string[] = [];
    for (let i = 0; i < 200; i++) {
      store.memos.set('name', `${i}`, `${i}`);
      store.runs.append('run', [{ type: 'warning', message: `${i}` }]);
      messages.push(`${i}`);
      if (i % 7 === 0) await pause(3);
      expect(store.memos.all('name').size).toBe(i + 1);
    }
    expect(store.runs.events('run').map((event) => 'message' in event && event.message)).toEqual(messages);
    await store.flush();
    expect(store.runs.events('run')).toHaveLength(200);
    expect(store.memos.all('name').size).toBe(200);
  });

  test('judges as this thread does', async () => {
    const store = await withThread();
    expect((await recorded(store, 'a', '1')).answer.type).toBe('recorded');
    expect(await recorded(store, 'a', '1', { attempt: 'again' })).toMatchObject({
      answer: { type: 'same', current: { attempt: 'attempt-a', evidence: {} } },
    });
    expect(await recorded(store, 'a', '2', { attempt: 'other' })).toMatchObject({
      answer: { type: 'conflict', roles: ['value'], other: { attempt: 'other' } },
    });
  });

  test('that cannot start leaves the writing to this one', async () => {
    const store = await withThread({ writer: '/no/such/program.js' });
    expect((await recorded(store, 'a', '1')).answer.type).toBe('recorded');
  });

  test('that ends at work fails what it was given, as a fault of the store', async () => {
    const program = `data:text/javascript,${encodeURIComponent(
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1)); parentPort.postMessage('ready');",
    )}`;
    const store = await withThread({ writer: new URL(program) });
    // Until the thread is ready, this one writes.
    const untilRefused = async (): Promise<unknown> => {
      for (let i = 0; ; i++, await pause(20)) await recorded(store, `a ${i}`, '1');
    };
    await expect(untilRefused()).rejects.toMatchObject({
      kind: 'store',
      message: expect.stringContaining('the thread that writes the store failed') as string,
    });
    await expect(store.flush()).rejects.toMatchObject({ kind: 'store' });
  });
});
