/** Every older format opens, a newer one and a foreign one are refused, and nobody meets half a schema. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Connection } from '../../store/connection.ts';
import { type Migration, checkFormat, createDatabase, migrations } from '../../store/migrate.ts';
import { openStore } from '../../store/open.ts';
import { databaseName } from '../../store/place.ts';
import { storeReport } from '../../store/report.ts';
import { applicationId, formatVersion, schema } from '../../store/schema.ts';
import { startChild } from './children/spawn.ts';
import { recorded, temporaryFolder } from './drafts.ts';
import { expectSample, fillSample } from './sample.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());

const databasePath = (): string => join(folder.path, databaseName);

function unpack(version: number): void {
  const fixture = join(import.meta.dirname, 'fixtures', `version-${version}.json`);
  const packed = JSON.parse(readFileSync(fixture, 'utf8')) as Record<string, string>;
  for (const [name, base64] of Object.entries(packed)) {
    const path = join(folder.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, gunzipSync(Buffer.from(base64, 'base64')));
  }
}

function pragma(name: string): unknown {
  const db = new Database(databasePath());
  const value = db.pragma(name, { simple: true });
  db.close();
  return value;
}

describe('samples of every version', () => {
  const versions = Array.from({ length: formatVersion }, (_, index) => index + 1);

  test.each(versions)('version %i opens, is whole, and takes new work', async (version) => {
    unpack(version);
    const store = openStore(folder.path);
    await expectSample(store, version);
    expect((await recorded(store, 'new', '1')).answer.type).toBe('recorded');
    await store.close();
    expect(pragma('user_version')).toBe(formatVersion);
    expect(storeReport(folder.path).problems).toEqual([]);
  });

  test('the newest sample is what this code writes', async () => {
    unpack(formatVersion);
    const sampled = new Database(databasePath());
    const tables = 'SELECT name, sql FROM sqlite_schema ORDER BY name';
    const before = sampled.prepare(tables).all();
    sampled.close();
    rmSync(databasePath());
    const store = openStore(folder.path);
    await fillSample(store);
    await expectSample(store, formatVersion);
    await store.close();
    const written = new Database(databasePath());
    expect(before).toEqual(written.prepare(tables).all());
    written.close();
  });

  test('there is a way from every version to the next', () => {
    expect(migrations.map((step) => step.from)).toEqual(versions.slice(0, -1));
  });
});

test('a newer format is refused, naming both versions, and left alone', async () => {
  await openStore(folder.path).close();
  pragma('user_version = 99');
  const before = readFileSync(databasePath());
  expect(() => openStore(folder.path)).toThrow(
    expect.objectContaining({
      kind: 'store',
      message: expect.stringMatching(
        new RegExp(`has format 99, and this Colophon knows formats up to ${formatVersion}`),
      ),
    }),
  );
  expect(storeReport(folder.path).problems[0]).toMatch(/has format 99/);
  expect(readFileSync(databasePath())).toEqual(before);
});

describe('migration', () => {
  const newest = formatVersion;
  const [next, last] = [newest + 1, newest + 2];
  const steps: Migration[] = [
    { from: newest, apply: (db) => db.script('CREATE TABLE novelty (name TEXT)') },
    { from: next, apply: (db) => db.script("INSERT INTO novelty VALUES ('third')") },
  ];
  let db: Connection;
  beforeEach(() => {
    createDatabase(databasePath());
    db = new Connection(databasePath());
  });
  afterEach(() => db.close());

  test('goes step by step to the newest version', () => {
    checkFormat(db, steps, last);
    expect(db.pragma('user_version')).toBe(last);
    expect(db.values('SELECT name FROM novelty')).toEqual(['third']);
    checkFormat(db, steps, last);
  });

  test('that fails leaves the older version as it was', () => {
    const failing = [steps[0] as Migration, { from: next, apply: () => db.script('SELECT nonsense') }];
    expect(() => checkFormat(db, failing, last)).toThrow(/nonsense/);
    expect(db.pragma('user_version')).toBe(next);
    checkFormat(db, steps, last);
    expect(db.pragma('user_version')).toBe(last);
  });

  test('that another process did meanwhile is not done again', () => {
    const other = new Connection(databasePath());
    // Between this one's look at the version and its transaction, the other migrates.
    const racing = Object.assign([...steps], {
      find: (wanted: (step: Migration) => boolean) => {
        checkFormat(other, steps, next);
        return steps.find(wanted);
      },
    }) as readonly Migration[];
    checkFormat(db, racing, next);
    other.close();
    expect(db.pragma('user_version')).toBe(next);
    expect(db.values('SELECT count(*) FROM novelty')).toEqual([0]);
  });

  test('without a way is refused', () => {
    const message = `format ${newest} has no way to ${next}`;
    expect(() => checkFormat(db, [], next)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message) }),
    );
  });
});

test('the schema is strict in every table and marked as ours', () => {
  createDatabase(databasePath());
  expect(pragma('application_id')).toBe(applicationId);
  expect(Buffer.from(applicationId.toString(16), 'hex').toString()).toBe('Coph');
  expect(pragma('journal_mode')).toBe('wal');
  const creations = schema.match(/CREATE TABLE[^;]+;/g) ?? [];
  expect(creations.length).toBeGreaterThan(12);
  for (const creation of creations) expect(creation).toMatch(/\) STRICT(, WITHOUT ROWID)?;$/);
});

test('making a database that is there already changes nothing and leaves nothing', () => {
  createDatabase(databasePath());
  const before = readFileSync(databasePath());
  createDatabase(databasePath());
  expect(readFileSync(databasePath())).toEqual(before);
  expect(readdirSync(folder.path)).toEqual([databaseName]);
});

test('processes that open a store that is not there yet all get the same one', async () => {
  const path = join(folder.path, 'new');
  const children = ['a', 'b', 'c', 'd'].map((name) => startChild('lease', path, name, '5'));
  await Promise.all(children.map((child) => child.next()));
  for (const child of children) child.process.stdin?.write('go\n');
  for (const child of children) while ((await child.next()) !== 'done');
  for (const child of children) child.process.stdin?.write('end\n');
  await Promise.all(children.map((child) => child.ended));
  expect(storeReport(path)).toMatchObject({ problems: [], counts: { leases: 5 } });
});

test('looking at a project without a store makes none', async () => {
  const path = join(folder.path, 'project', '.colophon');
  const store = openStore(path, { absent: 'empty' });
  store.memos.set('stat', 'a', '1');
  expect((await recorded(store, 'a', '1')).answer.type).toBe('recorded');
  await store.close();
  expect(existsSync(join(folder.path, 'project'))).toBe(false);
});

test('a store that is there is opened whatever is to be done about absent ones', async () => {
  const store = openStore(folder.path);
  await recorded(store, 'a', '1');
  await store.close();
  const again = openStore(folder.path, { absent: 'empty' });
  expect(again.traces.ofStep('fit@k=6')).toHaveLength(1);
  await again.close();
  await again.close();
});

test('reading writes nothing: the files stay as they were', async () => {
  const store = openStore(folder.path);
  const { trace } = await recorded(store, 'a', '1');
  await store.close();
  const before = readFileSync(databasePath());
  const reader = openStore(folder.path);
  expect(reader.traces.find(trace.key)?.attempt).toBe('attempt-a');
  expect(reader.artifacts.has(trace.outs['value']?.digest as never)).toBe(true);
  reader.traces.findAll([trace.key]);
  reader.traces.stagePrices();
  reader.runs.list();
  await reader.close();
  expect(readFileSync(databasePath())).toEqual(before);
  expect(readdirSync(folder.path)).toEqual([databaseName]);
});
