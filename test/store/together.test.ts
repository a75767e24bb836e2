/** Several processes on one store: each key executed once, nobody told that anything is locked. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { openStore } from '../../store/open.ts';
import { storeReport } from '../../store/report.ts';
import { startChild } from './children/spawn.ts';
import { recorded, runStart, temporaryFolder, textContent } from './drafts.ts';

const both = ['shared', 'sole'] as const;

test.each(both)(
  'of several processes that lease the same keys at once, one is granted each (%s)',
  async (mode) => {
    const folder = temporaryFolder();
    try {
      const children = ['a', 'b', 'c'].map((name) => startChild('lease', folder.path, name, '60', mode));
      await Promise.all(children.map((child) => child.next()));
      for (const child of children) child.process.stdin?.write('go\n');
      const granted: number[] = [];
      for (const child of children)
        for (let said = await child.next(); said !== 'done'; said = await child.next())
          granted.push(said as number);
      expect(granted.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index));

      const store = openStore(folder.path);
      expect(await store.traces.lease(digestOf('key 0'), 'late', false)).toMatchObject({ type: 'held' });
      for (const child of children) child.process.stdin?.write('end\n');
      await Promise.all(children.map((child) => child.ended));
      expect(await store.traces.lease(digestOf('key 0'), 'late', false)).toEqual({ type: 'granted' });
      await store.close();
    } finally {
      folder.remove();
    }
  },
);

test.each(both)(
  'four processes bring the same sixty keys up to date, executing each once (%s)',
  async (mode) => {
    const folder = temporaryFolder();
    try {
      const children = ['a', 'b', 'c', 'd'].map((name) => startChild('work', folder.path, name, '60', mode));
      const executed = (await Promise.all(children.map((child) => child.rest()))).flat() as number[];
      expect(executed.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index));
      const store = openStore(folder.path);
      const keys = Array.from({ length: 60 }, (_, index) => digestOf(`key ${index}`));
      expect(store.traces.findAll(keys).size).toBe(60);
      expect(store.runs.list().map((run) => run.status)).toEqual(Array(4).fill('complete'));
      expect(store.runs.list().flatMap((run) => store.runs.events(run.id))).toHaveLength(60);
      expect(storeReport(folder.path)).toMatchObject({ problems: [], missing: [], counts: { leases: 0 } });
      await store.close();
    } finally {
      folder.remove();
    }
  },
);

test('collecting garbage beside running processes takes nothing from them', async () => {
  const folder = temporaryFolder();
  try {
    const store = openStore(folder.path, { now: () => Date.now() + 30 * 86_400_000 });
    const children = ['a', 'b', 'c'].map((name) => startChild('work', folder.path, name, '90', 'shared'));
    const done = new AbortController();
    const collecting = (async () => {
      for (; !done.signal.aborted; await pause(5))
        await store.collectGarbage({ keys: new Set(), artifacts: new Set(), runs: 10 });
    })();
    const executed = (await Promise.all(children.map((child) => child.rest()))).flat();
    done.abort();
    await collecting;
    expect(executed).toHaveLength(90);
    const keys = Array.from({ length: 90 }, (_, index) => digestOf(`key ${index}`));
    expect(store.traces.findAll(keys).size).toBe(90);
    await store.close();
  } finally {
    folder.remove();
  }
});

test.each(both)('a run whose process was killed is lost, and its lease free (%s)', async (mode) => {
  const folder = temporaryFolder();
  try {
    const child = startChild('lease', folder.path, 'a', '1', mode);
    await child.next();
    child.process.stdin?.write('go\n');
    await child.next();
    const store = openStore(folder.path);
    expect(await store.traces.lease(digestOf('key 0'), 'mine', false)).toMatchObject({
      type: 'held',
      owner: expect.stringContaining(`process ${child.process.pid} on `),
    });
    child.process.kill('SIGKILL');
    await child.ended;
    expect(await store.traces.lease(digestOf('key 0'), 'mine', false)).toEqual({ type: 'granted' });
    await store.close();
  } finally {
    folder.remove();
  }
});

test('while another process writes at length, reads answer and writes wait', async () => {
  const folder = temporaryFolder();
  const [store, other] = [openStore(folder.path), openStore(folder.path)];
  try {
    await recorded(store, 'a', '1');
    // A write transaction held open from outside, as a slow process would.
    const { default: Database } = await import('better-sqlite3');
    const blocker = new Database(`${folder.path}/store.sqlite`);
    blocker.exec('BEGIN IMMEDIATE');
    const waiting = recorded(other, 'b', '2');
    const leasing = other.traces.lease(digestOf('key c'), 'c', false);
    await other.artifacts.put(textContent('meanwhile'));
    let done = false;
    void Promise.all([waiting, leasing]).then(() => (done = true));
    await pause(150);
    expect(done).toBe(false);
    expect(store.traces.find(digestOf('key a'))?.attempt).toBe('attempt-a');
    expect(other.traces.find(digestOf('key b'))?.attempt).toBe('attempt-b');
    expect(store.traces.find(digestOf('key b'))).toBeUndefined();
    blocker.exec('COMMIT');
    blocker.close();
    expect((await waiting).answer.type).toBe('recorded');
    expect(await leasing).toEqual({ type: 'granted' });
    expect(store.traces.find(digestOf('key b'))?.attempt).toBe('attempt-b');
  } finally {
    await Promise.all([store.close(), other.close()]);
    folder.remove();
  }
});

test('a run left running by a store that was closed is lost', async () => {
  const folder = temporaryFolder();
  try {
    const store = openStore(folder.path);
    await store.runs.start(runStart('one'));
    expect(store.runs.list()[0]?.status).toBe('running');
    await store.close();
    const again = openStore(folder.path);
    expect(again.runs.list()[0]?.status).toBe('lost');
    await again.close();
  } finally {
    folder.remove();
  }
});
