/** Processes killed between writes leave a store that is sound, holds all they were told is settled, and goes on. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Digest } from '../../src/base/digest.ts';
import { openStore } from '../../store/open.ts';
import { storeReport } from '../../store/report.ts';
import { startChild } from './children/spawn.ts';
import { allOf, recorded, temporaryFolder } from './drafts.ts';
import type { Mode } from './modes.ts';

const rounds = 10;
const writers = 3;

/** Lets three writers work at once, or one alone, and kills each at a moment of its own; gives the keys they said were settled. */
async function killSome(folder: string, round: number, mode: Mode): Promise<Digest[]> {
  const said: Digest[] = [];
  const isAlone = mode === 'sole' && round % 2 === 0;
  await Promise.all(
    Array.from({ length: isAlone ? 1 : writers }, async (_, index) => {
      const child = startChild('write', folder, `writer ${round} ${index}`, mode);
      // Some die while they start or open the store, most in the midst of work.
      const listening = child.rest();
      if (index > 0 || isAlone) await child.spoken;
      await pause(((round * writers + index) * 37) % 250);
      child.process.kill('SIGKILL');
      said.push(...((await listening) as Digest[]).filter((line) => (line as string) !== 'open'));
    }),
  );
  return said;
}

test.each(['shared', 'sole'] as const)(
  `after ${rounds} rounds of kills nothing is damaged and nothing settled is lost (%s)`,
  { timeout: 300_000 },
  async (mode) => {
    const folder = temporaryFolder();
    const settled: Digest[] = [];
    try {
      for (let round = 0; round < rounds; round++)
        settled.push(...(await killSome(folder.path, round, mode)));
      // Slow disks settle few: these are enough to be lost.
      expect(settled.length).toBeGreaterThan(15);

      const report = storeReport(folder.path);
      expect(report.problems).toEqual([]);
      expect(report.missing).toEqual([]);
      expect(report.counts.living).toBe(0);
      const store = openStore(folder.path);
      const verdicts = await allOf(store.artifacts.verify());
      expect(verdicts.filter(({ status }) => status !== 'sound')).toEqual([]);
      expect(verdicts.length).toBeGreaterThan(60);

      const found = store.traces.findAll(settled);
      expect(settled.filter((key) => !found.has(key))).toEqual([]);
      for (const trace of found.values())
        expect(store.artifacts.has(trace.parts.inputs['input'] as Digest)).toBe(true);
      // Every trace that got in is whole, whether or not its writer lived to say so.
      expect(report.counts.traces).toBeGreaterThanOrEqual(settled.length);
      for (const trace of store.traces.ofStep('fit@k=6'))
        expect(Object.values(trace.outs).every((out) => store.artifacts.has(out.digest))).toBe(true);

      expect((await recorded(store, 'after', '1')).answer.type).toBe('recorded');
      await store.close();
    } finally {
      folder.remove();
    }
  },
);

test('what the dead left half done is garbage, and collected once old', async () => {
  const folder = temporaryFolder();
  try {
    await killSome(folder.path, 10, 'shared');
    const later = { now: () => Date.now() + 86_400_000 };
    const store = openStore(folder.path, later);
    await store.collectGarbage({ keys: new Set(), artifacts: new Set(), runs: 0 });
    await store.close();
    const { counts, bytes, orphans } = storeReport(folder.path);
    expect([counts.traces, counts.artifacts, counts.leases]).toEqual([0, 0, 0]);
    expect([bytes.files, bytes.incoming, orphans.length]).toEqual([0, 0, 0]);
  } finally {
    folder.remove();
  }
});
