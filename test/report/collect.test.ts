/** What a report gathers: claims, published files as what they are, stages with their steps and what they are made by. */
import { describe, expect, test } from 'vitest';
import { parseSelector } from '../../src/config/claims/selector.ts';
import type { Digest } from '../../src/base/digest.ts';
import type { Outlook } from '../../src/engine/outlook.ts';
import type { Selector } from '../../src/model/claim.ts';
import type { Pipeline, StageDeclaration } from '../../src/model/pipeline.ts';
import type { PlannedStep } from '../../src/model/plan.ts';
import type { Step } from '../../src/model/step.ts';
import type { Store } from '../../src/model/store.ts';
import type { ArtifactReference, Trace } from '../../src/model/trace.ts';
import type { Trust } from '../../src/provenance/trust.ts';
import { collectReport, stagesOf } from '../../src/report/collect.ts';
import { memoryStore } from '../../store/memory/store.ts';
import { stepNamed } from '../support/steps.ts';
import { claim, step as stepData } from './support/data.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function selectorOf(text: string): Selector {
  const parsed = parseSelector(text);
  if ('wrong' in parsed) throw new Error(parsed.wrong);
  return parsed.value;
}

/** A store with artifacts, and the newest trace of each step named. */
function storeWith(newest: Readonly<Record<string, Trace>> = {}) {
  const { artifacts, runs } = memoryStore();
  const store = { artifacts, runs, traces: { newest: (id: string) => newest[id] } } as unknown as Store;
  const put = async (text: string, extension: string, kind = 'text/1'): Promise<ArtifactReference> => {
    const digest = await artifacts.put({ type: 'bytes', bytes: encode(text) });
    return { digest, size: text.length, kind, extension };
  };
  return { store, put };
}

const traceOf = (id: string, seen: Trace['seen'] = {}): Trace => ({ ...(stepData(id).trace as Trace), seen });

function pipelineOf(stages: readonly StageDeclaration[], more: Partial<Pipeline> = {}): Pipeline {
  return { name: 'paper', seed: 1, profile: 'default', publishes: true, stages, claims: [], ...more };
}

interface Seen {
  readonly hits?: Readonly<Record<string, Trace>>;
  readonly waiting?: readonly string[];
}

/** The outlook on some steps: hits for those named, nothing planned of the others. */
function outlook(steps: readonly Step[], { hits = {}, waiting = [] }: Seen = {}): Outlook {
  const planned = steps.flatMap((step): PlannedStep[] => {
    const trace = hits[step.id];
    return trace === undefined
      ? []
      : [{ step, verdict: { type: 'hit', key: trace.key, trace }, price: undefined }];
  });
  return {
    allSteps: () => steps,
    plan: { steps: planned },
    waiting: () => waiting.map((stage) => ({ stage, on: [] })),
  } as unknown as Outlook;
}

const stagesFrom = (steps: readonly Step[]) => [...new Set(steps.map(({ stage }) => stage))];

describe('a published file', () => {
  /** What the out of a step that publishes it is shown as. */
  async function shown(text: string, extension: string, kind?: string, isKept = true) {
    const { store, put } = storeWith();
    const out = await put(text, extension, kind);
    const step = stepNamed('fit', [], { publish: { value: 'results/fit.csv' } });
    const lost = { ...out, digest: 'f'.repeat(64) as Digest };
    const { published } = collectReport({
      pipeline: pipelineOf([step.stage]),
      store,
      seen: outlook([step]),
      find: () => ({ outs: { value: isKept ? out : lost }, current: true }),
      trust: () => undefined,
    });
    return published[0]?.content;
  }

  test('is a table, a figure or a text by its extension', async () => {
    expect(await shown('k,loss\n6,0.3\n', 'csv')).toEqual({
      type: 'table',
      table: { columns: ['k', 'loss'], rows: [[6, 0.3]] },
    });
    expect(
      await shown('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"></svg>', 'svg'),
    ).toMatchObject({
      type: 'figure',
    });
    expect(await shown('{"a": 1}', 'json')).toEqual({ type: 'text', text: '{"a": 1}' });
  });

  test('that is called a table and is none is shown as text', async () => {
    expect(await shown('a,b\n1\n', 'csv')).toEqual({ type: 'text', text: 'a,b\n1\n' });
  });

  test('is only named where it is too long, a folder, of no known sort, or gone', async () => {
    expect(await shown('x'.repeat(4001), 'txt')).toEqual({ type: 'other' });
    expect(await shown('', 'txt', 'folder/1')).toEqual({ type: 'other' });
    expect(await shown('words', 'bin')).toEqual({ type: 'other' });
    expect(await shown('words', 'txt', 'text/1', false)).toEqual({ type: 'other' });
  });

  test('has the path of its case, below the folder of a profile that does not publish', async () => {
    const { store, put } = storeWith();
    const out = await put('words', 'txt');
    const step = {
      ...stepNamed('fit', [], { publish: { value: 'results/${k}.txt', gone: 'results/gone.txt' } }),
      case: { k: 6 },
    };
    const paths = (pipeline: Pipeline) =>
      collectReport({
        pipeline,
        store,
        seen: outlook([step]),
        find: () => ({ outs: { value: out }, current: false }),
        trust: () => undefined,
      }).published.map(({ path, current }) => [path, current]);
    expect(paths(pipelineOf([step.stage]))).toEqual([['results/6.txt', false]]);
    expect(paths(pipelineOf([step.stage], { profile: 'quick', publishes: false }))).toEqual([
      ['.colophon/published/quick/results/6.txt', false],
    ]);
  });

  test('is missing where its step was never executed', () => {
    const step = stepNamed('fit', [], { publish: { value: 'results/fit.csv' } });
    const { published } = collectReport({
      pipeline: pipelineOf([step.stage]),
      store: storeWith().store,
      seen: outlook([step]),
      find: () => undefined,
      trust: () => undefined,
    });
    expect(published).toEqual([]);
  });
});

test('a claim has the trust of its value only where one was found', async () => {
  const { store, put } = storeWith();
  const out = await put('k,mean\n1,0.2974\n', 'csv', 'table/1');
  const { declaration } = claim('mean', 'holds');
  const claims = ['summary.value[k=1].mean', 'summary.value[k=2].mean', 'other.value[k=1].mean'].map(
    (value) => ({ ...declaration, id: value, selector: selectorOf(value) }),
  );
  const steps = [stepNamed('summary', []), stepNamed('other', [])];
  const trusted = { level: 'closed' } as Trust;
  const report = collectReport({
    pipeline: pipelineOf(stagesFrom(steps), { claims }),
    store,
    seen: outlook(steps),
    find: (id) => (id === 'summary' ? { outs: { value: out }, current: true } : undefined),
    trust: () => trusted,
  });
  expect(report.claims.map(({ judgement, trust }) => [judgement.found, judgement.status, trust])).toEqual([
    ['0.2974', 'holds', trusted],
    [undefined, 'broken', undefined],
    [undefined, 'unknown', undefined],
  ]);
});

describe('a stage', () => {
  const fit = stepNamed('fit', ['draw']);
  const stageShown = (store: Store, step: Step, seen: Seen = {}) =>
    stagesOf({
      pipeline: pipelineOf([step.stage]),
      store,
      seen: outlook([step], seen),
      trust: () => undefined,
    })[0];

  test('tells of each step whether it is current, old or new', () => {
    const trace = traceOf('fit');
    expect(stageShown(storeWith().store, fit, { hits: { fit: trace } })?.steps[0]).toMatchObject({
      state: 'current',
      trace,
    });
    expect(stageShown(storeWith({ fit: trace }).store, fit)?.steps[0]).toMatchObject({ state: 'old', trace });
    expect(stageShown(storeWith().store, fit)?.steps[0]).toMatchObject({ state: 'new', trace: undefined });
  });

  test('says what its file begins with, and lists the files of its own that it was made of', async () => {
    const sourceMap = JSON.stringify({
      sources: ['lib/mean.ts', 'stages/fit.ts', 'node_modules/zod/index.js'],
      sourcesContent: [
        '',
        "import { z } from 'zod';\n/**\n * Fits a line\n * to all.\n */\nexport const run = 1;",
        '',
      ],
    });
    const newest: Record<string, Trace> = {};
    const { store, put } = storeWith(newest);
    const { digest } = await put(sourceMap, 'json');
    newest['fit'] = traceOf('fit', { sourceMap: digest });
    expect(stageShown(store, fit)).toMatchObject({
      says: 'Fits a line to all.',
      code: ['stages/fit.ts', 'lib/mean.ts'],
      made: 'stages/fit.ts',
      needs: ['draw'],
      waiting: false,
    });
  });

  test('names its file alone where the map is gone', () => {
    const trace = traceOf('fit', { sourceMap: '0'.repeat(64) });
    expect(stageShown(storeWith({ fit: trace }).store, fit)).toMatchObject({
      code: ['stages/fit.ts'],
      says: '',
    });
  });

  test('that is a command is told by its words, roles and params by name', () => {
    const argv = [
      [{ type: 'text', text: 'fit.py' }],
      [
        { type: 'text', text: '--k=' },
        { type: 'variable', name: 'k' },
      ],
      [{ type: 'dep', role: 'table' }],
      [{ type: 'param', name: 'degree' }],
      [{ type: 'out', role: 'model' }],
    ] as const;
    const step = stepNamed('legacy', [], { computation: { type: 'command', argv } });
    expect(stageShown(storeWith().store, step)).toMatchObject({
      made: 'command',
      says: 'fit.py --k=${k} ${deps.table} ${params.degree} ${outs.model}',
      code: [],
    });
  });

  test('without steps yet waits, and needs what it declares', () => {
    const stage = stepNamed('each', [], {
      deps: { points: { type: 'artifact', stage: 'polish', role: 'points' } },
      matrix: { point: { type: 'items', stage: 'find', role: 'list', id: 'label' } },
    } as unknown as Partial<StageDeclaration>).stage;
    const [shown] = stagesOf({
      pipeline: pipelineOf([stage]),
      store: storeWith().store,
      seen: outlook([], { waiting: ['each'] }),
      trust: () => undefined,
    });
    expect(shown).toMatchObject({ steps: [], waiting: true, needs: ['polish', 'find'] });
  });
});
