/** Collecting garbage while others work: what is needed again in the meantime stays, and so does all that it needs. */
import Database from 'better-sqlite3';
import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import type { LocalStore } from '../../store/local.ts';
import { openStore } from '../../store/open.ts';
import { databaseName } from '../../store/place.ts';
import { storeReport } from '../../store/report.ts';
import { draftOf, folderOut, recorded, someBytes, strict, temporaryFolder, textContent } from './drafts.ts';

const later = (): number => Date.now() + 86_400_000;
const none = { keys: new Set<Digest>(), artifacts: new Set<Digest>(), runs: 0 };
const key = digestOf('key a');

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

/** Marks garbage, lets `meddle` write as another process would, then goes on to remove it. */
async function collectAround(meddle: (db: Database.Database) => void) {
  await store.close();
  store = openStore(folder.path, { now: later });
  const other = new Database(`${folder.path}/${databaseName}`);
  other.exec('BEGIN IMMEDIATE');
  const collecting = store.collectGarbage(none);
  await pause(30);
  meddle(other);
  other.exec('COMMIT');
  other.close();
  return collecting;
}

describe('what is needed again after it was marked', () => {
  test('stays with its code, inputs and folders, while the rest goes', async () => {
    const entry = { path: 'x', executable: false, content: textContent('x') };
    const source = await store.artifacts.putFolder([entry]);
    const code = await store.artifacts.put(textContent('code'));
    const parts = { ...draftOf('a').parts, code, inputs: { source } };
    const outs = { value: folderOut({ p: 'p' }) };
    await store.traces.record(draftOf('a', { parts }), outs, strict).settled;
    await recorded(store, 'b', 'b');
    const report = await collectAround((db) =>
      db.prepare("INSERT INTO pin VALUES ('trace', ?, '')").run(key),
    );
    expect(report).toMatchObject({ traces: 1, artifacts: 1 });
    const trace = store.traces.find(key);
    expect(store.artifacts.folder(trace?.outs['value']?.digest as Digest)).toHaveLength(1);
    expect(store.artifacts.folder(source)).toHaveLength(1);
    expect(store.artifacts.size(code)).toBe(4);
    expect(store.traces.find(digestOf('key b'))).toBeUndefined();
  });

  test('by a run that began meanwhile stays', async () => {
    await recorded(store, 'a', someBytes(50_000));
    await collectAround((db) => db.prepare("INSERT INTO run_key VALUES (?, 'begun meanwhile')").run(key));
    expect(store.artifacts.read(store.traces.find(key)?.outs['value']?.digest as Digest)).toHaveLength(
      50_000,
    );
  });

  test('as an artifact that was used stays, a folder with its files', async () => {
    const content = textContent('x');
    const digest = await store.artifacts.putFolder([{ path: 'x', executable: false, content }]);
    const other = await store.artifacts.put(textContent('other'));
    await store.flush();
    const report = await collectAround((db) =>
      db.prepare('UPDATE artifact SET used = ? WHERE digest = ?').run(later(), digest),
    );
    expect(report).toMatchObject({ artifacts: 1 });
    expect(store.artifacts.folder(digest)).toHaveLength(1);
    expect(store.artifacts.size(other)).toBeUndefined();
  });
});

test('thousands of traces and artifacts go in many transactions, and the space is given back', async () => {
  for (let i = 0; i < 3000; i++)
    store.traces.record(draftOf(`${i}`), { value: folderOut({ a: `${i}` }) }, strict);
  for (let i = 0; i < 20; i++) await store.artifacts.put({ type: 'bytes', bytes: someBytes(40_000, i + 1) });
  await store.close();
  const before = storeReport(folder.path).bytes;
  store = openStore(folder.path, { now: later });
  const report = await store.collectGarbage({ ...none, keys: new Set([digestOf('key 7')]) });
  expect(report).toMatchObject({ traces: 2999, artifacts: 2 * 2999 + 20, files: 20 });
  await store.close();
  const after = storeReport(folder.path);
  expect(after).toMatchObject({
    problems: [],
    missing: [],
    orphans: [],
    counts: { traces: 1, artifacts: 2 },
  });
  expect(after.bytes.files).toBe(0);
  expect(after.bytes.database).toBeLessThan(before.database / 4);
});

test('a dry run says what then goes: folders with their files, code, inputs, large files, and what is left over', async () => {
  const code = await store.artifacts.put(textContent('code of a alone'));
  const source = await store.artifacts.put({ type: 'bytes', bytes: someBytes(60_000, 2) });
  const parts = { ...draftOf('a').parts, code, inputs: { source } };
  await store.traces.record(draftOf('a', { parts }), { value: folderOut({ p: 'p', q: 'q' }) }, strict)
    .settled;
  await recorded(store, 'b', someBytes(50_000));
  await recorded(store, 'c', 'kept');
  await store.close();
  const folders = `${folder.path}/objects/ff`;
  mkdirSync(folders, { recursive: true });
  writeFileSync(`${folders}/${'f'.repeat(64)}`, 'left over');
  store = openStore(folder.path, { now: later });
  const roots = { ...none, keys: new Set([digestOf('key c')]) };
  const forecast = await store.collectGarbage(roots, { dryRun: true });
  expect(forecast).toMatchObject({ traces: 2, artifacts: 6, files: 3 });
  expect(store.traces.find(key)).toBeDefined();
  expect(await store.collectGarbage(roots)).toEqual(forecast);
  expect(await store.collectGarbage(roots, { dryRun: true })).toEqual({
    traces: 0,
    artifacts: 0,
    files: 0,
    bytes: 0,
  });
});

test('names that no trace mentions any more are forgotten', async () => {
  const inputs = { one: digestOf('never put'), many: [['k=1', digestOf('nor this')]] as const };
  await recorded(store, 'a', '1', { parts: { ...draftOf('a').parts, inputs } });
  await store.close();
  store = openStore(folder.path, { now: later });
  await store.collectGarbage(none);
  await store.close();
  const db = new Database(`${folder.path}/${databaseName}`);
  expect(db.prepare('SELECT count(*) AS n FROM artifact').get()).toEqual({ n: 0 });
  db.close();
});
