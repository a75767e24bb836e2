/** Claims against what the store holds: which step is meant, what is read, and every way to come out. */
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { parseRelation } from '../../src/config/claims/relation.ts';
import { parseSelector } from '../../src/config/claims/selector.ts';
import type { ClaimDeclaration, Judgement } from '../../src/model/claim.ts';
import type { Pipeline } from '../../src/model/pipeline.ts';
import type { Store } from '../../src/model/store.ts';
import { type StepOuts, judgeClaims, stepsOfStages } from '../../src/provenance/claims.ts';
import { stageNamed } from '../support/steps.ts';

/** A store of texts, which counts how often each is read. */
function storeOf(texts: readonly string[]) {
  const kept = new Map(texts.map((text) => [digestOf(text), new TextEncoder().encode(text)]));
  const reads: Digest[] = [];
  const read = (digest: Digest) => {
    reads.push(digest);
    const bytes = kept.get(digest);
    if (bytes === undefined) throw new Error('it is gone');
    return bytes;
  };
  return { store: { artifacts: { read } } as unknown as Store, reads };
}

function claimed(value: string, holds: string, profile?: string): ClaimDeclaration {
  const [selector, relation] = [parseSelector(value), parseRelation(holds)];
  if (!('value' in selector) || !('value' in relation)) throw new TypeError(`no claim: ${value} ${holds}`);
  return {
    ...{ id: `${value} ${holds}`, says: '', source: '', value, holds, profile },
    ...{ selector: selector.value, relation: relation.value },
    place: { file: 'pipeline.yaml', line: 1, column: 1 },
  };
}

const pipelineOf = (claims: readonly ClaimDeclaration[], profile = 'default'): Pipeline => ({
  ...{ name: 'paper', seed: 1, profile, publishes: true, claims },
  stages: [
    stageNamed('fit'),
    stageNamed('one', { matrix: { k: { type: 'values', values: [6] } } }),
    stageNamed('many', { matrix: { k: { type: 'values', values: [6, 7] } } }),
  ],
});

const outs = (text: string, extension = 'json'): StepOuts['outs'] => ({
  value: { digest: digestOf(text), size: text.length, kind: 'value/1', extension },
});
const current = (text: string, extension?: string): StepOuts => ({
  outs: outs(text, extension),
  current: true,
});

interface Given {
  readonly steps?: Readonly<Record<string, StepOuts>>;
  readonly kept?: readonly string[];
  readonly profile?: string;
}

function judged(claim: ClaimDeclaration, { steps = {}, kept = [], profile }: Given): Judgement {
  const [judgement] = judgeClaims(pipelineOf([claim], profile), storeOf(kept).store, (step) => steps[step]);
  return judgement as Judgement;
}

const loss = '{"loss":0.866,"in":{"low":0.8,"high":0.9}}';
const given: Given = { steps: { fit: current(loss) }, kept: [loss] };

describe('a claim', () => {
  test.each([
    ['fit.value.loss', 'rounds to 0.87', 'holds', '', '0.866'],
    ['fit.value.loss', '< 0.5', 'fails', 'outside what is claimed', '0.866'],
    ['fit.value.in', '< 1', 'holds', '', '[0.8, 0.9]'],
    ['fit.value.loss', 'is 0.87', 'fails', 'another text', '0.866'],
  ])('%s %s: %s', (value, holds, status, because, found) => {
    expect(judged(claimed(value, holds), given)).toEqual({
      ...{ claim: `${value} ${holds}`, step: 'fit' },
      ...{ status, because, found },
    });
  });

  test('is undecided where an enclosure is partly inside', () => {
    expect(judged(claimed('fit.value.in', 'rounds to 0.87'), given)).toMatchObject({
      status: 'undecided',
      found: '[0.8, 0.9]',
    });
  });

  test('is broken where its value is not there, and tells no value', () => {
    expect(judged(claimed('fit.value.gain', '< 1'), given)).toMatchObject({
      status: 'broken',
      because: 'the artifact has no field "gain"; it has loss and in',
      found: undefined,
    });
    expect(judged(claimed('fit.table.loss', '< 1'), given)).toMatchObject({
      status: 'broken',
      because: 'fit has no out "table"',
    });
  });

  test('is broken, and ends nothing, where its artifact is gone or is not what its extension says', () => {
    expect(judged(claimed('fit.value.loss', '< 1'), { ...given, kept: [] })).toMatchObject({
      status: 'broken',
      because: 'the artifact cannot be read: it is gone',
    });
    const broken = judged(claimed('fit.value.loss', '< 1'), {
      steps: { fit: current('a,b\n1\n', 'csv') },
      kept: ['a,b\n1\n'],
    });
    expect(broken.because).toBe('the artifact cannot be read: row 1 has 1 cells, but the header has 2');
  });

  test('is unknown where its step was never executed', () => {
    expect(judged(claimed('fit.value.loss', '< 1'), {})).toMatchObject({
      status: 'unknown',
      because: 'fit has not been executed',
    });
  });

  test('is stale, with the old value, where the execution is not that of the plan, true or not', () => {
    const steps = { fit: { outs: outs(loss), current: false } };
    for (const holds of ['< 1', '> 1'])
      expect(judged(claimed('fit.value.loss', holds), { steps, kept: [loss] })).toMatchObject({
        ...{ status: 'stale', found: '0.866', because: "from an execution that is not the plan's" },
      });
  });

  test('of one profile is not judged in another, but it is with overrides of its own', () => {
    const claim = claimed('fit.value.loss', '< 1', 'full');
    expect(judged(claim, given)).toMatchObject({
      status: 'unknown',
      because: 'judged in profile full only',
    });
    expect(judged(claim, { ...given, profile: 'full' }).status).toBe('holds');
    expect(judged(claim, { ...given, profile: 'full+overrides' }).status).toBe('holds');
    expect(judged(claim, { ...given, profile: 'fuller' }).status).toBe('unknown');
  });
});

describe('claims', () => {
  test('are judged in the order of the pipeline, each artifact read once', () => {
    const { store, reads } = storeOf([loss]);
    const claims = ['> 1', '< 1', '= 0.866'].map((holds) => claimed('fit.value.loss', holds));
    const judgements = judgeClaims(pipelineOf(claims), store, () => current(loss));
    expect(judgements.map(({ status }) => status)).toEqual(['fails', 'holds', 'holds']);
    expect(reads).toEqual([digestOf(loss)]);
  });

  test('do not fail together', () => {
    const { store } = storeOf([loss]);
    const claims = [claimed('one.value', '< 1'), claimed('fit.value.loss', '< 1')];
    const find = (step: string) => (step === 'fit' ? current(loss) : current('gone'));
    expect(judgeClaims(pipelineOf(claims), store, find).map(({ status }) => status)).toEqual([
      'broken',
      'holds',
    ]);
  });
});

describe('the step that a claim names', () => {
  const stepOf = stepsOfStages(pipelineOf([]));

  test('is the stage itself without a matrix, and its only case with one', () => {
    expect(stepOf('fit')).toBe('fit');
    expect(stepOf('one')).toBe('one@k=6');
  });

  test('is as it is written where it has a case, or where the stage has several', () => {
    expect(stepOf('many@k=7')).toBe('many@k=7');
    expect(stepOf('many')).toBe('many');
    expect(stepOf('unheard')).toBe('unheard');
  });

  test('is told with the judgement', () => {
    const steps = { 'one@k=6': current('0.5') };
    expect(judged(claimed('one.value', '< 1'), { steps, kept: ['0.5'] })).toMatchObject({
      ...{ step: 'one@k=6', status: 'holds' },
    });
  });
});
