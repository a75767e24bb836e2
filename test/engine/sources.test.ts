/** Digests of files and folders: read once, remembered by stat, and copied where a run asks for it. */
import fs, {
  chmodSync,
  mkdirSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { Context } from '../../src/engine/context.ts';
import { type SourceDep, sources } from '../../src/engine/sources.ts';
import { isSettled, lookAt } from '../../src/engine/stat.ts';
import { newWitness } from '../../src/engine/witness.ts';
import { folderDigest } from '../../src/model/folder.ts';
import { type Bench, bench } from './support/bench.ts';

let on: Bench;
let context: Context;

beforeEach(() => {
  on = bench();
  context = { ...on.context(), now: () => Date.now() + 60_000 };
});
afterEach(() => on.remove());

const dep = (path: string, settings: Partial<SourceDep> = {}): SourceDep => ({
  path,
  pin: true,
  exclude: [],
  ...settings,
});
const look = (path: string, { pin = false, ...settings }: Partial<SourceDep> = {}) =>
  sources(context, pin).source(dep(path, { ...settings, pin: true }));

/** How many times content is read from files while something happens. */
async function readsDuring(work: () => Promise<unknown>): Promise<number> {
  const { readFileSync } = fs;
  let reads = 0;
  const counting = (...args: Parameters<typeof readFileSync>) => {
    reads += 1;
    return readFileSync(...args);
  };
  Object.assign(fs, { readFileSync: counting });
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(fs, { readFileSync });
    syncBuiltinESMExports();
  }
  return reads;
}

describe('a file', () => {
  test('is named by the digest of its bytes', async () => {
    on.write({ 'data.txt': 'words' });
    expect(await look('data.txt')).toEqual({ digest: digestOf('words'), shape: 'file' });
  });

  test('is read once, and not again while its stat is the same', async () => {
    on.write({ 'data.txt': 'words' });
    expect(await readsDuring(() => look('data.txt'))).toBe(1);
    expect(await readsDuring(() => look('data.txt'))).toBe(0);
  });

  test.each<[string, () => void]>([
    ['other bytes', () => on.write({ 'data.txt': 'other words' })],
    [
      'other bytes of the same length and time',
      () => {
        const { atime, mtime } = statSync(join(on.root, 'data.txt'));
        on.write({ 'data.txt': 'sword' });
        utimesSync(join(on.root, 'data.txt'), atime, mtime);
      },
    ],
    [
      'another file in its place',
      () => {
        on.write({ 'other.txt': 'sword' });
        renameSync(join(on.root, 'other.txt'), join(on.root, 'data.txt'));
      },
    ],
    ['another time alone', () => utimesSync(join(on.root, 'data.txt'), new Date(0), new Date(0))],
  ])('is read again with %s', async (_, change) => {
    on.write({ 'data.txt': 'words' });
    await look('data.txt');
    change();
    expect(await readsDuring(() => look('data.txt'))).toBe(1);
    expect((await look('data.txt')).digest).toBe(digestOf(fs.readFileSync(join(on.root, 'data.txt'))));
  });

  test('is read again while it was written less than two seconds before', async () => {
    context = { ...context, now: Date.now };
    on.write({ 'data.txt': 'words' });
    await look('data.txt');
    expect(await readsDuring(() => look('data.txt'))).toBe(1);
    expect(context.witness.stats()).toBeUndefined();
  });

  test('is copied where a run asks, and the digest is that of the copy', async () => {
    on.write({ 'data.txt': 'words' });
    await look('data.txt');
    expect(on.store.artifacts.has(digestOf('words'))).toBe(false);
    await look('data.txt', { pin: true });
    expect(on.store.artifacts.has(digestOf('words'))).toBe(true);
  });

  test('is copied again where the store lost the copy', async () => {
    on.write({ 'data.txt': 'words' });
    await look('data.txt', { pin: true });
    await on.store.artifacts.quarantine(digestOf('words'));
    await look('data.txt', { pin: true });
    expect(on.store.artifacts.has(digestOf('words'))).toBe(true);
  });

  test('has one answer in a plan, whatever happens to it meanwhile', async () => {
    on.write({ 'data.txt': 'words' });
    const plan = sources(context, true);
    const first = await plan.source(dep('data.txt'));
    on.write({ 'data.txt': 'other' });
    expect(await plan.source(dep('data.txt'))).toEqual(first);
  });

  test('that is not pinned is not copied, though another dep pins it', async () => {
    on.write({ 'data.txt': 'words' });
    const plan = sources(context, true);
    await plan.source(dep('data.txt', { pin: false }));
    expect(on.store.artifacts.has(digestOf('words'))).toBe(false);
    await plan.source(dep('data.txt'));
    expect(on.store.artifacts.has(digestOf('words'))).toBe(true);
  });

  test('that is not there is refused by its path', async () => {
    await expect(look('data.txt')).rejects.toThrow('there is no file or folder data.txt');
  });
});

describe('a folder', () => {
  const entry = (path: string, text: string, executable = false) => ({
    path,
    executable,
    digest: digestOf(text),
  });

  beforeEach(() => on.write({ 'notes/b.md': 'b', 'notes/a/x.md': 'x', 'notes/a.md': 'a' }));

  test('is named by its files, sorted by the code units of their paths', async () => {
    const { digest, shape } = await look('notes');
    expect({ digest, shape }).toEqual({
      digest: folderDigest([entry('a.md', 'a'), entry('a/x.md', 'x'), entry('b.md', 'b')]),
      shape: 'folder',
    });
  });

  test.each<[string, () => void]>([
    ['a file added', () => on.write({ 'notes/c.md': 'c' })],
    ['a file changed', () => on.write({ 'notes/a/x.md': 'y' })],
    ['a file renamed', () => renameSync(join(on.root, 'notes/b.md'), join(on.root, 'notes/c.md'))],
    ['a file made executable', () => chmodSync(join(on.root, 'notes/b.md'), 0o755)],
    ['a file removed', () => fs.rmSync(join(on.root, 'notes/b.md'))],
  ])('has another name with %s', async (_, change) => {
    const before = await look('notes');
    change();
    expect((await look('notes')).digest).not.toBe(before.digest);
  });

  test('has the same name with an empty folder, another time, or a file written anew', async () => {
    const before = await look('notes');
    mkdirSync(join(on.root, 'notes/empty'));
    on.write({ 'notes/b.md': 'b' });
    utimesSync(join(on.root, 'notes/a.md'), new Date(0), new Date(0));
    expect((await look('notes')).digest).toBe(before.digest);
  });

  test('leaves out what is excluded', async () => {
    const { digest } = await look('notes', { exclude: ['a', '*.tmp'] });
    expect(digest).toBe(folderDigest([entry('a.md', 'a'), entry('b.md', 'b')]));
    on.write({ 'notes/c.tmp': '' });
    expect((await look('notes', { exclude: ['a', '*.tmp'] })).digest).toBe(digest);
  });

  test('has its files read once each', async () => {
    expect(await readsDuring(() => look('notes'))).toBe(3);
    expect(await readsDuring(() => look('notes'))).toBe(0);
    on.write({ 'notes/b.md': 'other' });
    expect(await readsDuring(() => look('notes'))).toBe(1);
  });

  test('is copied with all its files where a run asks', async () => {
    const { digest } = await look('notes', { pin: true });
    const files = on.store.artifacts
      .folder(digest)
      .map(({ path, content }) => [
        path,
        content.type === 'bytes' ? new TextDecoder().decode(content.bytes) : '',
      ]);
    expect(files).toEqual([
      ['a.md', 'a'],
      ['a/x.md', 'x'],
      ['b.md', 'b'],
    ]);
  });

  test('is walked anew each time, so no stat vouches for it', async () => {
    await look('notes');
    expect(context.witness.stats()).toBeUndefined();
  });

  test('may be a link', async () => {
    symlinkSync('notes', join(on.root, 'linked'));
    expect((await look('linked')).digest).toBe((await look('notes')).digest);
  });
});

describe('the rule of two seconds', () => {
  test('counts from the later of the two times of a file', () => {
    const path = join(on.root, 'data.txt');
    writeFileSync(path, 'words');
    utimesSync(path, new Date(0), new Date(0));
    const found = lookAt(path) as NonNullable<ReturnType<typeof lookAt>>;
    const changed = Number(found.ctimeMs);
    expect([1999, 2002].map((later) => isSettled(found, changed + later))).toEqual([false, true]);
  });
});

describe('the witness', () => {
  test('vouches for the files that were looked at, by their stats', async () => {
    on.write({ 'a.txt': 'a', 'b.txt': 'b' });
    await look('a.txt');
    await look('b.txt');
    expect(Object.keys(context.witness.stats() ?? {})).toEqual([
      join(on.root, 'a.txt'),
      join(on.root, 'b.txt'),
    ]);
    context = { ...context, witness: newWitness() };
    await look('a.txt');
    expect(Object.keys(context.witness.stats() ?? {})).toEqual([join(on.root, 'a.txt')]);
  });
});
