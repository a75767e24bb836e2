/** What a sample store of every format version holds. `make-sample.ts` writes it, `format.test.ts` reads it back. */
import { expect } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import type { LocalStore } from '../../store/local.ts';
import {
  allOf,
  draftOf,
  folderOut,
  outOf,
  runStart,
  someBytes,
  strict,
  textContent,
  valueOf,
} from './drafts.ts';

const at = 1_790_000_000_000;
const counts = { hits: 1, executed: 3, failed: 0, skipped: 0 };

/** Some of everything, the same each time. */
export async function fillSample(store: LocalStore): Promise<void> {
  const input = await store.artifacts.put(textContent('an input'));
  await store.runs.start(runStart('run-1', at));
  store.runs.append('run-1', [{ type: 'warning', message: 'first' }]);
  await store.runs.hold('run-1', [digestOf('key b')]);
  const inputs = { one: input, many: [['k=6', digestOf('elsewhere')]] as const };
  const outs = {
    value: outOf(textContent('1')),
    large: outOf({ type: 'bytes', bytes: someBytes(20_000) }),
    folder: folderOut({ 'a.sh': 'a', 'sub/b.txt': 'b' }),
  };
  const draft = draftOf('a', { parts: { ...draftOf('a').parts, inputs, stream: digestOf('stream') } });
  await store.traces.record(draft, outs, strict).settled;
  await store.traces.record(draftOf('b'), valueOf('1'), strict).settled;
  await store.traces.record(draftOf('b', { attempt: 'second' }), valueOf('2'), strict).settled;
  await store.traces.record(draftOf('c', { torn: true }), valueOf('3'), strict).settled;
  store.runs.append('run-1', [{ type: 'warning', message: 'x'.repeat(2000) }]);
  await store.runs.finish('run-1', 'complete', counts, at + 5000);
  const failure = { attempt: 'f', run: 'run-1', step: 'fit', key: input, ending: 'exit', message: 'no', at };
  await store.runs.fail(failure);
  store.memos.set('stat', 'a.csv', '1:2:3');
  await store.published.set([
    { path: 'a.json', digest: digestOf('1'), step: 'fit', profile: 'default', stat: '1' },
  ]);
  await store.pins.pin({ type: 'run', name: 'run-1', note: 'as submitted' });
  await store.audits.add([audit]);
  await store.audits.sign([signature]);
}

const of = { key: digestOf('key a'), attempt: 'attempt-a' };
const machine = { node: '24.21.0' };
const audit = { ...of, verdict: 'same', by: 'bytes', variation: 'locale', says: '', machine, at } as const;
const signature = { ...of, signer: 'someone', envelope: '{}', at };

/** Fails unless the store holds all that {@link fillSample} put there when this was the format's version. */
export async function expectSample(store: LocalStore, version: number): Promise<void> {
  const trace = store.traces.find(digestOf('key a'));
  expect(trace).toMatchObject({
    ...draftOf('a'),
    parts: { stream: digestOf('stream'), code: digestOf('code') },
  });
  expect(Object.is(trace?.parts.params['zero'], -0)).toBe(true);
  expect(new TextDecoder().decode(store.artifacts.read(trace?.parts.inputs['one'] as Digest))).toBe(
    'an input',
  );
  expect(store.artifacts.read(trace?.outs['large']?.digest as Digest)).toEqual(someBytes(20_000));
  const files = store.artifacts.folder(trace?.outs['folder']?.digest as Digest);
  expect(files.map(({ path, executable }) => [path, executable])).toEqual([
    ['a.sh', true],
    ['sub/b.txt', false],
  ]);
  expect(store.traces.conflicts()).toMatchObject([
    { key: digestOf('key b'), current: { attempt: 'attempt-b' }, others: [{ attempt: 'second' }] },
  ]);
  expect(store.traces.ofStep('fit@k=6').map(({ attempt }) => attempt)).toEqual([
    'attempt-c',
    'second',
    'attempt-b',
    'attempt-a',
  ]);
  expect(store.traces.consuming(digestOf('elsewhere'))).toHaveLength(1);
  expect(store.runs.list()).toEqual([
    { ...runStart('run-1', at), status: 'complete', counts, finishedAt: at + 5000 },
  ]);
  expect(store.runs.events('run-1').map((event) => (event as { message: string }).message.length)).toEqual([
    5, 2000,
  ]);
  expect(store.runs.failures('fit')).toHaveLength(1);
  expect(store.memos.get('stat', 'a.csv')).toBe('1:2:3');
  expect(store.published.list('default')).toMatchObject([{ path: 'a.json', digest: digestOf('1') }]);
  expect(store.pins.list()).toEqual([{ type: 'run', name: 'run-1', note: 'as submitted' }]);
  expect(store.audits.list()).toEqual(version < 2 ? [] : [audit]);
  expect(store.audits.signatures()).toEqual(version < 2 ? [] : [signature]);
  const verdicts = await allOf(store.artifacts.verify());
  expect(verdicts.map(({ status }) => status)).toEqual(Array(8).fill('sound'));
}
