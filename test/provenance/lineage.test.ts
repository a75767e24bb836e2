/** What is told of where an artifact came from: its maker, that one's params and inputs, and so on down to the files. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import type { Step, StepInput } from '../../src/model/step.ts';
import type { LocalStore } from '../../store/local.ts';
import { memoryStore } from '../../store/memory/store.ts';
import type { Trace } from '../../src/model/trace.ts';
import { type Archive, lineageOf } from '../../src/provenance/lineage.ts';
import { draftOf, strict, textContent, valueOf } from '../store/drafts.ts';
import { stepNamed } from '../support/steps.ts';

let store: LocalStore;
beforeEach(() => {
  store = memoryStore();
});

interface Given {
  readonly value?: string;
  readonly inputs?: Trace['parts']['inputs'];
  readonly binding?: Trace['case'];
  readonly params?: Trace['parts']['params'];
  readonly code?: Digest;
  readonly seen?: Trace['seen'];
  readonly at?: number;
  readonly torn?: boolean;
}

let count = 0;
/** Records an execution of a step that gave a value: its text, or its name where no other is told. */
function executed(step: string, given: Given = {}): Trace {
  const {
    value = `"${step}"`,
    inputs = {},
    binding = {},
    params = {},
    seen = {},
    at = 1,
    torn = false,
  } = given;
  const parts = { protocol: 1, code: given.code ?? digestOf('code'), params, case: binding, inputs };
  const draft = draftOf(`${step} ${(count += 1)}`, {
    parts: { ...parts, outs: { value: 'number/1' }, environment: {} },
    ...{ step, stage: step.split('@', 1)[0] as string, case: binding, seen, at, torn },
  });
  return store.traces.record(draft, valueOf(value), strict).trace;
}

const outOf = (trace: Trace): Digest => trace.outs['value']?.digest as Digest;
const archive = (steps: readonly Step[] = [], current: readonly Trace[] = []): Archive => ({
  store,
  steps,
  isCurrent: ({ key }) => current.some((trace) => trace.key === key),
});
const withInput = (step: Step, role: string, input: StepInput): Step => ({
  ...step,
  inputs: { ...step.inputs, [role]: input },
});
const file = (path: string): StepInput => ({ type: 'source', path, pin: true, exclude: [] });

describe('the lineage of an execution', () => {
  test('tells each maker with its params, down to the files', () => {
    const raw = digestOf('raw');
    const sample = executed('sample', { params: { draws: 8 }, inputs: { raw } });
    const fit = executed('fit', { params: { tolerance: 1e-9 }, inputs: { sample: outOf(sample) } });
    const steps = [
      withInput(stepNamed('sample', []), 'raw', file('data/raw.txt')),
      stepNamed('fit', ['sample']),
    ];
    const told = lineageOf(archive(steps, [fit]), fit);
    expect(told).toMatchObject({
      ...{ step: 'fit', key: fit.key, current: true, params: { tolerance: 1e-9 }, sources: [] },
      needs: [
        {
          ...{ role: 'sample', steps: ['sample'] },
          lineage: {
            ...{ step: 'sample', key: sample.key, current: false, params: { draws: 8 }, needs: [] },
            sources: [{ role: 'raw', path: 'data/raw.txt', digest: raw }],
          },
        },
      ],
    });
  });

  test('leaves the variables of the case out of the params', () => {
    const trace = executed('fit@k=6', { binding: { k: 6 }, params: { k: 6, draws: 8 } });
    expect(lineageOf(archive(), trace).params).toEqual({ draws: 8 });
  });

  test('tells each stage once, however many roles lead to it', () => {
    const sample = executed('sample');
    const left = executed('left', { inputs: { sample: outOf(sample) } });
    const right = executed('right', { inputs: { sample: outOf(sample) } });
    const end = executed('end', { inputs: { left: outOf(left), right: outOf(right) } });
    const steps = [
      stepNamed('sample', []),
      ...['left', 'right'].map((name) => stepNamed(name, ['sample'])),
      stepNamed('end', ['left', 'right']),
    ];
    const [first, second] = lineageOf(archive(steps), end).needs;
    expect(first?.lineage?.needs[0]?.lineage?.step).toBe('sample');
    expect(second?.lineage?.needs[0]).toEqual({ role: 'sample', steps: ['sample'], lineage: undefined });
  });

  test('knows makers from the store where the pipeline does not name them any more', () => {
    const sample = executed('sample');
    const fit = executed('fit', { inputs: { sample: outOf(sample), raw: digestOf('raw') } });
    const told = lineageOf(archive(), fit);
    expect(told.needs.map(({ role, steps }) => [role, steps])).toEqual([['sample', ['sample']]]);
    expect(told.sources).toEqual([{ role: 'raw', digest: digestOf('raw') }]);
  });

  test('names the step of a role whose record is gone, and tells nothing of it', () => {
    const fit = executed('fit', { inputs: { sample: digestOf('lost') } });
    const steps = [stepNamed('sample', []), stepNamed('fit', ['sample'])];
    expect(lineageOf(archive(steps), fit).needs).toEqual([{ role: 'sample', steps: ['sample'] }]);
  });
});

describe('of several executions that gave the same bytes', () => {
  const steps = [stepNamed('sample', []), stepNamed('other', []), stepNamed('fit', ['sample'])];

  test('the step that is declared is told, not another one', () => {
    executed('other', { value: '1', at: 5 });
    const sample = executed('sample', { value: '1', at: 2 });
    executed('other', { value: '1', at: 9 });
    const fit = executed('fit', { inputs: { sample: outOf(sample) }, at: 10 });
    expect(lineageOf(archive(steps), fit).needs[0]?.lineage?.step).toBe('sample');
  });

  test('the one before is told, not one that came after', () => {
    const before = executed('sample', { value: '1', at: 2, params: { draws: 1 } });
    executed('sample', { value: '1', at: 20, params: { draws: 2 } });
    const fit = executed('fit', { inputs: { sample: outOf(before) }, at: 10 });
    expect(lineageOf(archive(steps), fit).needs[0]?.lineage?.params).toEqual({ draws: 1 });
  });

  test('that which stands now is told, whenever it was', () => {
    const before = executed('sample', { value: '1', at: 2, params: { draws: 1 } });
    const after = executed('sample', { value: '1', at: 20, params: { draws: 2 } });
    const fit = executed('fit', { inputs: { sample: outOf(before) }, at: 10 });
    const told = lineageOf(archive(steps, [after, fit]), fit).needs[0]?.lineage;
    expect([told?.current, told?.params]).toEqual([true, { draws: 2 }]);
  });

  test('a torn one is never told', () => {
    const torn = executed('sample', { value: '1', at: 2, torn: true });
    const fit = executed('fit', { inputs: { sample: digestOf('1') }, at: 10 });
    expect(outOf(torn)).toBe(digestOf('1'));
    expect(lineageOf(archive(steps), fit).needs[0]?.lineage).toBeUndefined();
  });
});

describe('of cases that were gathered', () => {
  const members = [6, 8, 10].map((k) => ({ case: { k }, step: `sample@k=${k}`, role: 'value' }));
  const gathering = withInput(stepNamed('fit', []), 'samples', { type: 'gather', members });
  const gathered = () => {
    const made = [6, 8, 10].map((k) => executed(`sample@k=${k}`, { binding: { k }, params: { k } }));
    const input = made.map((trace, i) => [`k=${[6, 8, 10][i]}`, outOf(trace)] as const);
    return executed('fit', { inputs: { samples: input } });
  };

  test('the first is told, and the others are named behind it', () => {
    const [need] = lineageOf(archive([gathering]), gathered()).needs;
    expect(need?.steps).toEqual(['sample@k=6', 'sample@k=8', 'sample@k=10']);
    expect(need?.lineage?.step).toBe('sample@k=6');
  });

  test('the one that is asked about is told first', () => {
    const [need] = lineageOf(archive([gathering]), gathered(), { row: { k: '8', family: 'II' } }).needs;
    expect(need?.steps).toEqual(['sample@k=8', 'sample@k=6', 'sample@k=10']);
    expect(need?.lineage?.step).toBe('sample@k=8');
  });

  test('none is taken for one that is not there', () => {
    const [need] = lineageOf(archive([gathering]), gathered(), { row: { k: '7' } }).needs;
    expect(need?.lineage?.step).toBe('sample@k=6');
  });
});

describe('the code of an execution', () => {
  test('is its files, the stage’s own first and then those nearest to it', async () => {
    const sources = ['lib/far.ts', 'stages/fit.ts', 'lib/near.ts'];
    const map = JSON.stringify({
      ...{ version: 3, sources, sourcesContent: sources.map((_, i) => `export const a${i} = 1;`) },
      mappings: 'AAAA,ACAA,ACAA',
    });
    const sourceMap = await store.artifacts.put(textContent(map));
    const fit = executed('fit', { seen: { sourceMap } });
    const { files, command } = lineageOf(archive([stepNamed('fit', [])]), fit).code;
    expect(files.map((one) => one.file)).toEqual(['stages/fit.ts', 'lib/near.ts', 'lib/far.ts']);
    expect(command).toBeUndefined();
  });

  test('has the lines of what was asked about by name; above, only where something is made of a name of some length', async () => {
    const text = "export const run = (d) => ({ loss: d, columns: ['rank'], k: d });";
    const map = JSON.stringify({
      ...{ version: 3, sources: ['stages/fit.ts'], sourcesContent: [text], mappings: 'AAAA' },
    });
    const seen = { sourceMap: await store.artifacts.put(textContent(map)) };
    const sample = executed('sample', { seen });
    const fit = executed('fit', { seen, inputs: { sample: outOf(sample) } });
    const ofFile = (step: Step): Step => ({
      ...step,
      stage: { ...step.stage, computation: { type: 'typescript', file: 'stages/fit.ts' } },
    });
    const both = [ofFile(stepNamed('sample', [])), ofFile(stepNamed('fit', ['sample']))];
    const counts = (name?: string) => {
      const told = lineageOf(archive(both), fit, { name });
      return [told.code.naming.length, told.needs[0]?.lineage?.code.naming.length];
    };
    expect([counts('loss'), counts('k'), counts('rank'), counts()]).toEqual([
      [1, 1],
      [1, 0],
      [1, 0],
      [0, 0],
    ]);
  });

  test('is unknown, not guessed, where its map is not in the store', () => {
    const fit = executed('fit', { seen: { sourceMap: digestOf('gone') } });
    expect(lineageOf(archive([stepNamed('fit', [])]), fit).code.files).toEqual([]);
  });

  test('of a command is its words as they are declared', () => {
    const argv = [
      [{ type: 'text', text: 'python3' }],
      [{ type: 'dep', role: 'script' }],
      [
        { type: 'text', text: '--k=' },
        { type: 'variable', name: 'k' },
      ],
      [{ type: 'param', name: 'tolerance' }],
      [{ type: 'out', role: 'model' }],
    ] as const;
    const step = stepNamed('fit', [], { computation: { type: 'command', argv } });
    expect(lineageOf(archive([step]), executed('fit')).code.command).toBe(
      'python3 ${deps.script} --k=${k} ${params.tolerance} ${outs.model}',
    );
  });
});
