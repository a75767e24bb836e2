/** Files of artifacts: placed whole, shared where links are possible, copied where they are not. */
import type * as Fs from 'node:fs';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { ObjectFiles } from '../../store/files.ts';
import { someBytes, temporaryFolder } from './drafts.ts';

const links = vi.hoisted(() => ({ possible: true }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  const linkSync: typeof fs.linkSync = (from, to) => {
    if (!links.possible) throw Object.assign(new Error('no hard links here'), { code: 'EPERM' });
    fs.linkSync(from, to);
  };
  return { ...fs, linkSync };
});

const bytes = someBytes(20_000);
const digest = digestOf(bytes);

let folder: ReturnType<typeof temporaryFolder>;
let files: ObjectFiles;
beforeEach(() => {
  folder = temporaryFolder();
  files = new ObjectFiles(folder.path);
});
afterEach(() => folder.remove());

describe.each([
  ['where files can have two names', true],
  ['where they cannot', false],
])('%s', (_, possible) => {
  beforeEach(() => void (links.possible = possible));
  afterEach(() => void (links.possible = true));

  test('a file is placed by its digest and stays readable where it came in', async () => {
    const path = files.write(bytes);
    await files.seal(path);
    files.place(path, digest);
    expect(files.path(digest)).toBe(join(folder.path, 'objects', digest.slice(0, 2), digest));
    for (const one of [path, files.path(digest)]) expect(readFileSync(one)).toEqual(Buffer.from(bytes));
    expect(statSync(path).ino === statSync(files.path(digest)).ino).toBe(possible);
    expect(files.sound(digest, bytes.length)).toBe(true);
    expect(files.sound(digest, bytes.length + 1)).toBe(false);
    await files.syncFolders();
  });

  test('a file takes the place of whatever lay there', () => {
    mkdirSync(join(files.path(digest), '..'), { recursive: true });
    writeFileSync(files.path(digest), 'something else');
    files.place(files.write(bytes), digest);
    expect(readFileSync(files.path(digest))).toEqual(Buffer.from(bytes));
  });

  test('placing twice, or sharing what is shared, leaves nothing over', () => {
    const path = files.write(bytes);
    files.place(path, digest);
    files.place(path, digest);
    files.share(path, digest);
    files.share(path, digest);
    expect(readdirSync(join(folder.path, 'incoming'))).toHaveLength(1);
    files.close();
    expect(readdirSync(join(folder.path, 'incoming'))).toEqual([]);
    expect(readFileSync(files.path(digest))).toEqual(Buffer.from(bytes));
  });
});

test('only files named by their digest are listed', () => {
  files.place(files.write(bytes), digest);
  writeFileSync(join(folder.path, 'objects', digest.slice(0, 2), 'notes.txt'), 'mine');
  writeFileSync(join(folder.path, 'objects', 'stray'), 'mine');
  expect([...files.list()].map(({ name, size }) => [name, size])).toEqual([[digest, bytes.length]]);
});

test('leftovers are those of others', () => {
  files.write(bytes);
  const other = new ObjectFiles(folder.path);
  expect(files.leftovers()).toEqual([]);
  expect(other.leftovers().map(({ size }) => size)).toEqual([bytes.length]);
});

test('where nothing came in yet nothing is listed, and nothing is made', () => {
  expect([...files.list(), ...files.leftovers()]).toEqual([]);
  files.remove(digest);
  files.moveAside(digest, join(folder.path, 'aside'));
  files.close();
  expect(readdirSync(folder.path)).toEqual([]);
  expect(existsSync(join(folder.path, 'aside'))).toBe(false);
});
