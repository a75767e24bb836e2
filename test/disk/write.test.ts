/** Files are written whole, with the folders on their way, and leave no draft behind. */
import { linkSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from '../../src/disk/write.ts';
import { temporaryFolder } from '../store/drafts.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

test('a file is written with the folders on its way, and no draft stays', () => {
  writeWhole(join(folder.path, 'a/b/file.txt'), 'content');
  expect(readFileSync(join(folder.path, 'a/b/file.txt'), 'utf8')).toBe('content');
  expect(readdirSync(join(folder.path, 'a/b'))).toEqual(['file.txt']);
});

test('what was there before is replaced and not written to', () => {
  const [path, other] = [join(folder.path, 'file'), join(folder.path, 'second name')];
  writeFileSync(path, 'before');
  linkSync(path, other);
  writeWhole(path, new TextEncoder().encode('after'));
  expect([path, other].map((each) => readFileSync(each, 'utf8'))).toEqual(['after', 'before']);
});

test('a file gets the mode that is asked for', () => {
  writeWhole(join(folder.path, 'run'), '#!/bin/sh', 0o755);
  writeWhole(join(folder.path, 'read'), 'text', 0o644);
  const modes = ['run', 'read'].map((name) => statSync(join(folder.path, name)).mode & 0o111);
  expect(modes).toEqual([0o111, 0]);
});

test('a folder in its place is refused, and stays', () => {
  mkdirSync(join(folder.path, 'taken/inner'), { recursive: true });
  expect(() => writeWhole(join(folder.path, 'taken'), 'text')).toThrow(/EISDIR|EEXIST|ENOTEMPTY/);
  expect(readdirSync(join(folder.path, 'taken'))).toEqual(['inner']);
});
