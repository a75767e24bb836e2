/** The files of a folder: sorted by code units, links inside followed, and what could differ elsewhere refused. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { walkFolder } from '../../src/engine/folder-walk.ts';
import { Fault } from '../../src/model/fault.ts';
import { type Bench, bench } from './support/bench.ts';

let on: Bench;
let folder: string;

beforeEach(() => {
  on = bench();
  folder = join(on.root, 'data');
  mkdirSync(folder);
});
afterEach(() => on.remove());

/** Writes empty files below the folder. */
const write = (...paths: readonly string[]) =>
  on.write(Object.fromEntries(paths.map((path) => [`data/${path}`, ''])));
const paths = (exclude: readonly string[] = []) => walkFolder(folder, exclude).map(({ path }) => path);
const link = (to: string, path: string) => symlinkSync(to, join(folder, path));

describe('the files of a folder', () => {
  test('are sorted by the code units of their whole path, not folder by folder', () => {
    write('b/x', 'b.txt', 'b-1', 'a', 'B', 'é', 'b/c/y');
    expect(paths()).toEqual(['B', 'a', 'b-1', 'b.txt', 'b/c/y', 'b/x', 'é']);
  });

  test('are none where there are none: empty folders do not count', () => {
    mkdirSync(join(folder, 'empty/within'), { recursive: true });
    expect(paths()).toEqual([]);
  });

  test('are told with where they lie and whether they may be executed', () => {
    write('plain', 'script');
    chmodSync(join(folder, 'plain'), 0o655);
    chmodSync(join(folder, 'script'), 0o744);
    expect(walkFolder(folder, [])).toMatchObject([
      { path: 'plain', absolute: join(folder, 'plain'), executable: false },
      { path: 'script', absolute: join(folder, 'script'), executable: true },
    ]);
  });

  test('have a stat that changes with them', () => {
    write('a');
    const before = walkFolder(folder, [])[0]?.stat;
    expect(walkFolder(folder, [])[0]?.stat).toBe(before);
    writeFileSync(join(folder, 'a'), 'longer');
    expect(walkFolder(folder, [])[0]?.stat).not.toBe(before);
  });

  test('are not those of .git and .colophon, at any depth', () => {
    write('.git/config', 'sub/.git/config', '.colophon/store.sqlite', '.gitignore', 'sub/kept');
    expect(paths()).toEqual(['.gitignore', 'sub/kept']);
  });

  test('are not those that a glob excludes, whole folders too', () => {
    write('a.log', 'sub/b.log', 'sub/b.txt', 'raw/1', 'raw/deep/2');
    expect(paths(['*.log'])).toEqual(['raw/1', 'raw/deep/2', 'sub/b.log', 'sub/b.txt']);
    expect(paths(['**/*.log', 'raw'])).toEqual(['sub/b.txt']);
    expect(paths(['raw/*'])).toEqual(['a.log', 'sub/b.log', 'sub/b.txt']);
  });
});

describe('a link', () => {
  test('to a file inside counts as that file, executable or not as that one is', () => {
    write('file');
    chmodSync(join(folder, 'file'), 0o755);
    link('file', 'link');
    expect(walkFolder(folder, [])).toMatchObject([
      { path: 'file', executable: true },
      { path: 'link', absolute: join(folder, 'link'), executable: true },
    ]);
  });

  test('to a folder inside counts as its files again', () => {
    write('sub/x');
    link('sub', 'link');
    expect(paths()).toEqual(['link/x', 'sub/x']);
  });

  test('may be the folder itself', () => {
    write('x');
    symlinkSync(folder, join(on.root, 'other'));
    expect(walkFolder(join(on.root, 'other'), []).map(({ path }) => path)).toEqual(['x']);
  });

  test.each([
    ['out of the folder, to a file', () => (on.write({ outside: '' }), '../outside'), 'outside the folder'],
    ['out of the folder, to a folder', () => '..', 'outside the folder'],
    ['nowhere', () => 'gone', 'leads nowhere'],
    ['to itself', () => 'link', 'leads nowhere'],
    ['to the folder that holds it', () => '.', 'a link to a folder that holds it'],
  ])('that leads %s is refused, unless it is excluded', (_, to, message) => {
    link(to(), 'link');
    expect(() => paths()).toThrow(Fault);
    expect(() => paths()).toThrow(message);
    expect(paths(['link'])).toEqual([]);
  });

  test('further down that leads to a folder above it is refused', () => {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    link('..', 'a/b/up');
    expect(() => paths()).toThrow('a link to a folder that holds it');
  });
});

describe('refused', () => {
  test('is what is neither a file nor a folder', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(() => paths()).toThrow(/pipe is neither a file nor a folder/);
    expect(paths(['pipe'])).toEqual([]);
  });

  test.each([
    ['case', 'Data.csv', 'data.csv'],
    ['the case of a folder', 'Sub/x', 'sub/X'],
    ['the normal form of a letter', 'e\u0301', '\u00e9'],
  ])('are two names that differ by %s alone', (_, one, other) => {
    write(one);
    expect(paths()).toHaveLength(1);
    write(other);
    // A file system that itself takes both for one name leaves nothing to refuse.
    const both = () => paths().length;
    expect(both).toThrow(`"${[one, other].sort()[0]}" and "${[one, other].sort()[1]}" are one name`);
  });
});
