/** Random work on a store on disk and on one in memory gives the same answers, whatever is queued or settled. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { Trace } from '../../src/model/trace.ts';
import type { LocalStore } from '../../store/local.ts';
import { memoryStore } from '../../store/memory/store.ts';
import { openStore } from '../../store/open.ts';
import { draftOf, runStart, someBytes, temporaryFolder, textContent, valueOf } from './drafts.ts';

const names = fc.nat({ max: 4 }).map(String);
const values = fc.nat({ max: 3 });
const flags = fc.boolean();

/** Results of three sizes: in a row, in a row, in a file. */
function bytesOf(value: number): Uint8Array {
  return someBytes(value === 2 ? 20_000 : 10, value + 1);
}

type Work = (store: LocalStore, attempt: string) => Promise<unknown>;

const record = fc
  .tuple(names, values, flags, flags)
  .map(([name, value, torn, stochastic]): [string, Work] => [
    `record ${name} = ${value}${torn ? ' torn' : ''}${stochastic ? ' stochastic' : ''}`,
    async (store, attempt) => {
      const parts = { ...draftOf(name).parts, inputs: { one: digestOf(bytesOf((value + 1) % 4)) } };
      const draft = draftOf(name, { attempt, torn, parts, step: `step ${Number(name) % 2}` });
      const recording = store.traces.record(draft, valueOf(bytesOf(value)), { compare: {}, stochastic });
      return recording.settled;
    },
  ]);
const lease = fc
  .tuple(names, flags)
  .map(([name, forced]): [string, Work] => [
    `lease ${name}${forced ? ' forced' : ''}`,
    async (store, attempt) => plain(await store.traces.lease(digestOf(`key ${name}`), attempt, forced)),
  ]);
const quarantine = values.map((value): [string, Work] => [
  `quarantine ${value}`,
  (store) => store.artifacts.quarantine(digestOf(bytesOf(value))),
]);
const resolve = fc
  .tuple(names, fc.nat({ max: 30 }))
  .map(([name, attempt]): [string, Work] => [
    `resolve ${name} to ${attempt}`,
    (store) =>
      store.traces.resolve(digestOf(`key ${name}`), `${attempt}`).catch((error: Error) => error.message),
  ]);
const put = values.map((value): [string, Work] => [
  `put ${value}`,
  (store) => store.artifacts.put({ type: 'bytes', bytes: bytesOf(value) }),
]);
const collect = fc.tuple(names, flags).map(([name, dryRun]): [string, Work] => [
  `collect all but ${name}${dryRun ? ' dry' : ''}`,
  async (store) => {
    const roots = { keys: new Set([digestOf(`key ${name}`)]), artifacts: new Set<never>(), runs: 0 };
    const { traces, artifacts, bytes } = await store.collectGarbage(roots, { dryRun });
    return { traces, artifacts, bytes };
  },
]);
const flush = fc.constant<[string, Work]>(['flush', (store) => store.flush()]);
const work = fc.oneof({ weight: 5, arbitrary: record }, lease, quarantine, resolve, put, collect, flush);

function plain(answer: object): unknown {
  return { ...answer, owner: undefined };
}

const attempts = (traces: readonly Trace[]): string[] =>
  traces.map((trace) => `${trace.attempt} ${trace.torn}`);

/** Everything that can be asked. */
function seen(store: LocalStore): unknown {
  const keys = Array.from({ length: 5 }, (_, i) => digestOf(`key ${i}`));
  const digests = Array.from({ length: 4 }, (_, i) => digestOf(bytesOf(i)));
  return {
    found: keys.map((key) => store.traces.find(key)?.attempt),
    all: [...store.traces.findAll(keys)].map(([key, trace]) => `${key} ${trace.attempt}`).sort(),
    lost: keys.map((key) => store.traces.look(key).isLost),
    steps: ['step 0', 'step 1'].map((step) => attempts(store.traces.ofStep(step))),
    newest: [...store.traces.newestAll(['step 0', 'step 1']).values()].map((trace) => trace.attempt).sort(),
    made: digests.map((digest) => attempts(store.traces.producing(digest))),
    used: digests.map((digest) => attempts(store.traces.consuming(digest))),
    prices: [...store.traces.stagePrices()].map(([stage, price]) => `${stage} ${price}`).sort(),
    conflicts: store.traces.conflicts(),
    artifacts: digests.map((digest) => store.artifacts.size(digest)),
  };
}

test('a store on disk and one in memory answer alike after any work', { timeout: 300_000 }, async () => {
  const property = fc.asyncProperty(fc.array(work, { minLength: 1, maxLength: 24 }), async (list) => {
    const folder = temporaryFolder();
    let clock = Date.now();
    const options = { now: () => clock };
    const [disk, memory] = [openStore(folder.path, options), memoryStore(options)];
    const view = openStore(folder.path, options);
    try {
      for (const [index, [, body]] of list.entries()) {
        const [left, right] = await Promise.all([body(disk, `${index}`), body(memory, `${index}`)]);
        expect(left).toEqual(right);
        expect(seen(disk)).toEqual(seen(memory));
        if (index % 3 !== 0) continue;
        await disk.flush();
        expect(seen(view)).toEqual(seen(memory));
        clock += 7_000_000;
      }
    } finally {
      for (const store of [disk, memory, view]) await store.close();
      folder.remove();
    }
  });
  await fc.assert(property, { numRuns: 60, seed: 20191126, reporter: reportWork });
});

/** Names the work, not the functions. */
function reportWork(details: fc.RunDetails<[[string, Work][]]>): void {
  if (!details.failed) return;
  const list = details.counterexample?.[0].map(([name]) => name).join('\n');
  throw new Error(`after\n${list}\n${String(details.errorInstance)}`, { cause: details.errorInstance });
}

test('what is queued is answered like what is settled', async () => {
  const folder = temporaryFolder();
  const [disk, memory] = [openStore(folder.path), memoryStore()];
  try {
    await Promise.all([disk, memory].map((store) => store.runs.start(runStart('run-1'))));
    for (let i = 0; i < 40; i++) {
      for (const store of [disk, memory]) {
        const draft = draftOf(`${i % 30}`, { attempt: `${i}`, step: `step ${i % 2}`, torn: i % 7 === 0 });
        store.traces.record(draft, valueOf(bytesOf((i % 30) % 4)), { compare: {}, stochastic: false });
        await store.artifacts.put(textContent(`${i}`));
      }
      if (i === 29) expect(seen(disk)).toEqual(seen(memory));
    }
    await disk.flush();
    expect(seen(disk)).toEqual(seen(memory));
  } finally {
    await disk.close();
    folder.remove();
  }
});
