/** Groups: in order, each whole, a failing change alone undone, and a busy database waited for. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Fault } from '../../src/model/fault.ts';
import { Committer } from '../../store/committer.ts';
import { Connection } from '../../store/connection.ts';
import { createDatabase } from '../../store/migrate.ts';
import { temporaryFolder } from './drafts.ts';

const hands = { before: () => undefined, after: async () => undefined, write: () => undefined };
let folder: ReturnType<typeof temporaryFolder>;
let db: Connection;
let other: Connection;
let groups: number;
let committer: Committer;
beforeEach(() => {
  folder = temporaryFolder();
  const path = `${folder.path}/db`;
  createDatabase(path);
  [db, other] = [new Connection(path), new Connection(path)];
  db.prepare();
  groups = 0;
  committer = new Committer(db, { delay: 20, most: 10 }, { ...hands, before: () => void groups++ });
});
afterEach(async () => {
  await committer.drain();
  db.close();
  other.close();
  folder.remove();
});

const write = (name: string): number => db.run("INSERT INTO memo VALUES ('test', ?, '')", name).changes;
const names = (): string[] => other.values("SELECT key FROM memo WHERE name = 'test' ORDER BY key");

describe('a group', () => {
  test('holds what was added in one breath', async () => {
    const results = ['a', 'b', 'c'].map((name) => committer.add({ apply: () => write(name) }));
    expect(names()).toEqual([]);
    expect(await Promise.all(results)).toEqual([1, 1, 1]);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(groups).toBe(1);
  });

  test('is no larger than its limit', async () => {
    for (let i = 0; i < 25; i++) void committer.add({ apply: () => write(`${i}`) });
    await committer.flush();
    expect(names()).toHaveLength(25);
    expect(groups).toBe(3);
  });

  test('applies its changes in the order they were added', async () => {
    const order: number[] = [];
    for (let i = 0; i < 30; i++) void committer.add({ apply: () => order.push(i) }, i % 4 === 0);
    await committer.flush();
    expect(order).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  test('waits for what must be ready, and keeps the order', async () => {
    const order: string[] = [];
    void committer.add({ ready: pause(30), apply: () => order.push('slow') });
    void committer.add({ apply: () => order.push('quick') });
    await committer.flush();
    expect(order).toEqual(['slow', 'quick']);
  });

  test('is synchronised to the disk when any of its changes is durable', async () => {
    const modes: unknown[] = [];
    const look = (): unknown => modes.push(db.pragma('synchronous'));
    await committer.add({ apply: look }, true);
    await Promise.all([committer.add({ apply: look }), committer.add({ durable: true, apply: look })]);
    await committer.add({ apply: look }, true);
    expect(modes).toEqual([1, 2, 2, 1]);
  });
});

const fail = (kind: 'store' | 'usage') => () => {
  throw new Fault(kind, kind);
};

describe('a change that fails', () => {
  test('is undone alone; the others of its group are kept', async () => {
    const good = committer.add({ apply: () => write('good') });
    const bad = committer.add({
      apply: () => {
        write('half');
        throw new Fault('usage', 'no');
      },
    });
    const late = committer.add({ apply: () => write('late') });
    await expect(bad).rejects.toThrow('no');
    await Promise.all([good, late]);
    expect(names()).toEqual(['good', 'late']);
  });

  test('alone in its group is undone too', async () => {
    const bad = committer.add({
      apply: () => {
        write('half');
        throw new Error('no');
      },
    });
    await expect(bad).rejects.toThrow('no');
    expect(names()).toEqual([]);
    await committer.flush().catch(() => undefined);
    await committer.add({ apply: () => write('after') });
    expect(names()).toEqual(['after']);
  });

  test('because it never was ready touches nothing', async () => {
    const failure = new Fault('store', 'out of space');
    const bad = committer.add({ ready: Promise.reject(failure), apply: () => write('bad') });
    const good = committer.add({ apply: () => write('good') });
    await expect(bad).rejects.toBe(failure);
    await good;
    expect(names()).toEqual(['good']);
  });

  test('is told to flush once, when the store is at fault', async () => {
    void committer.add({ apply: fail('usage') });
    await committer.flush();
    void committer.add({ apply: fail('store') });
    await expect(committer.flush()).rejects.toThrow('store');
    await committer.flush();
  });

  test('for want of space takes its whole group with it, where SQLite undid all of it', async () => {
    db.pragma(`max_page_count = ${db.pragma('page_count') as number}`);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) =>
        committer.add({ apply: () => write(`${i}`.padEnd(i === 4 ? 900_000 : 10)) }),
      ),
    );
    const told = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(outcomes[4]).toMatchObject({ status: 'rejected', reason: { kind: 'store' } });
    expect(names()).toHaveLength(told);
    db.pragma('max_page_count = 100000');
    await committer.flush().catch(() => undefined);
    await committer.add({ apply: () => write('after') });
    expect(names()).toHaveLength(told + 1);
  });

  test('with the whole group, where the group cannot begin', async () => {
    let refuse = true;
    const guarded = new Committer(
      db,
      { delay: 0, most: 10 },
      {
        ...hands,
        before: () => {
          if (refuse) throw new Fault('store', 'another host');
        },
      },
    );
    const both = ['a', 'b'].map((name) => guarded.add({ apply: () => write(name) }));
    for (const one of both) await expect(one).rejects.toThrow('another host');
    expect(names()).toEqual([]);
    refuse = false;
    await guarded.flush().catch(() => undefined);
    await guarded.add({ apply: () => write('c') });
    expect(names()).toEqual(['c']);
  });
});

test('what was queued is released in the same breath as it is committed', async () => {
  const seen: boolean[] = [];
  const queue = { holds: true };
  void committer.add({ apply: () => write('a'), released: () => void (queue.holds = false) });
  const looking = (async () => {
    while (queue.holds || names().length === 0) {
      seen.push(queue.holds || names().length > 0);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await committer.flush();
  await looking;
  expect(seen).not.toContain(false);
});

test('what is added while a group is told of its commit is committed too', async () => {
  const chain = async (depth: number): Promise<number> => {
    await committer.add({ apply: () => write(`${depth}`) }, depth % 2 === 0);
    return depth === 0 ? 0 : chain(depth - 1);
  };
  await chain(12);
  expect(names()).toHaveLength(13);
});

test('a database that another writes to is waited for, and other work goes on', async () => {
  other.begin(false);
  other.run("INSERT INTO memo VALUES ('other', 'x', '')");
  const waiting = committer.add({ apply: () => write('a') }, true);
  let turns = 0;
  for (; turns < 5; turns++) await pause(20);
  expect(await Promise.race([waiting, Promise.resolve('still waiting')])).toBe('still waiting');
  other.commit();
  expect(await waiting).toBe(1);
  expect(turns).toBe(5);
});

test('a read inside a write sees the write; outside it does not', async () => {
  const seen = committer.add({
    apply: () => {
      write('a');
      return [db.value("SELECT count(*) FROM memo WHERE name = 'test'"), names().length];
    },
  });
  expect(await seen).toEqual([1, 0]);
});
