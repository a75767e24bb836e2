/** Files are hashed to the digest of their bytes, without keeping the process from other work. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { hashFile, hashFileNow } from '../../src/disk/hashing.ts';
import { someBytes, temporaryFolder } from '../store/drafts.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'file');
});
afterEach(() => folder.remove());

test('both ways of hashing a file give the digest of its bytes', async () => {
  for (const size of [0, 1, 1 << 20, 2_500_000]) {
    writeFileSync(file, someBytes(size));
    const expected = { digest: digestOf(someBytes(size)), size };
    expect(hashFileNow(file)).toEqual(expected);
    expect(await hashFile(file)).toEqual(expected);
  }
});

test('a large file does not keep the process from other work while it is hashed', async () => {
  writeFileSync(file, someBytes(20_000_000));
  let turns = 0;
  const hashing = hashFile(file);
  const counting = (async () => {
    for (let done = false; !done; turns++)
      done = await Promise.race([hashing.then(() => true), pause(0, false)]);
  })();
  await Promise.all([hashing, counting]);
  expect(turns).toBeGreaterThan(1);
});
