/** One missing step is brought about: leases, retries, records, and what is said of each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { Ending, RunEvent } from '../../src/model/event.ts';
import type { Order, Outcome } from '../../src/model/executor.ts';
import type { StageDeclaration } from '../../src/model/pipeline.ts';
import { type Bench, bench, commandNamed, doneWith, pipelineOf } from './support/bench.ts';

let on: Bench;
afterEach(() => on.remove());

const cost = { wall: 1, cpu: 1, memory: 1 };
const failedWith = (ending: Ending, more: object = {}): Outcome => ({
  type: 'failed',
  ending,
  message: `because of ${ending}`,
  cost,
  warnings: [],
  ...more,
});

function ofType<T extends RunEvent['type']>(type: T): Extract<RunEvent, { type: T }>[] {
  return on.events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
}

/** Runs one command stage whose executions end one after the other as `outcomes` say. */
async function runOne(
  outcomes: readonly (Outcome | ((order: Order) => Outcome | Promise<Outcome>))[],
  settings: Partial<StageDeclaration> = {},
  request: Parameters<Bench['run']>[1] = {},
) {
  let n = 0;
  on = bench({
    execute: async (order) => {
      const outcome = outcomes[Math.min(n++, outcomes.length - 1)] as (typeof outcomes)[number];
      return typeof outcome === 'function' ? outcome(order) : outcome;
    },
  });
  return on.run(pipelineOf([commandNamed('one', 'code', settings)]), request);
}

describe('retries', () => {
  test.each<Ending>(['crash', 'timeout', 'memory', 'exit'])(
    'a command that ends by %s is tried again as often as it says',
    async (ending) => {
      const delays: number[] = [];
      const delay = (n: number) => {
        delays.push(n);
        return 0;
      };
      const { tally } = await runOne(
        [failedWith(ending), failedWith(ending), doneWith('1')],
        { retries: 2 },
        { delay },
      );
      expect(tally).toMatchObject({ executed: 1, failed: 0 });
      expect(delays).toEqual([1, 2]);
      expect(ofType('retried').map((event) => event.ending)).toEqual([ending, ending]);
      expect(ofType('started').length).toBe(1);
      expect(on.executed.length).toBe(3);
    },
  );

  test.each<Ending>(['error', 'impure', 'outs'])('what ends by %s is not tried again', async (ending) => {
    const { tally } = await runOne([failedWith(ending)], { retries: 5 });
    expect(tally).toMatchObject({ executed: 0, failed: 1 });
    expect(on.executed.length).toBe(1);
  });

  test('end with the last failure', async () => {
    const { tally } = await runOne([failedWith('crash')], { retries: 2 });
    expect(tally.failed).toBe(1);
    expect(on.executed.length).toBe(3);
    expect(ofType('failed')).toMatchObject([{ step: 'one', ending: 'crash', message: 'because of crash' }]);
  });

  test('are recorded as attempts, each with how it ended, newest first', async () => {
    await runOne([failedWith('crash'), failedWith('timeout'), doneWith('1')], { retries: 2 });
    const failures = on.store.runs.failures('one');
    expect(failures.map(({ ending }) => ending)).toEqual(['timeout', 'crash']);
    expect(new Set(failures.map(({ attempt }) => attempt)).size).toBe(2);
  });

  test('do not begin once the run is being stopped', async () => {
    const stop = new AbortController();
    const stopping = () => {
      stop.abort();
      return failedWith('crash');
    };
    const { tally } = await runOne([stopping], { retries: 5 }, { stop: stop.signal });
    expect(tally.failed).toBe(1);
    expect(on.executed.length).toBe(1);
  });

  test('that wait are cut short when the run is stopped', async () => {
    const stop = new AbortController();
    const delay = () => {
      setTimeout(() => stop.abort(), 10);
      return 3_600_000;
    };
    const { tally } = await runOne([failedWith('crash')], { retries: 5 }, { stop: stop.signal, delay });
    expect(tally).toMatchObject({ failed: 0, open: 1 });
  });
});

describe('an interrupted step', () => {
  test('is open, not failed, and leaves no lease', async () => {
    const { tally, outlook } = await runOne([failedWith('interrupted')]);
    expect(tally).toMatchObject({ failed: 0, executed: 0, open: 1 });
    const verdict = outlook.plan.steps[0]?.verdict;
    const key = verdict?.type === 'miss' ? verdict.key : digestOf('');
    expect(await on.store.traces.lease(key, 'another', false)).toEqual({ type: 'granted' });
    expect(on.store.runs.failures('one')).toEqual([]);
  });
});

describe('a lease that another holds', () => {
  async function keyOfOne() {
    const { outlook } = await runOne([failedWith('interrupted')]);
    const verdict = outlook.plan.steps[0]?.verdict;
    return verdict?.type === 'miss' ? verdict.key : digestOf('');
  }
  const pipeline = pipelineOf([commandNamed('one', 'code')]);

  test('is waited for and said; when it is given back, the step executes here', async () => {
    const key = await keyOfOne();
    const { store } = on;
    on = bench({ store });
    await store.traces.lease(key, 'another', false);
    const listen = (event: RunEvent) =>
      void (event.type === 'shared' && setTimeout(() => void store.traces.release(key, 'another'), 30));
    const { tally } = await on.run(pipeline, { listen });
    expect(tally.executed).toBe(1);
    expect(on.executed).toEqual(['one']);
  });

  test('ends the waiting without an execution when the run is stopped', async () => {
    const key = await keyOfOne();
    const { store } = on;
    on = bench({ store });
    await store.traces.lease(key, 'another', false);
    const stop = new AbortController();
    const listen = (event: RunEvent) => void (event.type === 'shared' && stop.abort());
    const { tally } = await on.run(pipeline, { listen, stop: stop.signal });
    expect(tally).toMatchObject({ executed: 0, failed: 0, open: 1 });
    expect(on.executed).toEqual([]);
  });

  test('that ends in a record gives its result, said as a hit', async () => {
    const key = await keyOfOne();
    const { store } = on;
    const other = bench({ store, pause: () => new Promise((resolve) => setTimeout(resolve, 60)) });
    on = bench({ store });
    const first = other.run(pipeline);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { tally } = await on.run(pipeline);
    expect((await first).tally.executed).toBe(1);
    expect(tally).toMatchObject({ hits: 1, executed: 0 });
    expect(ofType('shared')).toMatchObject([{ step: 'one', key }]);
    expect(ofType('hit')).toMatchObject([{ step: 'one', key }]);
    other.remove();
  });
});

describe('steps of one run with one key', () => {
  const twins = pipelineOf([commandNamed('one', 'code'), commandNamed('same', 'code')]);

  test('are one execution and one hit, each said', async () => {
    on = bench();
    const { tally } = await on.run(twins);
    expect(tally).toMatchObject({ executed: 1, hits: 1, open: 0 });
    expect([...ofType('executed'), ...ofType('hit')].map(({ step }) => step).sort()).toEqual(['one', 'same']);
  });

  test('fail together, each named with how', async () => {
    on = bench({ execute: async () => failedWith('exit') });
    const { tally } = await on.run(twins, { keepGoing: true });
    expect(tally.failed).toBe(2);
    expect(on.executed.length).toBe(1);
    const failed = ofType('failed');
    expect(failed.map(({ step, ending }) => `${step} ${ending}`).sort()).toEqual(['one exit', 'same exit']);
    expect(new Set(failed.map(({ attempt }) => attempt)).size).toBe(1);
  });
});

describe('what an executor hands back', () => {
  test('without a declared out fails the step', async () => {
    const { tally } = await runOne([{ ...doneWith('1'), outs: {} } as Outcome]);
    expect(tally.failed).toBe(1);
    expect(ofType('failed')[0]?.message).toContain('no out "out"');
  });

  test('as warnings is said with the step', async () => {
    await runOne([{ ...doneWith('1'), warnings: ['left files behind'] } as Outcome]);
    expect(ofType('warning')).toEqual([{ type: 'warning', step: 'one', message: 'left files behind' }]);
  });

  test('is recorded with evidence, cost and what it saw', async () => {
    const outcome = { ...doneWith('1'), evidence: { residual: 1e-9 }, seen: { node: '24' } } as Outcome;
    await runOne([outcome]);
    expect(on.store.traces.newest('one')).toMatchObject({
      evidence: { residual: 1e-9 },
      seen: { node: '24' },
      cost,
      run: 'run-1',
    });
  });

  test('as damaged inputs takes those out of service, so that their maker executes again', async () => {
    let damage = true;
    on = bench({
      execute: async (order) => {
        const input = order.inputs['in'];
        if (order.step === 'reader' && damage && input?.type === 'one')
          return failedWith('outs', { damaged: [input.digest, digestOf('not in the store')] });
        return doneWith(order.step);
      },
    });
    const pipeline = pipelineOf([
      commandNamed('maker', 'make'),
      commandNamed('reader', 'read', { deps: { in: { type: 'artifact', stage: 'maker', role: 'out' } } }),
    ]);
    expect((await on.run(pipeline)).tally).toMatchObject({ executed: 1, failed: 1 });
    expect(on.store.artifacts.has(digestOf('maker'))).toBe(false);
    damage = false;
    const { tally, outlook } = await on.run(pipeline);
    expect(outlook.plan.steps[0]?.verdict).toMatchObject({ type: 'miss', reasons: [{ type: 'lost' }] });
    expect(tally).toMatchObject({ executed: 2, failed: 0 });
  });
});

describe('what an attempt printed', () => {
  test('is kept in its log, and its scratch folder is gone', async () => {
    const printing = (order: Order) => {
      mkdirSync(join(order.folder, 'scratch'), { recursive: true });
      writeFileSync(join(order.folder, 'stdout'), 'words');
      writeFileSync(join(order.folder, 'stderr'), '');
      return failedWith('exit');
    };
    await runOne([printing]);
    const { readdirSync, readFileSync, existsSync } = await import('node:fs');
    const logs = ofType('failed')[0]?.logs as string;
    expect(readdirSync(logs)).toEqual(['stdout']);
    expect(readFileSync(join(logs, 'stdout'), 'utf8')).toBe('words');
    expect(existsSync(join(on.root, '.colophon/scratch/run-1'))).toBe(false);
  });
});

describe('an input that is not pinned', () => {
  const pipeline = (pin: boolean) =>
    pipelineOf([
      commandNamed('one', 'code', { deps: { data: { type: 'source', path: 'data', pin, exclude: [] } } }),
    ]);
  const editing = (edit: () => void) => async () => {
    edit();
    return doneWith('1');
  };

  test.each([
    ['a file with other bytes', { data: 'old' }, { data: 'new' }],
    ['a folder with another file', { 'data/a': '1' }, { 'data/b': '2' }],
    ['a folder with a changed file', { 'data/a': '1' }, { 'data/a': '2' }],
  ])('and changes makes a torn record: %s', async (_, before, after) => {
    on = bench({ execute: editing(() => on.write(after)) });
    on.write(before);
    expect((await on.run(pipeline(false))).tally).toMatchObject({ executed: 0, failed: 1 });
    expect(ofType('failed')[0]?.message).toContain('torn');
    expect(on.store.traces.ofStep('one')).toMatchObject([{ torn: true }]);
    expect((await on.run(pipeline(false))).tally).toMatchObject({ executed: 1, failed: 0 });
  });

  test('that is pinned may change: what was copied counts', async () => {
    on = bench({ execute: editing(() => on.write({ data: 'new' })) });
    on.write({ data: 'old' });
    expect((await on.run(pipeline(true))).tally).toMatchObject({ executed: 1, failed: 0 });
    expect(new TextDecoder().decode(on.store.artifacts.read(digestOf('old')))).toBe('old');
  });

  test('is not copied into the store', async () => {
    on = bench();
    on.write({ 'data/a': 'never copied' });
    const seen: Order[] = [];
    on = bench({ root: on.root, execute: async (order) => (seen.push(order), doneWith('1')) });
    await on.run(pipeline(false));
    expect(on.store.artifacts.has(digestOf('never copied'))).toBe(false);
    expect(seen[0]?.inputs['data']).toMatchObject({
      type: 'folder',
      entries: [{ path: 'a', content: { type: 'file', path: join(on.root, 'data/a') } }],
    });
  });
});
