/** How steps share worker processes; the processes are stand-ins, so that the test says when each answers or dies. */
import { beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { collectLogs } from '../../src/executors/logs.ts';
import { workerPool } from '../../src/executors/pool.ts';
import type { WorkerResult } from '../../src/executors/protocol.ts';
import type { WorkerProcess } from '../../src/executors/worker-process.ts';
import type { ProcessKind } from '../../src/executors/worker-setup.ts';

interface StandIn extends WorkerProcess {
  readonly kind: ProcessKind;
  /** Paths of the steps it was sent. */
  readonly steps: string[];
  alive: boolean;
  ended: boolean;
  /** Answers the step that it was sent last. */
  answer: (spoiled?: boolean) => void;
}

const started: StandIn[] = [];

function start(_entry: string, kind: ProcessKind): StandIn {
  const worker: StandIn = {
    kind,
    steps: [],
    alive: true,
    ended: false,
    answer: () => undefined,
    isAlive: () => worker.alive,
    execute: (order) => {
      worker.steps.push(order.path);
      return new Promise((resolve) => (worker.answer = (spoiled = false) => resolve(resultOf(spoiled))));
    },
    end: () => {
      worker.ended = true;
      return Promise.resolve();
    },
  };
  started.push(worker);
  return worker;
}

const resultOf = (spoiled: boolean): WorkerResult => ({
  type: 'done',
  outs: {},
  evidence: {},
  cost: { wall: 1, cpu: 1, memory: 1 },
  spoiled,
});

const plain: ProcessKind = { flags: [], argument: 'plain' };
const other: ProcessKind = { flags: [], argument: 'other' };
const never = new AbortController().signal;

const stepOf = (path: string, bundle = 'bundle', kind = plain) => ({
  kind,
  order: { params: {}, case: {}, inputs: {}, digest: digestOf(bundle), path },
  limits: {},
  logs: collectLogs(),
});

const poolOf = (options: Partial<Parameters<typeof workerPool>[0]> = {}) =>
  workerPool({ entry: 'worker.js', workers: 1, bundles: 10, steps: 10, start, ...options });

/** Lets everything happen that waits for nothing but its turn. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Executes a step to its end in whichever process got it. */
async function done(pool: ReturnType<typeof poolOf>, step: ReturnType<typeof stepOf>, spoiled = false) {
  const result = pool.execute(step, never);
  await settled();
  started.find(({ steps }) => steps.at(-1) === step.order.path)?.answer(spoiled);
  return result;
}

beforeEach(() => {
  started.length = 0;
});

describe('a process', () => {
  test('executes one step after another', async () => {
    const pool = poolOf();
    await done(pool, stepOf('a'));
    expect(await done(pool, stepOf('b'))).toMatchObject({ type: 'done' });
    expect(started.map(({ steps }) => steps)).toEqual([['a', 'b']]);
  });

  test('is chosen where it holds the bundle already', async () => {
    const pool = poolOf({ workers: 2 });
    const [first, second] = [
      pool.execute(stepOf('a', 'one'), never),
      pool.execute(stepOf('b', 'two'), never),
    ];
    await settled();
    started.forEach((worker) => worker.answer());
    await Promise.all([first, second]);
    await done(pool, stepOf('c', 'two'));
    await done(pool, stepOf('d', 'one'));
    expect(started.map(({ steps }) => steps)).toEqual([
      ['a', 'd'],
      ['b', 'c'],
    ]);
  });

  test('is replaced where it has died since, where a step spoiled it, and where it is of another kind', async () => {
    const pool = poolOf();
    await done(pool, stepOf('a'));
    (started[0] as StandIn).alive = false;
    await done(pool, stepOf('b'), true);
    await done(pool, stepOf('c'));
    await done(pool, stepOf('d', 'bundle', other));
    expect(started.map(({ steps }) => steps)).toEqual([['a'], ['b'], ['c'], ['d']]);
    expect(started.map(({ ended }) => ended)).toEqual([true, true, true, false]);
    expect(started.map(({ kind }) => kind)).toEqual([plain, plain, plain, other]);
  });

  test('makes place once it holds as many bundles, or has executed as many steps, as it may', async () => {
    const full = poolOf({ bundles: 2 });
    for (const bundle of ['one', 'two', 'one', 'three']) await done(full, stepOf(bundle, bundle));
    expect(started.map(({ steps }) => steps)).toEqual([['one', 'two', 'one'], ['three']]);
    started.length = 0;
    const fresh = poolOf({ steps: 1 });
    for (const path of ['a', 'b']) await done(fresh, stepOf(path));
    expect(started.map(({ steps, ended }) => [steps, ended])).toEqual([
      [['a'], true],
      [['b'], true],
    ]);
  });
});

describe('a step', () => {
  test('waits its turn where all processes are busy', async () => {
    const pool = poolOf({ workers: 2 });
    const all = ['a', 'b', 'c', 'd'].map((path) => pool.execute(stepOf(path), never));
    await settled();
    expect(started.map(({ steps }) => steps)).toEqual([['a'], ['b']]);
    (started[1] as StandIn).answer();
    await settled();
    expect(started.map(({ steps }) => steps)).toEqual([['a'], ['b', 'c']]);
    (started[0] as StandIn).answer();
    await settled();
    expect(started.map(({ steps }) => steps)).toEqual([
      ['a', 'd'],
      ['b', 'c'],
    ]);
    started.forEach((worker) => worker.answer());
    expect(await Promise.all(all)).toHaveLength(4);
  });

  test('that is cancelled before it began leaves the queue, and those behind it move up', async () => {
    const pool = poolOf();
    const cancel = new AbortController();
    const first = pool.execute(stepOf('a'), never);
    const cancelled = pool.execute(stepOf('b'), cancel.signal);
    const last = pool.execute(stepOf('c'), never);
    cancel.abort();
    expect(await cancelled).toBeUndefined();
    await settled();
    (started[0] as StandIn).answer();
    await settled();
    (started[0] as StandIn).answer();
    expect([await first, await last]).toMatchObject([{ type: 'done' }, { type: 'done' }]);
    expect(started.map(({ steps }) => steps)).toEqual([['a', 'c']]);
  });

  test('that was cancelled beforehand starts no process', async () => {
    expect(await poolOf().execute(stepOf('a'), AbortSignal.abort())).toBeUndefined();
    expect(started).toEqual([]);
  });
});

test('closing gives the steps that wait nothing, and ends every process', async () => {
  const pool = poolOf();
  const running = pool.execute(stepOf('a'), never);
  const waiting = pool.execute(stepOf('b'), never);
  await settled();
  await pool.close();
  expect(await waiting).toBeUndefined();
  expect(started.map(({ ended }) => ended)).toEqual([true]);
  (started[0] as StandIn).answer(true);
  expect(await running).toMatchObject({ spoiled: true });
});
