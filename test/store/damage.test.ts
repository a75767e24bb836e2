/** Damage is noticed, named, and mended by executing again; nothing wrong is ever served. */
import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { formatVersion } from '../../store/schema.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import type { LocalStore } from '../../store/local.ts';
import { openStore } from '../../store/open.ts';
import { databaseName } from '../../store/place.ts';
import { repairStore } from '../../store/repair.ts';
import { storeReport } from '../../store/report.ts';
import { allOf, draftOf, folderOut, outOf, recorded, someBytes, strict, temporaryFolder } from './drafts.ts';

const key = digestOf('key a');
const large = someBytes(50_000);

let folder: ReturnType<typeof temporaryFolder>;
let store: LocalStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStore(folder.path);
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

function objectPath(digest: Digest): string {
  return join(folder.path, 'objects', digest.slice(0, 2), digest);
}

function change(path: string, offset: number, byte: number): void {
  chmodSync(path, 0o644);
  const file = openSync(path, 'r+');
  writeSync(file, Uint8Array.of(byte), 0, 1, offset);
  closeSync(file);
}

/** Changes the database from outside, as nobody should. */
async function meddle(sql: string, ...values: unknown[]): Promise<void> {
  const db = new Database(join(folder.path, databaseName));
  db.prepare(sql).run(...values);
  db.close();
}

async function meddleWithSchema(
  sql: string,
  ...values: unknown[]
): Promise<{ rootpage: number; sql: string }[]> {
  const db = new Database(join(folder.path, databaseName));
  db.unsafeMode();
  db.pragma('writable_schema = ON');
  const rows = db.prepare(sql).all(...values);
  db.close();
  return rows as { rootpage: number; sql: string }[];
}

async function damagedOnes(): Promise<string[]> {
  const verdicts = await allOf(store.artifacts.verify());
  return verdicts
    .filter(({ status }) => status !== 'sound')
    .map(({ digest, status }) => `${status} ${digest}`);
}

describe('a large artifact', () => {
  let out: Digest;
  beforeEach(async () => void ({ out } = await recorded(store, 'a', large)));

  test('with a flipped byte is found damaged, and executed again once in quarantine', async () => {
    change(objectPath(out), 30_000, 1 + (large[30_000] as number));
    expect(await damagedOnes()).toEqual([`damaged ${out}`]);
    await store.artifacts.quarantine(out);
    expect(store.traces.find(key)).toBeUndefined();
    expect(store.traces.look(key).isLost).toBe(true);
    const aside = readdirSync(join(folder.path, 'quarantine'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(folder.path, 'quarantine', aside[0] as string)).length).toBe(50_000);

    expect((await recorded(store, 'a', large, { attempt: 'again' })).answer.type).toBe('same');
    expect(store.traces.find(key)?.attempt).toBe('attempt-a');
    expect(await damagedOnes()).toEqual([]);
  });

  test('whose file is gone is not served, and comes back with the same bytes', async () => {
    rmSync(objectPath(out));
    expect(store.artifacts.has(out)).toBe(false);
    expect(store.traces.find(key)).toBeUndefined();
    expect(store.traces.findAll([key]).size).toBe(0);
    expect(store.traces.look(key).isLost).toBe(true);
    expect(() => store.artifacts.read(out)).toThrow(expect.objectContaining({ kind: 'store' }));
    expect(() => store.artifacts.content(out)).toThrow(/damaged: expected a file of 50000 bytes/);
    expect(await damagedOnes()).toEqual([`absent ${out}`]);
    expect(await store.traces.lease(key, 'again', false)).toEqual({ type: 'granted' });
    expect((await recorded(store, 'a', large, { attempt: 'again' })).answer.type).toBe('same');
    expect(store.artifacts.read(out)).toEqual(large);
  });

  test('that was cut short is not served', () => {
    chmodSync(objectPath(out), 0o644);
    truncateSync(objectPath(out), 49_999);
    expect(store.traces.find(key)).toBeUndefined();
    expect(() => store.artifacts.read(out)).toThrow(expect.objectContaining({ kind: 'store' }));
  });

  test('put again where the file is gone is whole again', async () => {
    rmSync(objectPath(out));
    await store.artifacts.put({ type: 'bytes', bytes: large });
    await store.flush();
    expect(store.artifacts.read(out)).toEqual(large);
    expect(store.traces.find(key)?.attempt).toBe('attempt-a');
  });

  test('is never trusted for lying at the right place: without a row it is written anew', async () => {
    const digest = digestOf(someBytes(60_000, 9));
    const path = objectPath(digest);
    await import('node:fs/promises').then(({ mkdir }) => mkdir(join(path, '..'), { recursive: true }));
    writeFileSync(path, new Uint8Array(60_000));
    expect(store.artifacts.has(digest)).toBe(false);
    await store.artifacts.put({ type: 'bytes', bytes: someBytes(60_000, 9) });
    await store.flush();
    expect(store.artifacts.read(digest)).toEqual(someBytes(60_000, 9));
  });

  test('cannot be written by accident', () => {
    expect(() => openSync(objectPath(out), process.getuid?.() === 0 ? 'wx' : 'w')).toThrow(/EACCES|EEXIST/);
  });

  test('is reported and forgotten by repair, its bytes kept aside', async () => {
    chmodSync(objectPath(out), 0o644);
    truncateSync(objectPath(out), 100);
    expect(storeReport(folder.path).missing).toEqual([out]);
    const before = store.epoch();
    expect(await repairStore(folder.path)).toMatchObject({
      forgotten: [out],
      reindexed: false,
      problems: [],
    });
    expect(storeReport(folder.path)).toMatchObject({
      missing: [],
      problems: [],
      counts: { artifacts: 0, traces: 1 },
    });
    expect(storeReport(folder.path).bytes.quarantine).toBe(100);
    expect(store.epoch()).toBeGreaterThan(before);
    expect(store.traces.look(key).isLost).toBe(true);
    await recorded(store, 'a', large, { attempt: 'again' });
    expect(store.traces.find(key)?.attempt).toBe('attempt-a');
  });
});

describe('a small artifact', () => {
  let out: Digest;
  beforeEach(async () => void ({ out } = await recorded(store, 'a', 'small')));

  test('with a flipped byte is found damaged, and kept aside', async () => {
    await meddle("UPDATE blob SET bytes = x'736d616c6d'");
    expect(await damagedOnes()).toEqual([`damaged ${out}`]);
    await store.artifacts.quarantine(out);
    expect(store.traces.find(key)).toBeUndefined();
    const [aside] = readdirSync(join(folder.path, 'quarantine'));
    expect(readFileSync(join(folder.path, 'quarantine', aside as string), 'utf8')).toBe('smalm');
  });

  test('that was cut short is refused when read', async () => {
    await meddle("UPDATE blob SET bytes = x'73'");
    expect(() => store.artifacts.read(out)).toThrow(/damaged: expected 5 bytes/);
    expect(await damagedOnes()).toEqual([`damaged ${out}`]);
  });

  test('whose bytes vanished from the database comes back when put again', async () => {
    await meddle('DELETE FROM blob');
    expect(() => store.artifacts.read(out)).toThrow(expect.objectContaining({ kind: 'store' }));
    await meddle('UPDATE artifact SET used = 0');
    await store.artifacts.put({ type: 'bytes', bytes: new TextEncoder().encode('small') });
    await store.flush();
    expect(new TextDecoder().decode(store.artifacts.read(out))).toBe('small');
  });
});

test('a folder with a large file is not served while that file is cut short', async () => {
  const entry = { path: 'a', executable: false, content: { type: 'bytes' as const, bytes: large } };
  const outs = { value: outOf({ type: 'folder', entries: [entry] }, 'folder'), other: folderOut({ x: 'x' }) };
  await store.traces.record(draftOf('a'), outs, strict).settled;
  expect(store.traces.find(key)?.attempt).toBe('attempt-a');
  rmSync(objectPath(digestOf(large)));
  expect(store.traces.find(key)).toBeUndefined();
  expect(store.traces.findAll([key]).size).toBe(0);
});

const databasePath = (): string => join(folder.path, databaseName);

async function reopened(): Promise<unknown> {
  await store.close();
  try {
    store = openStore(folder.path);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    if (existsSync(databasePath())) rmSync(databasePath());
    store = openStore(folder.path);
  }
}

describe('the database', () => {
  test('that is no database is refused by name', async () => {
    await recorded(store, 'a', '1');
    await store.close();
    writeFileSync(
      databasePath(),
      'this is a letter, not a database, and long enough to be read as one '.repeat(100),
    );
    store = openStore(join(folder.path, 'elsewhere'));
    expect(() => openStore(folder.path)).toThrow(expect.objectContaining({ kind: 'store' }));
    expect(storeReport(folder.path).problems[0]).toMatch(/damaged/);
    await expect(repairStore(folder.path)).rejects.toMatchObject({ kind: 'store' });
  });

  test('of another program is refused', async () => {
    await store.close();
    rmSync(databasePath());
    const db = new Database(databasePath());
    db.exec('CREATE TABLE song (title TEXT)');
    db.close();
    expect(await reopened()).toMatchObject({
      kind: 'store',
      message: expect.stringContaining('no Colophon store'),
    });
  });

  test('with pages overwritten is a store fault, never wrong data', async () => {
    for (let i = 0; i < 60; i++) await recorded(store, `${i}`, someBytes(3000, i + 1));
    await store.close();
    const size = readFileSync(databasePath()).length;
    for (let page = 4; page * 4096 < size; page += 3) change(databasePath(), page * 4096 + 1, 255);
    store = openStore(join(folder.path, 'elsewhere'));
    expect(storeReport(folder.path).problems.length).toBeGreaterThan(0);
    const broken = openStore(folder.path);
    const keys = Array.from({ length: 60 }, (_, index) => digestOf(`key ${index}`));
    for (const one of keys) {
      try {
        expect([undefined, one]).toContain(broken.traces.find(one)?.key);
      } catch (error) {
        expect(error).toMatchObject({ kind: 'store', message: expect.stringContaining('damaged') });
      }
    }
    await broken.close().catch((error: unknown) => expect(error).toMatchObject({ kind: 'store' }));
  });

  test('whose indexes disagree with its rows is mended', async () => {
    for (let i = 0; i < 20; i++) await recorded(store, `${i}`, `${i}`);
    await store.close();
    // The index is hidden while a row changes, then shown again with what it knew before.
    const [hidden] = await meddleWithSchema(
      "SELECT rootpage, sql FROM sqlite_schema WHERE name = 'trace_stage'",
    );
    await meddleWithSchema("DELETE FROM sqlite_schema WHERE name = 'trace_stage' RETURNING 1");
    await meddleWithSchema("UPDATE trace SET stage = 'plot' WHERE id % 2 = 0 RETURNING 1");
    const shown = `INSERT INTO sqlite_schema VALUES ('index', 'trace_stage', 'trace', ?, ?) RETURNING 1`;
    await meddleWithSchema(shown, hidden?.rootpage, hidden?.sql);
    expect(storeReport(folder.path).problems.length).toBeGreaterThan(0);
    expect(await repairStore(folder.path)).toMatchObject({ reindexed: true, problems: [] });
    expect(storeReport(folder.path).problems).toEqual([]);
    store = openStore(folder.path);
    expect(store.traces.ofStep('fit@k=6')).toHaveLength(20);
  });
});

test('a sound store is reported as it is', async () => {
  await recorded(store, 'a', '1');
  await recorded(store, 'a', '2', { attempt: 'second' });
  await recorded(store, 'b', large);
  writeFileSync(join(folder.path, 'objects', 'stray'), 'a stray file is in no folder of objects');
  writeFileSync(join(objectPath(digestOf(large)), '..', digestOf('nobody')), 'orphan');
  await store.traces.lease(digestOf('key c'), 'c', false);
  const report = storeReport(folder.path);
  expect(report).toMatchObject({
    format: formatVersion,
    problems: [],
    counts: {
      traces: 3,
      artifacts: 3,
      conflicts: 1,
      leases: 1,
      living: 1,
      runs: 0,
      memos: 0,
      pins: 0,
      published: 0,
    },
    missing: [],
  });
  expect(report.orphans).toEqual([join(objectPath(digestOf(large)), '..', digestOf('nobody'))]);
  expect(report.bytes.artifacts).toBe(50_002);
  expect(report.bytes.database + report.bytes.journal).toBeGreaterThan(0);
});

test('where there is no store the report says so and makes none', () => {
  const path = join(folder.path, 'nothing');
  expect(storeReport(path)).toMatchObject({ format: undefined, problems: [], counts: { traces: 0 } });
  expect(existsSync(path)).toBe(false);
});

test('files that no row names go once they are old, never before', async () => {
  await recorded(store, 'a', large);
  const orphan = join(objectPath(digestOf(large)), '..', digestOf('nobody'));
  writeFileSync(orphan, 'orphan');
  writeFileSync(join(folder.path, 'incoming', 'left'), 'half a file');
  const roots = { keys: new Set([key]), artifacts: new Set<Digest>(), runs: 0 };
  expect(await store.collectGarbage(roots)).toEqual({ traces: 0, artifacts: 0, files: 0, bytes: 0 });
  await store.close();
  store = openStore(folder.path, { now: () => Date.now() + 7_200_000 });
  expect(await store.collectGarbage(roots, { dryRun: true })).toMatchObject({ files: 2, bytes: 17 });
  expect(existsSync(orphan)).toBe(true);
  expect(await store.collectGarbage(roots)).toEqual({ traces: 0, artifacts: 0, files: 2, bytes: 17 });
  expect(existsSync(orphan)).toBe(false);
  expect(store.traces.find(key)?.attempt).toBe('attempt-a');
});
