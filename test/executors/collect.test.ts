/** What of a scratch folder is taken as outs, and what is refused. */
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectOuts, OutError, undeclared } from '../../src/executors/collect.ts';
import type { Out } from '../../src/model/executor.ts';

let folder: string;
let scratch: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-')));
  scratch = join(folder, 'scratch');
  mkdirSync(scratch);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text = path): string => {
  const at = join(scratch, path);
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, text);
  return at;
};
const link = (target: string, path: string) => {
  mkdirSync(dirname(join(scratch, path)), { recursive: true });
  symlinkSync(target, join(scratch, path));
};

/** Paths that end in `/` are folders. */
const declared = (outs: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(outs).map(([role, path]) => {
      const out = { path: path.replace(/\/$/, ''), folder: path.endsWith('/') };
      return [role, { ...out, compare: { type: 'bytes' } as const }];
    }),
  );
const collect = (outs: Readonly<Record<string, string>>) => collectOuts(declared(outs), scratch);

/** Path to text. */
function textsOf(out: Out | undefined): Record<string, string> {
  if (out?.type !== 'folder') throw new Error('the out is no folder');
  const entries = out.entries.map(({ path, content }) => [
    path,
    content.type === 'file' ? readFileSync(content.path, 'utf8') : '',
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

async function refusal(outs: Readonly<Record<string, string>>): Promise<string> {
  const error: unknown = await collect(outs).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OutError);
  return (error as OutError).message;
}

describe('a file', () => {
  test('is given by its path', async () => {
    const path = write('out/model.json');
    expect(await collect({ model: 'out/model.json' })).toEqual({ model: { type: 'file', path } });
  });

  test('that has a second name is given as a copy, so that no one else can write to it', async () => {
    const path = write('model.json', 'kept');
    const elsewhere = join(folder, 'elsewhere');
    linkSync(path, elsewhere);
    await collect({ model: 'model.json' });
    writeFileSync(elsewhere, 'changed');
    expect([readFileSync(path, 'utf8'), lstatSync(path).nlink]).toEqual(['kept', 1]);
  });

  test('is missing where the command did not write it', async () => {
    expect(await refusal({ model: 'model.json' })).toBe(
      'out "model" (model.json) is missing: the command did not write it',
    );
  });

  test('is neither a folder nor a link, nor is a folder a file', async () => {
    mkdirSync(join(scratch, 'model'));
    expect(await refusal({ model: 'model' })).toBe('out "model" (model) is a folder, not a file');
    write('file');
    expect(await refusal({ parts: 'file/' })).toBe('out "parts" (file) is a file, not a folder');
    link('file', 'linked');
    expect(await refusal({ model: 'linked' })).toContain('is a symbolic link; write the file itself');
  });

  test('is not taken through a folder that is a link to elsewhere', async () => {
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other/model.json'), 'not ours');
    link(join(folder, 'other'), 'out');
    expect(await refusal({ model: 'out/model.json' })).toBe(
      'out "model" (out/model.json) lies outside the scratch folder, through a symbolic link',
    );
  });
});

describe('a folder', () => {
  test('is given with its files sorted by code unit, and their executable bits', async () => {
    for (const path of ['parts/b', 'parts/a/z', 'parts/C']) write(path);
    chmodSync(join(scratch, 'parts/b'), 0o755);
    const { parts } = await collect({ parts: 'parts/' });
    expect(parts).toMatchObject({
      entries: [
        { path: 'C', executable: false },
        { path: 'a/z', executable: false },
        { path: 'b', executable: true },
      ],
    });
  });

  test('may be empty', async () => {
    mkdirSync(join(scratch, 'parts'));
    expect(await collect({ parts: 'parts/' })).toEqual({ parts: { type: 'folder', entries: [] } });
  });

  test('has links to what it holds, files and folders, as what they point to', async () => {
    write('parts/deep/one', '1');
    link('deep/one', 'parts/also');
    link('deep', 'parts/twice');
    const { parts } = await collect({ parts: 'parts/' });
    expect(textsOf(parts)).toEqual({ also: '1', 'deep/one': '1', 'twice/one': '1' });
  });

  test.each([
    ['outside of it', '../secret', 'leads outside it or to a folder around it'],
    ['to itself', '.', 'leads outside it or to a folder around it'],
    ['nowhere', 'gone', 'leads nowhere'],
  ])('with a link that leads %s is refused', async (_, target, because) => {
    write('secret');
    write('parts/file');
    link(target, 'parts/link');
    expect(await refusal({ parts: 'parts/' })).toBe(
      `out "parts" holds the symbolic link link, which ${because}`,
    );
  });

  test('with two names that are one on some file systems is refused', async () => {
    write('parts/a.csv');
    write('parts/A.csv');
    expect(await refusal({ parts: 'parts/' })).toContain('holds "A.csv" and "a.csv", one name on some');
  });
});

test('what is neither an input nor an out is told', () => {
  for (const path of ['in/table.csv', 'parts/a', 'parts.log', 'core', 'cache/x']) write(path);
  const outs = declared({ parts: 'parts/', core: 'core' });
  expect(undeclared(scratch, new Set(['in/table.csv']), outs)).toEqual(['cache/x', 'parts.log']);
});
