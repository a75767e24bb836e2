/** The launcher under a Node that is too old: it hands over to the pinned one, or says what is needed. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../support/imports.ts';

const built = join(root, 'dist/colophon.js');
const folder = mkdtempSync(join(tmpdir(), 'colophon-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('names nothing of Node that an older one lacks, which would end it before it could say a word', () => {
  const text = readFileSync(built, 'utf8');
  const statements = text.match(/^import [^;]+ from ['"]node:[^;]+/gm) ?? [];
  const names = statements.flatMap((each) => (/\{(.*)\}/.exec(each)?.[1] ?? '').match(/\w+/g) ?? []);
  const old = new Set([
    'spawn',
    'existsSync',
    'dirname',
    'join',
    'fileURLToPath',
    'createRequire',
    'createRequireHere',
    'as',
  ]);
  expect(statements.length).toBeGreaterThan(3);
  expect(names.filter((name) => !old.has(name))).toEqual([]);
  expect(text).not.toContain('import.meta.dirname');
});

/** A Node before 22 on this machine, if there is one. */
const oldNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((path) => join(path, 'node'))
  .filter((path) => existsSync(path))
  .find((path) => {
    const major = Number(/^v(\d+)/.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout)?.[1]);
    return major < 22;
  });
const withOldNode = test.skipIf(oldNode === undefined);

withOldNode(
  'an old Node hands over to the pinned one, exit code and all (skipped where PATH has none)',
  () => {
    const at = (...args: string[]) =>
      spawnSync(oldNode as string, [built, ...args], { encoding: 'utf8', cwd: folder });
    expect(at('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { status, stderr } = at('run');
    expect(stderr).toContain('there is no pipeline.yaml here or above');
    expect(status).toBe(2);
  },
);

withOldNode('an old Node alone is told what is needed, exit 78 (skipped where PATH has none)', () => {
  mkdirSync(join(folder, 'alone/dist'), { recursive: true });
  copyFileSync(built, join(folder, 'alone/dist/colophon.js'));
  writeFileSync(join(folder, 'alone/package.json'), '{"type": "module"}');
  const { status, stderr } = spawnSync(oldNode as string, [join(folder, 'alone/dist/colophon.js')], {
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/^colophon needs Node >= 22\.18, found v\d+\.\d+\.\d+; install it, or run `npm ci`/);
  expect(status).toBe(78);
});

test('this Node starts it at once, through a link as npm makes one too', () => {
  symlinkSync(built, join(folder, 'linked'));
  const { stdout } = spawnSync(process.execPath, [join(folder, 'linked'), '--version'], { encoding: 'utf8' });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
