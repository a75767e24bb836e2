/** Watching files: what counts as a change, what does not, and when it is told. */
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { statOf } from '../../../src/engine/stat.ts';
import { type FileWatch, type Looked, watchFiles } from '../../../src/cli/watching/files.ts';

let folder: string;
let files: FileWatch;
let stop: AbortController;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-watch-')));
  files = watchFiles({ quiet: 50, patience: 100 });
  stop = new AbortController();
  put('a', '1');
  put('b', '1');
});
afterEach(() => {
  stop.abort();
  files.close();
  rmSync(folder, { recursive: true });
});

const path = (name: string) => join(folder, name);
const put = (name: string, text: string) => writeFileSync(path(name), text);
const read = (...names: string[]): Looked => new Map(names.map((name) => [path(name), statOf(path(name))]));
const next = () => files.next(stop.signal);

test('a file that changes is told', async () => {
  files.follow(read('a'));
  const told = next();
  put('a', '22');
  expect(await told).toEqual([path('a')]);
});

test('a file that changed after it was read and before it was watched is told at once', async () => {
  const looked = read('a');
  put('a', '22');
  files.follow(looked);
  expect(await next()).toEqual([path('a')]);
});

test('several changes in one breath are told once, together', async () => {
  files.follow(read('a', 'b'));
  const told = next();
  put('a', '22');
  put('b', '22');
  put('a', '333');
  expect(await told).toEqual([path('a'), path('b')]);
});

test('a file that an editor replaces is told, and so is the next edit', async () => {
  files.follow(read('a'));
  for (const text of ['22', '333']) {
    const told = next();
    put('draft', text);
    renameSync(path('draft'), path('a'));
    expect(await told).toEqual([path('a')]);
    files.follow(read('a'));
  }
});

test('a file that is missing is told when it comes', async () => {
  files.follow(read('new/c'));
  const told = next();
  mkdirSync(path('new'));
  put('new/c', '1');
  expect(await told).toEqual([path('new/c')]);
});

test('anything in a folder is told, in folders below it too, but not what no tool reads', async () => {
  mkdirSync(path('deep/er'), { recursive: true });
  mkdirSync(path('node_modules'));
  files.follow(new Map([[folder, 'folder']]));
  const told = next();
  put('node_modules/x', '1');
  put('deep/er/c', '1');
  expect(await told).toEqual([path('deep/er/c')]);
});

test('a file that nobody read is no change', async () => {
  files.follow(read('a'));
  const told = next();
  put('b', '22');
  setTimeout(() => stop.abort(), 400);
  expect(await told).toBeUndefined();
});

test('a change is told once, though nothing new is learned of the file', async () => {
  files.follow(read('a'));
  put('a', '22');
  expect(await next()).toEqual([path('a')]);
  const again = next();
  setTimeout(() => stop.abort(), 400);
  expect(await again).toBeUndefined();
});
