/** Two runs side by side: what came, what went, and what changed in each step and claim. */
import { expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { stageOf } from '../../src/model/case.ts';
import type { Judgement } from '../../src/model/claim.ts';
import type { Run } from '../../src/model/run.ts';
import type { Store } from '../../src/model/store.ts';
import type { Trace } from '../../src/model/trace.ts';
import { diffRuns } from '../../src/provenance/run-diff.ts';
import type { RunView, StepResult } from '../../src/provenance/run-view.ts';

const kept = new Map<string, Uint8Array>();
const store = {
  artifacts: { has: (digest: string) => kept.has(digest), read: (digest: string) => kept.get(digest) },
} as unknown as Store;

interface Given {
  readonly value?: string;
  readonly extension?: string;
  readonly params?: Trace['parts']['params'];
  readonly evidence?: Trace['evidence'];
  readonly binding?: Trace['case'];
}

function done(step: string, given: Given = {}): StepResult {
  const { value = '{"loss":1}', extension = 'json', params = {}, evidence = {}, binding = {} } = given;
  const digest = digestOf(value);
  kept.set(digest, new TextEncoder().encode(value));
  const trace: Trace = {
    parts: {
      ...{ protocol: 1, code: digestOf('code'), params, case: binding },
      ...{ inputs: {}, outs: {}, environment: {} },
    },
    ...{ key: digestOf(step), step, stage: stageOf(step), case: binding, evidence },
    ...{ run: 'run', attempt: step, seen: {}, at: 1, torn: false, cost: { wall: 1, cpu: 1, memory: 0 } },
    outs: { value: { digest, size: value.length, kind: 'value/1', extension } },
  };
  return { step, status: 'done', trace };
}

const view = (id: string, steps: readonly StepResult[], judgements: readonly Judgement[] = []): RunView => ({
  ...{ run: { id } as Run, of: id, judgements },
  steps: new Map(steps.map((result) => [result.step, result])),
});
const diff = (old: readonly StepResult[], now: readonly StepResult[]) =>
  diffRuns(store, view('old', old), view('now', now));

test('equal runs have only the same steps', () => {
  const both = [done('a'), done('b')];
  expect(diff(both, [done('a'), done('b')])).toEqual({
    ...{ before: 'old', after: 'now', same: 2, changed: [], added: [], removed: [], claims: [] },
  });
});

test('steps that came and steps that went are told, and not compared', () => {
  expect(diff([done('a'), done('b')], [done('b'), done('c')])).toMatchObject({
    ...{ same: 1, added: ['c'], removed: ['a'], changed: [] },
  });
});

test('a changed param and what it changed are told: values and evidence', () => {
  const old = done('a', { params: { draws: 3 }, evidence: { rounds: 5, calm: true } });
  const now = done('a', { params: { draws: 4 }, evidence: { rounds: 6, calm: true }, value: '{"loss":2}' });
  expect(diff([old], [now])).toMatchObject({
    same: 0,
    changed: [
      {
        step: 'a',
        reasons: [{ type: 'params', detail: 'params.draws: 3 → 4' }],
        code: [],
        outs: [{ role: 'value', cells: [{ name: '.loss', before: '1', after: '2' }], first: undefined }],
        evidence: [{ name: 'rounds', before: '5', after: '6' }],
      },
    ],
  });
});

test('cells of a table are told by row and column, with those that are on one side only', () => {
  const [old, now] = ['k,loss\n6,1\n', 'k,loss\n6,2\n7,3\n'].map((value) =>
    done('a', { value, extension: 'csv' }),
  );
  expect(diff([old as StepResult], [now as StepResult]).changed[0]?.outs[0]?.cells).toEqual([
    { name: 'row 1, column loss', before: '1', after: '2' },
    { name: 'row 2, column k', before: undefined, after: '7' },
    { name: 'row 2, column loss', before: undefined, after: '3' },
  ]);
});

test('of what has no values the first place is told, or nothing where its bytes are gone', () => {
  const [old, now] = ['abc', 'abd'].map((value) => done('a', { value, extension: 'txt' }));
  const first = () => diff([old as StepResult], [now as StepResult]).changed[0]?.outs[0];
  expect(first()).toMatchObject({ cells: [], first: 'byte 2: 63 → 64' });
  kept.delete(digestOf('abc'));
  expect(first()).toMatchObject({ cells: [], first: undefined, before: digestOf('abc') });
});

test('a step that failed instead is told by its status; one that failed twice is the same', () => {
  const failed: StepResult = { step: 'a', status: 'failed' };
  expect(diff([done('a')], [failed]).changed).toMatchObject([
    { step: 'a', status: { before: 'done', after: 'failed' }, reasons: [], outs: [] },
  ]);
  expect(diff([failed], [failed])).toMatchObject({ same: 1, changed: [] });
});

test('the cases of a stage are told in their order, however they ended', () => {
  const step = (k: number, value: string) => done(`a@k=${k}`, { binding: { k }, value });
  const order = [10, 9, 100];
  const found = diff(
    order.map((k) => step(k, '1')),
    order.map((k) => step(k, '2')),
  );
  expect(found.changed.map((each) => each.step)).toEqual(['a@k=9', 'a@k=10', 'a@k=100']);
});

test('claims are told where the status or the value differs, or on one side only', () => {
  const said = (claim: string, status: Judgement['status'], found: string): Judgement => ({
    ...{ claim, status, found, because: '' },
  });
  const old = [said('same', 'holds', '1'), said('moved', 'holds', '1'), said('gone', 'holds', '1')];
  const now = [said('same', 'holds', '1'), said('moved', 'holds', '2'), said('new', 'fails', '1')];
  expect(diffRuns(store, view('old', [], old), view('now', [], now)).claims).toEqual([
    { claim: 'moved', before: old[1], after: now[1] },
    { claim: 'gone', before: old[2], after: undefined },
    { claim: 'new', before: undefined, after: now[2] },
  ]);
});
