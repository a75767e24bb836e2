/**
 * What the store costs, in one run: `node bench/store.ts [records]`. CPU time is what counts, wall time is beside it. The
 * first lines are floors that this machine sets (parsing, bare rows, bare commits): read the others against them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Digest, digestOf } from '../src/base/digest.ts';
import type { OutDraft, TraceDraft } from '../src/model/store.ts';
import { openStore } from '../store/open.ts';

const count = Number(process.argv[2] ?? 10_000);
const few = Math.min(1000, count);
const rules = { compare: {}, stochastic: false };

/** A step of a large matrix with parts of the usual size. */
function draftOf(index: number): TraceDraft {
  const binding = { k: index % 20, start: index };
  const key = digestOf(`key ${index}`);
  return {
    key,
    parts: {
      protocol: 1,
      code: digestOf('code'),
      params: { gradient: 1e-14, iterations: 60, starts: 1000 },
      case: binding,
      inputs: { before: digestOf(bytesOf(Math.max(0, index - 1))), settings: digestOf('settings') },
      outs: { points: 'critical-points/1' },
      environment: {},
    },
    step: `polish@k=${index % 20},start=${index}`,
    stage: 'polish',
    case: binding,
    evidence: { 'worst gradient': 1.2345e-13, stalled: 0 },
    cost: { wall: 33.25, cpu: 31, memory: 12_345_678 },
    run: 'run',
    attempt: `attempt ${index}`,
    seen: { node: '24.21.0', v8: '13.6', arch: 'x64', executor: 'worker' },
    at: 1_790_000_000_000 + index,
    torn: false,
  };
}

function bytesOf(index: number): Uint8Array {
  return new TextEncoder().encode(`[${`${index},`.repeat(400)}0]\n`);
}

function outsOf(index: number): Record<string, OutDraft> {
  const bytes = bytesOf(index);
  const kind = { name: 'critical-points', version: 1, extension: 'json' };
  return { points: { out: { type: 'bytes', bytes }, kind } };
}

async function measured(label: string, times: number, body: () => unknown): Promise<void> {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  await body();
  const used = process.cpuUsage(cpu);
  const [cpuMs, wallMs] = [(used.user + used.system) / 1000, performance.now() - wall];
  const rate = Math.round((1000 * times) / cpuMs);
  const cells = [
    label.padEnd(36),
    `${cpuMs.toFixed(1)} ms cpu`.padStart(15),
    `${wallMs.toFixed(1)} ms`.padStart(12),
  ];
  console.log(`${cells.join('')}${`${rate}/s cpu`.padStart(16)}`);
}

const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
const keys = Array.from({ length: count }, (_, index) => digestOf(`key ${index}`));
const steps = keys.map((_, index) => draftOf(index).step);
const at = (index: number): Digest => keys[index] as Digest;

/** What no store can do without, measured in the same breath as the store. */
async function measureFloors(): Promise<void> {
  const texts = keys.map((_, index) => JSON.stringify(draftOf(index)));
  await measured('floor: parse as many traces', count, () =>
    texts.map((text) => JSON.parse(text) as unknown),
  );
  const db = new Database(join(folder, 'floor'));
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE floor (key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID');
  const insert = db.prepare('INSERT INTO floor VALUES (?, ?)');
  const insertAll = db.transaction(() => keys.forEach((key, index) => insert.run(key, texts[index])));
  await measured('floor: as many rows, one commit', count, () => insertAll());
  db.pragma('synchronous = NORMAL');
  const touch = db.prepare('UPDATE floor SET text = text WHERE key = ?');
  await measured('floor: as many commits of one row', count, () => keys.forEach((key) => touch.run(key)));
  db.close();
}

try {
  await measureFloors();
  let store = openStore(folder);
  await measured('lease, record, one after another', count, async () => {
    for (let index = 0; index < count; index++) {
      await store.traces.lease(at(index), `attempt ${index}`, false);
      store.traces.record(draftOf(index), outsOf(index), rules);
    }
    await store.flush();
  });
  await measured('lease, release', few, async () => {
    for (let index = 0; index < few; index++) {
      await store.traces.lease(at(index), 'again', true);
      await store.traces.release(at(index), 'again');
    }
  });
  await measured('set memos', count, async () => {
    for (const key of keys) store.memos.set('bundle', key, key);
    await store.flush();
  });
  await store.close();
  await measured('open', 1, () => void (store = openStore(folder)));
  await measured('findAll, first', few, () => store.traces.findAll(keys.slice(0, few)));
  await measured('findAll, all', count, () => store.traces.findAll(keys));
  await measured('findAll, all, again', count, () => store.traces.findAll(keys));
  await measured('newestAll, all', count, () => store.traces.newestAll(steps));
  await measured('find, one at a time', few, () =>
    keys.slice(0, few).forEach((key) => store.traces.find(key)),
  );
  await measured('all memos', count, () => store.memos.all('bundle'));
  await measured('read artifacts', few, () =>
    [...store.traces.findAll(keys.slice(0, few)).values()].forEach((trace) =>
      store.artifacts.read(trace.outs['points']?.digest as Digest),
    ),
  );
  await measured('stage prices', 1, () => store.traces.stagePrices());
  await measured('garbage, dry run', count, () =>
    store.collectGarbage({ keys: new Set(keys), artifacts: new Set(), runs: 0 }, { dryRun: true }),
  );
  await store.close();
  const later = { now: () => Date.now() + 86_400_000 };
  store = openStore(folder, later);
  await measured('garbage, all of it', count, () =>
    store.collectGarbage({ keys: new Set(), artifacts: new Set(), runs: 0 }),
  );
  await store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
