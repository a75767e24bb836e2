/** A recorded step is made ready to be executed again from the store alone, whatever the pipeline says now. */
import { beforeEach, describe, expect, test } from 'vitest';
import { encodeCanonical } from '../../src/base/canonical.ts';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { commandCode } from '../../src/engine/command-code.ts';
import { folderManifest } from '../../src/model/folder.ts';
import type { KeyParts } from '../../src/model/key.ts';
import type { ArgumentPart } from '../../src/model/pipeline.ts';
import type { Step } from '../../src/model/step.ts';
import type { Trace } from '../../src/model/trace.ts';
import {
  inputOf,
  isFolder,
  knowsCommand,
  recordedStage,
  recordedStep,
} from '../../src/provenance/recorded.ts';
import { memoryStore } from '../../store/memory/store.ts';
import type { LocalStore } from '../../store/local.ts';
import { draftOf, folderOut, outOf, strict, textContent } from '../store/drafts.ts';
import { stageNamed, stepNamed } from '../support/steps.ts';

let store: LocalStore;
beforeEach(() => {
  store = memoryStore();
});

const none: KeyParts = {
  ...{ protocol: 1, code: digestOf('code'), params: {}, case: {} },
  ...{ inputs: {}, outs: {}, environment: {} },
};

/** Records an execution; the digest of its out. */
function made(step: string, text: string, binding: Trace['case'] = {}, extension = 'csv'): Digest {
  const settings = { step, stage: step.split('@', 1)[0] as string, case: binding };
  const draft = draftOf(`${step} ${text}`, { parts: { ...none, case: binding }, ...settings });
  const outs = { table: outOf(textContent(text), extension) };
  return store.traces.record(draft, outs, strict).trace.outs['table']?.digest as Digest;
}

const traceOf = (parts: Partial<KeyParts>, binding: Trace['case'] = {}): Trace =>
  ({ parts: { ...none, ...parts }, case: binding }) as Trace;

describe('an input', () => {
  test('that a step made is its artifact, by the step, the role and the extension', () => {
    const digest = made('sample@k=6', '1,2', { k: 6 });
    expect(inputOf(store, undefined, digest)).toEqual({
      declared: { type: 'artifact', step: 'sample@k=6', role: 'table' },
      resolved: { type: 'one', digest, extension: 'csv', shape: 'file' },
    });
  });

  test('that is a file keeps its place and the extension of its name', () => {
    const declared = { type: 'source', path: 'data/raw.tar.gz', pin: true, exclude: [] } as const;
    const digest = digestOf('raw');
    expect(inputOf(store, declared, digest)).toEqual({
      ...{ declared, resolved: { type: 'one', digest, extension: 'gz', shape: 'file' } },
    });
  });

  test('that is an item of a list is JSON', () => {
    const declared = { type: 'item', step: 'polish', role: 'points', id: 'II', field: 'label' } as const;
    expect(inputOf(store, declared, digestOf('item'))).toMatchObject({
      ...{ declared, resolved: { extension: 'json' } },
    });
  });

  test('that nobody is known to have made is told as such, not as somebody’s', () => {
    const { declared, resolved } = inputOf(store, undefined, digestOf('nobody'));
    expect(declared).toEqual({ type: 'artifact', step: '', role: '' });
    expect(resolved).toMatchObject({ extension: '', shape: 'file' });
  });

  test('that gathers cases has them in the recorded order, each by its maker', () => {
    const [ten, six] = [made('sample@k=10', 'ten', { k: 10 }), made('sample@k=6', 'six', { k: 6 })];
    const { declared, resolved } = inputOf(store, undefined, [
      ['k=10', ten],
      ['k=6', six],
    ]);
    expect(declared).toEqual({
      type: 'gather',
      members: [
        { case: { k: 10 }, step: 'sample@k=10', role: 'table' },
        { case: { k: 6 }, step: 'sample@k=6', role: 'table' },
      ],
    });
    expect(resolved).toMatchObject({
      ...{
        type: 'gather',
        members: [{ case: 'k=10' }, { case: 'k=6', reference: { digest: six, size: 3 } }],
      },
    });
  });

  test('of equal bytes from two cases has the maker of each case', () => {
    const same = made('sample@k=6', 'same', { k: 6 });
    expect(made('sample@k=8', 'same', { k: 8 })).toBe(same);
    const { declared } = inputOf(store, undefined, [
      ['k=6', same],
      ['k=8', same],
    ]);
    expect(declared).toMatchObject({ members: [{ step: 'sample@k=6' }, { step: 'sample@k=8' }] });
  });

  test('of cases with more variables than were gathered binds the gathered ones alone', () => {
    const digest = made('sample@k=6,n=7', 'x', { k: 6, n: 7 });
    expect(inputOf(store, undefined, [['n=7', digest]]).declared).toMatchObject({
      members: [{ case: { n: 7 }, step: 'sample@k=6,n=7' }],
    });
  });
});

describe('a folder is told from a file', () => {
  test('by the record of who made it', () => {
    const outs = { site: folderOut({ 'a.txt': 'a' }), page: outOf(textContent('page')) };
    const { trace } = store.traces.record(draftOf('site'), outs, strict);
    expect(isFolder(store, trace.outs['site']?.digest as Digest)).toBe(true);
    expect(isFolder(store, trace.outs['page']?.digest as Digest)).toBe(false);
  });

  test('by its manifest, where all that it lists is there', async () => {
    const entry = (text: string) => ({ path: `${text}.txt`, executable: false, digest: digestOf(text) });
    await store.artifacts.put(textContent('here'));
    const whole = await store.artifacts.put(textContent(folderManifest([entry('here')])));
    const lacking = await store.artifacts.put(textContent(folderManifest([entry('here'), entry('gone')])));
    const empty = await store.artifacts.put(textContent(''));
    const binary = await store.artifacts.put({ type: 'bytes', bytes: Uint8Array.of(255, 254, 10) });
    expect([whole, lacking, empty, binary].map((digest) => isFolder(store, digest))).toEqual([
      ...[true, false, false, false],
    ]);
    expect(isFolder(store, digestOf('not in the store'))).toBe(false);
  });
});

describe('a command', () => {
  const words = (...texts: readonly string[]): ArgumentPart[][] =>
    texts.map((text) => [{ type: 'text', text }]);
  const command = (...texts: readonly string[]) => ({ type: 'command', argv: words(...texts) }) as const;
  const compare = { type: 'bytes' } as const;
  const then = stageNamed('fit', {
    computation: command('python3', 'old.py'),
    outs: {
      model: { path: 'old.json', folder: false, compare },
      plots: { path: 'p', folder: true, compare },
    },
  });
  const now: Step = {
    ...stepNamed('fit', [], {
      computation: command('python3', 'new.py'),
      outs: { model: { path: 'new.json', folder: false, compare: { type: 'canonical' } } },
      env: { THREADS: '8' },
    }),
  };
  const bytes = encodeCanonical(commandCode(then, command('python3', 'old.py')));
  const trace = traceOf({
    code: digestOf(bytes),
    outs: { model: 'number/1', plots: 'folder/1' },
    environment: { 'env.THREADS': '1', python: 'Python 3.11' },
  });

  test('has its words, outs and variables of then, and how outs are compared of now', async () => {
    await store.artifacts.put({ type: 'bytes', bytes });
    const stage = recordedStage(store, now, trace);
    expect(stage.computation).toEqual(command('python3', 'old.py'));
    expect(stage.outs).toEqual({
      model: { path: 'old.json', folder: false, compare: { type: 'canonical' } },
      plots: { path: 'p', folder: true, compare },
    });
    expect(stage.env).toEqual({ THREADS: '1' });
  });

  test('is known where its words were kept or are those of now, else not', async () => {
    expect(knowsCommand(store, now, trace)).toBe(false);
    expect(knowsCommand(store, now, traceOf({ code: now.signature.code }))).toBe(true);
    await store.artifacts.put({ type: 'bytes', bytes });
    expect(knowsCommand(store, now, trace)).toBe(true);
  });

  test('that is the one of now is the stage as it is', () => {
    expect(recordedStage(store, now, traceOf({ code: now.signature.code }))).toBe(now.stage);
  });
});

test('a recorded step has the case and the inputs of its record, and forgets those of now', () => {
  const digest = made('sample', 'x');
  const step = { ...stepNamed('fit', ['elsewhere']), case: { k: 99 } };
  const recorded = recordedStep(store, step, traceOf({ inputs: { sample: digest } }, { k: 6 }));
  expect(recorded.step.case).toEqual({ k: 6 });
  expect(Object.keys(recorded.step.inputs)).toEqual(['sample']);
  expect(recorded.inputs['sample']).toMatchObject({ digest, extension: 'csv' });
});
