/** Laws of artifacts: named by their bytes, complete, read back as they were. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Digest, digestOf } from '../../../src/base/digest.ts';
import { folderDigest } from '../../../src/model/folder.ts';
import { inlineLimit } from '../../../store/local.ts';
import { allOf, someBytes, temporaryFolder, textBytes, textContent } from '../drafts.ts';
import type { Open } from '../laws.ts';
import { lawsOf } from './using.ts';

const nowhere = digestOf('never put');

export function artifactLaws(open: Open): void {
  const law = lawsOf(open);

  law('the digest is that of the bytes, whatever their number', async ({ store }) => {
    for (const length of [0, 1, inlineLimit, inlineLimit + 1, 3_000_000]) {
      const bytes = someBytes(length);
      const digest = await store.artifacts.put({ type: 'bytes', bytes });
      expect(digest).toBe(digestOf(bytes));
      expect(store.artifacts.size(digest)).toBe(length);
      expect(digestOf(store.artifacts.read(digest))).toBe(digest);
    }
  });

  law('what was put is readable before and after it is durable', async ({ store, elsewhere }) => {
    for (const length of [10, inlineLimit + 10]) {
      const digest = await store.artifacts.put({ type: 'bytes', bytes: someBytes(length) });
      expect(store.artifacts.has(digest)).toBe(true);
      expect(store.artifacts.read(digest)).toEqual(someBytes(length));
      await store.flush();
      expect(store.artifacts.read(digest)).toEqual(someBytes(length));
      expect(elsewhere().artifacts.read(digest)).toEqual(someBytes(length));
    }
  });

  law('a file is copied in: changing it later changes nothing', async ({ store }) => {
    const folder = temporaryFolder();
    try {
      for (const length of [10, inlineLimit + 10]) {
        const path = join(folder.path, `file-${length}`);
        writeFileSync(path, someBytes(length));
        const digest = await store.artifacts.put({ type: 'file', path });
        writeFileSync(path, 'something else');
        expect(store.artifacts.read(digest)).toEqual(someBytes(length));
      }
    } finally {
      folder.remove();
    }
  });

  law('bytes that the caller changes after putting them are kept as they were', async ({ store }) => {
    for (const length of [10, inlineLimit + 10]) {
      const bytes = someBytes(length);
      const digest = await store.artifacts.put({ type: 'bytes', bytes });
      bytes.fill(0);
      expect(digestOf(store.artifacts.read(digest))).toBe(digest);
    }
  });

  law('a file that is not there is a usage fault that names it', async ({ store }) => {
    const path = '/nowhere/at/all';
    await expect(store.artifacts.put({ type: 'file', path })).rejects.toMatchObject({
      kind: 'usage',
      message: 'no such file: /nowhere/at/all',
    });
  });

  law('reading what is not there is a store fault that names it', ({ store }) => {
    expect(store.artifacts.has(nowhere)).toBe(false);
    expect(store.artifacts.size(nowhere)).toBeUndefined();
    for (const read of ['read', 'content', 'folder'] as const)
      expect(() => store.artifacts[read](nowhere)).toThrow(expect.objectContaining({ kind: 'store' }));
  });

  law('a folder is named by its manifest and gives its files back, sorted', async ({ store }) => {
    const entries = [
      { path: 'b/two.txt', executable: false, content: textContent('two') },
      { path: 'a.sh', executable: true, content: textContent('one') },
      { path: 'B', executable: false, content: textContent('two') },
    ];
    const digest = await store.artifacts.putFolder(entries);
    const listed = entries.map(({ path, executable, content }) => ({
      path,
      executable,
      digest: digestOf((content as { bytes: Uint8Array }).bytes),
    }));
    expect(digest).toBe(folderDigest(listed));
    const files = store.artifacts.folder(digest);
    expect(files.map((file) => file.path)).toEqual(['B', 'a.sh', 'b/two.txt']);
    expect(files.map((file) => file.executable)).toEqual([false, true, false]);
    expect(files[1]?.content).toEqual({ type: 'bytes', bytes: textBytes('one') });
  });

  law('a folder with nothing in it is a folder', async ({ store }) => {
    const digest = await store.artifacts.putFolder([]);
    expect(store.artifacts.has(digest)).toBe(true);
    expect(store.artifacts.folder(digest)).toEqual([]);
  });

  law('a folder whose manifest is large comes back whole', async ({ store }) => {
    const entries = Array.from({ length: 300 }, (_, index) => ({
      path: `part-${String(index).padStart(4, '0')}.txt`,
      executable: false,
      content: textContent(`${index}`),
    }));
    const digest = await store.artifacts.putFolder(entries);
    await store.flush();
    expect(store.artifacts.size(digest)).toBeGreaterThan(inlineLimit);
    expect(store.artifacts.folder(digest)).toHaveLength(300);
  });

  law('a folder is not there while one of its files is not', async ({ store }) => {
    const digest = await store.artifacts.putFolder([
      { path: 'one', executable: false, content: textContent('one') },
      { path: 'two', executable: false, content: textContent('two') },
    ]);
    await store.flush();
    await store.artifacts.quarantine(digestOf('two'));
    expect(store.artifacts.has(digest)).toBe(false);
    await store.artifacts.put(textContent('two'));
    expect(store.artifacts.has(digest)).toBe(true);
  });

  law('the same bytes put again are one artifact', async ({ store }) => {
    for (let i = 0; i < 3; i++) {
      await store.artifacts.put({ type: 'bytes', bytes: someBytes(inlineLimit + 5) });
      await store.flush();
    }
    expect(await allOf(store.artifacts.verify())).toHaveLength(1);
  });

  law('verify finds every artifact sound after honest work', async ({ store }) => {
    const digests = new Set<Digest>();
    for (let i = 0; i < 20; i++)
      digests.add(await store.artifacts.put({ type: 'bytes', bytes: someBytes(i * 2000, i + 1) }));
    const verdicts = await allOf(store.artifacts.verify());
    expect(verdicts.map((verdict) => verdict.digest).sort()).toEqual([...digests].sort());
    expect(new Set(verdicts.map((verdict) => verdict.status))).toEqual(new Set(['sound']));
  });

  law(
    'quarantine takes an artifact out of service and raises the epoch; it may come again',
    async ({ store }) => {
      for (const length of [10, inlineLimit + 10]) {
        const digest = await store.artifacts.put({ type: 'bytes', bytes: someBytes(length) });
        await store.flush();
        const before = store.epoch();
        await store.artifacts.quarantine(digest);
        expect(store.artifacts.has(digest)).toBe(false);
        expect(() => store.artifacts.read(digest)).toThrow(/not in the store/);
        expect(store.epoch()).toBeGreaterThan(before);
        await store.artifacts.put({ type: 'bytes', bytes: someBytes(length) });
        await store.flush();
        expect(store.artifacts.read(digest)).toEqual(someBytes(length));
      }
    },
  );

  law('digests are found by how they start', async ({ store }) => {
    const digests = new Set<Digest>();
    for (let i = 0; i < 40; i++) digests.add(await store.artifacts.put(textContent(`text ${i}`)));
    const [first] = digests;
    const start = (first as Digest).slice(0, 2);
    const expected = [...digests].filter((digest) => digest.startsWith(start)).sort();
    expect(store.artifacts.matching(start)).toEqual(expected);
    await store.flush();
    expect(store.artifacts.matching(start)).toEqual(expected);
    expect(store.artifacts.matching(first as Digest)).toEqual([first]);
    expect(store.artifacts.matching('x')).toEqual([]);
    expect(store.artifacts.matching('')).toEqual([]);
  });

  law('a file that may not be read is a usage fault', async ({ store }) => {
    if (process.getuid?.() === 0) return; // root may read everything
    const folder = temporaryFolder();
    try {
      const path = join(folder.path, 'secret');
      writeFileSync(path, 'secret');
      chmodSync(path, 0);
      await expect(store.artifacts.put({ type: 'file', path })).rejects.toMatchObject({ kind: 'usage' });
    } finally {
      folder.remove();
    }
  });
}
