/** Changes between two runs, one by one, and what some of them would have given without the others. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { type InputDigest, type KeyParts, keyOf } from '../../src/model/key.ts';
import type { Run } from '../../src/model/run.ts';
import type { Step, StepInput } from '../../src/model/step.ts';
import type { Trace } from '../../src/model/trace.ts';
import { type Between, changesBetween } from '../../src/provenance/changes.ts';
import { type Execute, Recombiner } from '../../src/provenance/recombine.ts';
import { memoryStore } from '../../store/memory/store.ts';
import type { LocalStore } from '../../store/local.ts';
import { draftOf, strict, textContent, valueOf } from '../store/drafts.ts';
import { stepNamed } from '../support/steps.ts';

let store: LocalStore;
let executed: string[];
beforeEach(() => {
  store = memoryStore();
  executed = [];
});

/** What a step of these parts gives: all that it was made of, but for params named `unused`. */
const computed = ({ code, params, inputs, stream }: KeyParts): string =>
  JSON.stringify([code.slice(0, 6), { ...params, unused: 0 }, inputs, stream ?? null]);

const execute: Execute = async ({ step, trace }) => {
  executed.push(step.id);
  if (trace.parts.params['broken'] === true) return `${step.id} cannot be executed`;
  const text = computed(trace.parts);
  const digest = await store.artifacts.put(textContent(text));
  return { value: { digest, size: text.length, kind: 'number/1', extension: 'json' } };
};

type Given = Partial<Pick<KeyParts, 'params' | 'inputs' | 'stream' | 'case' | 'environment'>> & {
  readonly code?: string;
};

/** Records an execution of a step and gives its trace. */
function ran(step: string, { code = 'code', params = {}, inputs = {}, ...more }: Given = {}): Trace {
  const parts: KeyParts = {
    ...{ protocol: 1, code: digestOf(code), params, case: {}, inputs },
    ...{ outs: { value: 'number/1' }, environment: {}, ...more },
  };
  const key = keyOf(parts);
  const known = store.traces.find(key);
  if (known !== undefined) return known;
  const draft = draftOf(step, { key, parts, step, stage: step.split('@', 1)[0] as string, case: parts.case });
  return store.traces.record(draft, valueOf(computed(parts)), strict).trace;
}

const outOf = (trace: Trace): Digest => trace.outs['value']?.digest as Digest;

const view = (id: string, traces: readonly Trace[]) => ({
  ...{ run: { id } as Run, of: id, judgements: [] },
  steps: new Map(traces.map((trace) => [trace.step, { step: trace.step, status: 'done', trace } as const])),
});

const between = (steps: readonly Step[], before: readonly Trace[], after: readonly Trace[]): Between => ({
  ...{ store, steps: new Map(steps.map((step) => [step.id, step])) },
  ...{ before: view('before', before), after: view('after', after) },
});

const source: StepInput = { type: 'source', path: 'data/raw.csv', pin: true, exclude: [] };
const sample: Step = { ...stepNamed('sample', []), inputs: { raw: source } };
const fit = stepNamed('fit', ['sample']);
const end = stepNamed('end', ['fit']);
const steps = [sample, fit, end];

/** A run of all three. */
function chain(given: { sample?: Given; fit?: Given; raw?: string } = {}): Trace[] {
  const first = ran('sample', { inputs: { raw: digestOf(given.raw ?? 'raw') }, ...given.sample });
  const second = ran('fit', { inputs: { sample: outOf(first) }, ...given.fit });
  return [first, second, ran('end', { inputs: { fit: outOf(second) } })];
}

describe('the changes between two runs', () => {
  const named = (ground: Between, among = ['sample', 'fit', 'end']) =>
    changesBetween(ground, new Set(among)).map(({ name, says, steps: touched }) => [name, says, touched]);

  test('are params, code and sources; what only follows from them is none', () => {
    const after = chain({
      raw: 'new',
      sample: { params: { draws: 16 }, inputs: { raw: digestOf('new') } },
      fit: { code: 'better' },
    });
    const [one, two] = [digestOf('code'), digestOf('better')].map((digest) => digest.slice(0, 12));
    expect(
      named(
        between(steps, chain({ sample: { params: { draws: 8 }, inputs: { raw: digestOf('raw') } } }), after),
      ),
    ).toEqual([
      ['params sample.draws', '8 → 16', ['sample']],
      [
        'source data/raw.csv',
        `${digestOf('raw').slice(0, 12)} → ${digestOf('new').slice(0, 12)}`,
        ['sample'],
      ],
      ['code fit', `${one} → ${two}`, ['fit']],
    ]);
  });

  test('are one for all cases of a stage, with the steps that they touch', () => {
    const cases = [6, 8].map((k): Step => ({
      ...stepNamed(`sample@k=${k}`, [], { name: 'sample' }),
      case: { k },
    }));
    const of = (draws: number) => [6, 8].map((k) => ran(`sample@k=${k}`, { params: { draws }, case: { k } }));
    expect(named(between(cases, of(1), of(2)), ['sample@k=6', 'sample@k=8'])).toEqual([
      ['params sample.draws', '1 → 2', ['sample@k=6', 'sample@k=8']],
    ]);
  });

  test('of a gather are cases that came or went, not members whose bytes changed', () => {
    const gather: Step = { ...stepNamed('fit', []), inputs: { all: { type: 'gather', members: [] } } };
    const of = (...all: readonly (readonly [string, string])[]) =>
      ran('fit', { inputs: { all: all.map(([text, value]) => [text, digestOf(value)] as const) } });
    const [few, more, other] = [of(['k=6', 'a']), of(['k=6', 'a'], ['k=8', 'b']), of(['k=6', 'c'])];
    expect(named(between([gather], [few], [more]), ['fit'])).toEqual([
      ['cases fit.all', 'k=8 added', ['fit']],
    ]);
    expect(named(between([gather], [few], [other]), ['fit'])).toEqual([]);
  });

  test('of an input that came are changes of the code that takes it', () => {
    const before = ran('fit');
    const after = ran('fit', { inputs: { sample: digestOf('x') } });
    expect(named(between([fit], [before], [after]), ['fit'])).toEqual([
      ['code fit', 'sample: a new input', ['fit']],
    ]);
  });

  test('are told of steps that both runs executed, and of no others', () => {
    const [first] = chain({ sample: { params: { draws: 8 }, inputs: { raw: digestOf('raw') } } });
    expect(named(between(steps, chain().slice(1), [first as Trace]))).toEqual([]);
    expect(named(between(steps, chain(), [first as Trace]), ['fit'])).toEqual([]);
  });
});

describe('some of the changes', () => {
  const draws = (count: number): Given => ({ params: { draws: count }, inputs: { raw: digestOf('raw') } });
  const old = () => chain({ sample: draws(8) });
  const now = () => chain({ sample: draws(16), fit: { code: 'better' } });
  /** `now`, with `fit` reading what `sample` gave now. */
  const both = (): Between => {
    const [first] = now();
    const second = ran('fit', { code: 'better', inputs: { sample: outOf(first as Trace) } });
    const third = ran('end', { inputs: { fit: outOf(second) } });
    return between(steps, old(), [first as Trace, second, third]);
  };

  test('none of them is the run before, and all are the run after, without executing anything', async () => {
    const ground = both();
    const recombiner = new Recombiner(ground, execute);
    const all = new Set(['params sample.draws', 'code fit']);
    expect(await recombiner.outs('end', new Set())).toEqual(ground.before.steps.get('end')?.trace?.outs);
    expect(await recombiner.outs('end', all)).toEqual(ground.after.steps.get('end')?.trace?.outs);
    expect([executed, recombiner.executed.size, recombiner.reused.size]).toEqual([[], 0, 6]);
  });

  test('execute what neither run had, from where they differ, and each of it once', async () => {
    const recombiner = new Recombiner(both(), execute);
    const first = await recombiner.outs('end', new Set(['code fit']));
    expect(executed).toEqual(['fit', 'end']);
    expect(await recombiner.outs('end', new Set(['code fit']))).toEqual(first);
    expect(executed).toEqual(['fit', 'end']);
    await recombiner.outs('end', new Set(['params sample.draws']));
    expect(executed).toEqual(['fit', 'end', 'fit', 'end']);
    expect(recombiner.executed.size).toBe(4);
  });

  test('reach no further than their bytes do', async () => {
    const unused = (value: number) =>
      chain({ sample: { params: { unused: value }, inputs: { raw: digestOf('raw') } } });
    const recombiner = new Recombiner(between(steps, unused(1), unused(2)), execute);
    await recombiner.outs('end', new Set(['params sample.unused']));
    expect([executed, recombiner.reused.size]).toEqual([[], 3]);
  });

  test('take a file as it was or as it is, by its own name', async () => {
    const of = (raw: string) =>
      chain({ raw, sample: { inputs: { raw: digestOf(raw) }, params: { draws: raw.length } } });
    const recombiner = new Recombiner(between([sample], of('raw'), of('newer')), execute);
    const outs = await recombiner.outs('sample', new Set(['source data/raw.csv']));
    const wanted = computed({
      params: { draws: 3 },
      inputs: { raw: digestOf('newer') },
      code: digestOf('code'),
    } as unknown as KeyParts);
    expect(outs).toMatchObject({ value: { digest: digestOf(wanted) } });
  });

  test('of code bring the inputs that came with it, and take those that went', async () => {
    const taken = (role: string, code: string, tolerance: number) =>
      ran('fit', { code, params: { tolerance }, inputs: { [role]: digestOf(role) } });
    const ground = between([stepNamed('fit', [])], [taken('old', 'code', 1)], [taken('new', 'better', 2)]);
    const recombiner = new Recombiner(ground, execute);
    const given = async (...made: readonly string[]) => {
      const outs = await recombiner.outs('fit', new Set(made));
      return typeof outs === 'string' ? outs : outs['value']?.digest;
    };
    const wanted = (role: string, code: string, tolerance: number) =>
      digestOf(
        computed({
          ...{ code: digestOf(code), params: { tolerance }, inputs: { [role]: digestOf(role) } },
        } as unknown as KeyParts),
      );
    expect(await given('code fit')).toBe(wanted('new', 'better', 1));
    expect(await given('params fit.tolerance')).toBe(wanted('old', 'code', 2));
    expect(executed).toEqual(['fit', 'fit']);
  });

  test('that cannot be executed say so, for all that needs them', async () => {
    const broken: Given = { params: { broken: true }, inputs: { raw: digestOf('raw') } };
    const ground = between(steps, old(), [...chain({ sample: broken }).slice(0, 1), ...now().slice(1)]);
    const recombiner = new Recombiner(ground, execute);
    const made = new Set(['params sample.broken', 'params sample.draws', 'code fit']);
    const known = ran('sample', broken);
    expect(await recombiner.outs('sample', made)).toEqual(known.outs);
    const alone = new Set(['params sample.broken']);
    expect(await recombiner.outs('end', alone)).toBe('sample cannot be executed');
    expect(executed).toEqual(['sample']);
  });

  test('of a step that neither run executed are told as such', async () => {
    const recombiner = new Recombiner(between(steps, [], []), execute);
    expect(await recombiner.outs('end', new Set())).toBe('end has no record in these runs');
  });

  test('gather each member from its own step, and keep those that the pipeline no longer has', async () => {
    const cases = [6, 8].map((k): Step => ({
      ...stepNamed(`sample@k=${k}`, [], { name: 'sample' }),
      case: { k },
    }));
    const members = [{ case: { k: 6 }, step: 'sample@k=6', role: 'value' }];
    const all: Step = { ...stepNamed('all', []), inputs: { each: { type: 'gather', members } } };
    const of = (count: number) => {
      const made = [6, 8].map((k) => ran(`sample@k=${k}`, { params: { draws: count }, case: { k } }));
      const each = made.map((trace, i): readonly [string, Digest] => [`k=${[6, 8][i]}`, outOf(trace)]);
      return [...made, ran('all', { inputs: { each } as Record<string, InputDigest> })];
    };
    const [before, after] = [of(1), of(2)];
    const recombiner = new Recombiner(between([...cases, all], before, after), execute);
    const outs = await recombiner.outs('all', new Set(['params sample.draws']));
    const [six, eight] = [outOf(after[0] as Trace), outOf(before[1] as Trace)];
    const each = [
      ['k=6', six],
      ['k=8', eight],
    ];
    const wanted = computed({ params: {}, code: digestOf('code'), inputs: { each } } as unknown as KeyParts);
    expect(outs).toMatchObject({ value: { digest: digestOf(wanted) } });
    expect(executed).toEqual(['all']);
  });
});
