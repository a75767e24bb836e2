/** Content comes in as the very bytes that were hashed; what changes meanwhile is copied again or refused. */
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { InvariantError } from '../../src/base/invariant.ts';
import { type LocalStore, inlineLimit } from '../../store/local.ts';
import { openStore } from '../../store/open.ts';
import { draftOf, outOf, someBytes, strict, temporaryFolder } from './drafts.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: LocalStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStore(join(folder.path, '.colophon'));
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const pathOf = (name: string): string => join(folder.path, name);

/** Appends to a file as fast as may be until told to stop. */
function keepChanging(path: string): () => void {
  let changing = true;
  const change = (): void => {
    if (!changing) return;
    appendFileSync(path, 'x');
    setImmediate(change);
  };
  change();
  return () => void (changing = false);
}

describe('a file that is put', () => {
  test('and changes all the while is refused after three tries', async () => {
    const path = pathOf('growing');
    writeFileSync(path, someBytes(4_000_000));
    const stop = keepChanging(path);
    await expect(store.artifacts.put({ type: 'file', path })).rejects.toMatchObject({
      kind: 'usage',
      message: `changing while read: ${path}`,
    });
    stop();
    expect(readdirSync(pathOf('.colophon/incoming'))).toEqual([]);
  });

  test('and changes once is copied again, whole', async () => {
    const path = pathOf('written');
    writeFileSync(path, someBytes(8_000_000));
    const putting = store.artifacts.put({ type: 'file', path });
    writeFileSync(path, someBytes(8_000_000, 2));
    expect(await putting).toBe(digestOf(someBytes(8_000_000, 2)));
  });

  test('stays where it is, with its own permissions', async () => {
    const path = pathOf('mine');
    writeFileSync(path, someBytes(50_000), { mode: 0o600 });
    const digest = await store.artifacts.put({ type: 'file', path });
    await store.flush();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const content = store.artifacts.content(digest) as { path: string };
    expect(statSync(content.path).mode & 0o777).toBe(0o444);
    expect(statSync(content.path).ino).not.toBe(statSync(path).ino);
  });

  test('may be reached through a link', async () => {
    writeFileSync(pathOf('target'), someBytes(40_000));
    symlinkSync(pathOf('target'), pathOf('link'));
    const digest = await store.artifacts.put({ type: 'file', path: pathOf('link') });
    expect(digest).toBe(digestOf(someBytes(40_000)));
  });

  test('that is a folder is a usage fault', async () => {
    mkdirSync(pathOf('inner'));
    await expect(store.artifacts.put({ type: 'file', path: pathOf('inner') })).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/^a folder, not a file: /),
    });
  });

  test('of any size around the limit is named and read back alike', async () => {
    for (const size of [inlineLimit - 1, inlineLimit, inlineLimit + 1, (1 << 20) + 1]) {
      writeFileSync(pathOf('file'), someBytes(size));
      const digest = await store.artifacts.put({ type: 'file', path: pathOf('file') });
      expect(digest).toBe(digestOf(someBytes(size)));
      await store.flush();
      expect(store.artifacts.content(digest).type).toBe(size > inlineLimit ? 'file' : 'bytes');
    }
  });
});

describe('a path that was given out', () => {
  test('before the commit can still be read after it', async () => {
    const digest = await store.artifacts.put({ type: 'bytes', bytes: someBytes(50_000) });
    const early = store.artifacts.content(digest) as { path: string };
    await store.flush();
    const late = store.artifacts.content(digest) as { path: string };
    expect(late.path).not.toBe(early.path);
    expect(readFileSync(early.path)).toEqual(readFileSync(late.path));
    expect(statSync(early.path).ino).toBe(statSync(late.path).ino);
  });

  test('for bytes that were there already shares their disk space', async () => {
    const put = () => store.artifacts.put({ type: 'bytes', bytes: someBytes(50_000) });
    await put();
    const recording = store.traces.record(
      draftOf('a'),
      { value: outOf({ type: 'bytes', bytes: someBytes(50_000) }) },
      strict,
    );
    const content = store.artifacts.content(recording.trace.outs['value']?.digest as Digest) as {
      path: string;
    };
    await recording.settled;
    const placed = store.artifacts.content(digestOf(someBytes(50_000))) as { path: string };
    for (const name of readdirSync(pathOf('.colophon/incoming')))
      expect(statSync(join(pathOf('.colophon/incoming'), name)).ino).toBe(statSync(placed.path).ino);
    expect(readFileSync(content.path)).toEqual(Buffer.from(someBytes(50_000)));
  });

  test('is gone once the store is closed, and nothing else is left in incoming', async () => {
    await store.artifacts.put({ type: 'bytes', bytes: someBytes(50_000) });
    await store.close();
    expect(readdirSync(pathOf('.colophon/incoming'))).toEqual([]);
  });
});

const record = (path: string) =>
  store.traces.record(draftOf(path), { value: outOf({ type: 'file', path }, 'bin') }, strict);

describe('an out', () => {
  test('that is a large file is taken over by renaming', async () => {
    writeFileSync(pathOf('out'), someBytes(50_000));
    const { ino } = statSync(pathOf('out'));
    const { trace, settled } = record(pathOf('out'));
    expect(existsSync(pathOf('out'))).toBe(false);
    await settled;
    const content = store.artifacts.content(trace.outs['value']?.digest as Digest) as { path: string };
    expect(statSync(content.path).ino).toBe(ino);
    expect(trace.outs['value']).toEqual({
      digest: digestOf(someBytes(50_000)),
      size: 50_000,
      kind: 'number/1',
      extension: 'bin',
    });
  });

  test('that another name shares is copied: writing by that name changes nothing', async () => {
    writeFileSync(pathOf('shared'), someBytes(50_000));
    linkSync(pathOf('shared'), pathOf('out'));
    const { trace, settled } = record(pathOf('out'));
    writeFileSync(pathOf('shared'), 'overwritten');
    await settled;
    expect(store.artifacts.read(trace.outs['value']?.digest as Digest)).toEqual(someBytes(50_000));
  });

  test("that is another artifact's own file does not take it away", async () => {
    const digest = await store.artifacts.put({ type: 'bytes', bytes: someBytes(50_000) });
    await store.close();
    store = openStore(join(folder.path, '.colophon'));
    const { path } = store.artifacts.content(digest) as { path: string };
    const { trace, settled } = record(path);
    expect(existsSync(path)).toBe(true);
    expect(trace.outs['value']?.digest).toBe(digest);
    await settled;
    expect(store.artifacts.read(digest)).toEqual(someBytes(50_000));
  });

  test('that is no regular file is our own mistake', () => {
    mkdirSync(pathOf('inner'));
    for (const path of [pathOf('inner'), pathOf('nothing')])
      expect(() => record(path)).toThrow(InvariantError);
  });
});
