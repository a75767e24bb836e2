/** A full disk, and one that may not be written: named as such, nothing kept by half, and work goes on once there is room. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { openStore } from '../../store/open.ts';
import { storeReport } from '../../store/report.ts';
import { allOf, recorded, someBytes, temporaryFolder } from './drafts.ts';
import { type Mode, modes } from './modes.ts';

const folder = temporaryFolder();
const disk = join(folder.path, 'disk');
mkdirSync(disk);

/** A file system of its own in memory, of 4 MB; only root may make one. */
function mount(...options: string[]): string | undefined {
  const result = spawnSync('mount', [...options, 'tmpfs', disk], { encoding: 'utf8' });
  return result.status === 0
    ? undefined
    : `no small disk could be mounted here: ${result.stderr || String(result.error)}`;
}
const reason = mount('-t', 'tmpfs', '-o', 'size=4m');
if (reason !== undefined) process.stderr.write(`skipped: ${reason}\n`);

afterAll(() => {
  if (reason === undefined) spawnSync('umount', ['--lazy', disk]);
  folder.remove();
});

describe.skipIf(reason !== undefined)('on a disk that is full', () => {
  const store = join(disk, '.colophon');
  const ballast = join(disk, 'ballast');
  const kept: Digest[] = [];
  beforeAll(() => writeFileSync(ballast, new Uint8Array(1_000_000)));

  async function recordUntilFull(size: number, mode: Mode): Promise<unknown> {
    const opened = openStore(store, modes[mode]);
    try {
      for (let i = 0; i < 2000; i++) {
        const name = `${size} ${mode} ${i}`;
        await opened.traces.lease(digestOf(`key ${name}`), name, false);
        await recorded(opened, name, someBytes(size, i + 1));
        kept.push(digestOf(`key ${name}`));
      }
      return undefined;
    } catch (error) {
      return error;
    } finally {
      await opened.close().catch((error: unknown) => expect(error).toMatchObject({ kind: 'store' }));
    }
  }

  test.each([
    [100_000, 'shared'],
    [3000, 'shared'],
    [3000, 'sole'],
  ] as const)('records of %i bytes fail as out of space (%s)', async (size, mode) => {
    expect(await recordUntilFull(size, mode)).toMatchObject({
      kind: 'store',
      message: expect.stringMatching(/out of space.*colophon gc/),
    });
  });

  test('putting fails the same way, at once or by the next flush', async () => {
    const opened = openStore(store);
    const putting = (async () => {
      for (let i = 0; i < 50; i++)
        await opened.artifacts.put({ type: 'bytes', bytes: someBytes(90_000, 1000 + i) });
      await opened.flush();
    })();
    await expect(putting).rejects.toMatchObject({
      kind: 'store',
      message: expect.stringMatching(/out of space/),
    });
    await opened.close().catch(() => undefined);
  });

  test('what was settled before is there and whole', async () => {
    const opened = openStore(store);
    expect(kept.length).toBeGreaterThan(10);
    expect(opened.traces.findAll(kept).size).toBe(kept.length);
    const verdicts = await allOf(opened.artifacts.verify());
    expect(verdicts.filter(({ status }) => status !== 'sound')).toEqual([]);
    await opened.close().catch(() => undefined);
    expect(storeReport(store).problems).toEqual([]);
  });

  test('with room again the same store takes new work', async () => {
    rmSync(ballast);
    const opened = openStore(store);
    expect((await recorded(opened, 'after', someBytes(100_000))).answer.type).toBe('recorded');
    await opened.close();
  });

  test('a disk that became read-only refuses by name, and lets nothing be half opened', () => {
    expect(mount('-o', 'remount,ro')).toBeUndefined();
    for (const path of [store, join(disk, 'other')])
      expect(() => openStore(path)).toThrow(
        expect.objectContaining({
          kind: 'store',
          message: expect.stringMatching(/cannot be opened or written/),
        }),
      );
    expect(mount('-o', 'remount,rw')).toBeUndefined();
  });
});
