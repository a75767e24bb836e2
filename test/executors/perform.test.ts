import { describe, expect, it } from 'vitest';
import type { Execute } from '../../src/executors/load.ts';
import { describeFailure, perform } from '../../src/executors/perform.ts';
import type { WorkerOrder } from '../../src/executors/protocol.ts';
import { ImpureError } from '../../src/executors/purity.ts';
import { causeOfDeath } from '../../src/executors/worker-process.ts';
import { OutsError } from '../../src/model/stage-runtime.ts';

const removed = new Set(['process']);
const told = (error: unknown) => {
  const { ending, message } = describeFailure(error, removed);
  return `${ending}: ${message}`;
};

describe('describeFailure', () => {
  it.each([
    [new Error('no'), 'error: no'],
    [new TypeError('no'), 'error: TypeError: no'],
    [new OutsError('no "a"'), 'outs: no "a"'],
    [new ImpureError('Math.sin'), 'impure: Math.sin'],
    [new ReferenceError('process is not defined'), 'impure: process'],
    [new ReferenceError('mistake is not defined'), 'error: ReferenceError: mistake is not defined'],
    [new OutsError('wrapped', { cause: new ImpureError('Date.now') }), 'impure: Date.now'],
    [new RangeError('Array buffer allocation failed'), 'memory: there was no memory for an array buffer'],
    ['words', 'error: threw words'],
    [undefined, 'error: threw undefined'],
    [null, 'error: threw null'],
    [{ code: 1 }, 'error: threw an object that is no Error'],
  ])('tells %o', (error, message) => {
    expect(told(error)).toBe(message);
  });

  it('survives an error whose stack cannot be read, and causes in a circle', () => {
    const error = new Error('odd');
    Object.defineProperty(error, 'stack', { get: () => expect.fail('read') });
    error.cause = error;
    expect(describeFailure(error, removed)).toEqual({ ending: 'error', message: 'odd', stack: '' });
  });
});

const order: WorkerOrder = {
  digest: 'd',
  path: 'p',
  params: { n: 2 },
  case: { k: 6 },
  inputs: {},
  stream: undefined,
};
const load = () => Promise.resolve(() => Promise.resolve({}));
const performing = (execute: Execute, stray?: unknown) =>
  perform({ load: () => Promise.resolve(execute), removed, strayError: () => Promise.resolve(stray) }, order);

describe('perform', () => {
  it('gives the bundle what the order says, and takes its evidence', async () => {
    const done = await performing((call) => {
      call.evidence('n', (call.params as { n: number }).n);
      return Promise.resolve({ a: new Uint8Array([call.case['k'] as number]) });
    });
    expect(done).toMatchObject({ type: 'done', outs: { a: new Uint8Array([6]) }, evidence: { n: 2 } });
  });

  it('fails a step that ended well but left an error that nobody waited for', async () => {
    const failed = await performing(() => Promise.resolve({}), new Error('floating'));
    expect(failed).toMatchObject({ type: 'failed', failure: { ending: 'error', message: 'floating' } });
  });

  it('fails a step whose gather holds folders', async () => {
    const input = { type: 'folder', digest: order.digest as never, entries: [] } as const;
    const inputs = { all: { type: 'gather', members: [{ case: { k: 1 }, input }] } } as const;
    const failed = await perform(
      { load, removed, strayError: () => Promise.resolve(undefined) },
      { ...order, inputs },
    );
    expect(failed).toMatchObject({
      failure: { message: 'TypeError: dep "all" gathers folders, which only a command stage can take' },
    });
  });
});

describe('causeOfDeath', () => {
  it.each([
    [0, null, '', 'crash: the worker process ended with exit code 0'],
    [null, 'SIGSEGV', 'one\ntwo\n', 'crash: the worker process was ended by SIGSEGV\none\ntwo'],
    [1, null, 'at x\nError: bad\n  at y\n', 'crash: the worker process ended with exit code 1\nError: bad'],
    [
      null,
      'SIGKILL',
      '',
      'crash: the worker process was ended by SIGKILL; the system may have been out of memory',
    ],
    [
      null,
      'SIGABRT',
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      'memory: the heap of the worker process was full (it was ended by SIGABRT)',
    ],
  ] as const)('%s %s', (code, signal, stderr, expected) => {
    const { ending, message } = causeOfDeath(code, signal, stderr);
    expect(`${ending}: ${message}`).toBe(expected);
  });
});
