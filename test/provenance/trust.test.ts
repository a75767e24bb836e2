/** Trust: what raises it, what lowers it, and that no step is worth more than what it was made from. */
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import type { AuditRecord, SignatureRecord } from '../../src/model/audit.ts';
import type { StageDeclaration } from '../../src/model/pipeline.ts';
import type { Step } from '../../src/model/step.ts';
import type { Trace } from '../../src/model/trace.ts';
import { type Trust, type TrustGround, trustIn } from '../../src/provenance/trust.ts';
import { randomSteps, stepNamed } from '../support/steps.ts';

const outOf = (name: string) => digestOf(`out of ${name}`);

function traceOf(step: Step, settings: Partial<Trace> = {}): Trace {
  const inputs = Object.entries(step.inputs).flatMap(([role, input]) =>
    input.type === 'artifact' ? [[role, outOf(input.step)] as const] : [],
  );
  return {
    key: digestOf(`key of ${step.id}`),
    parts: {
      ...{ protocol: 1, code: step.signature.code, params: {}, case: {} },
      ...{ inputs: Object.fromEntries(inputs), outs: {}, environment: {} },
    },
    ...{ step: step.id, stage: step.stage.name, case: {}, evidence: {}, run: 'run', attempt: step.id },
    outs: { value: { digest: outOf(step.id), size: 1, kind: 'number/1', extension: 'json' } },
    cost: { wall: 1, cpu: 1, memory: 0 },
    seen: { executor: 'worker' },
    at: 1,
    torn: false,
    ...settings,
  };
}

const said = (name: string, verdict: AuditRecord['verdict'] = 'same'): AuditRecord => ({
  ...{ key: digestOf(`key of ${name}`), attempt: name, verdict, by: 'bytes' },
  ...{ variation: 'as recorded', says: '', machine: {}, at: 2 },
});

const signed = (name: string): SignatureRecord => ({
  ...{ key: digestOf(`key of ${name}`), attempt: name, signer: 'someone', envelope: '{}', at: 3 },
});

interface Given {
  readonly traces?: Readonly<Record<string, Trace | undefined>>;
  readonly audits?: readonly AuditRecord[];
  readonly signatures?: readonly SignatureRecord[];
}

function trusts(steps: readonly Step[], { traces = {}, audits = [], signatures = [] }: Given = {}) {
  const all = new Map(
    steps.map((step) => [step.id, step.id in traces ? traces[step.id] : traceOf(step)] as const),
  );
  const store = {
    audits: { list: () => audits, signatures: () => signatures },
    traces: { ofStep: (step: string) => [all.get(step)].filter((trace) => trace !== undefined) },
  } as unknown as TrustGround['store'];
  return trustIn({ store, steps, find: (step) => all.get(step) });
}

const own = (given: Given, settings: Partial<StageDeclaration> = {}) =>
  trusts([stepNamed('a', [], settings)], given)('a') as Trust;
const trace = (settings: Partial<Trace>): Given => ({ traces: { a: traceOf(stepNamed('a', []), settings) } });

describe('a step by itself', () => {
  test('that was never executed has none', () => {
    expect(trusts([stepNamed('a', [])], { traces: { a: undefined } })('a')).toBeUndefined();
  });

  test('in a worker is closed, with effects it is declared', () => {
    expect(own({}).level).toBe('closed');
    const parts = { ...traceOf(stepNamed('a', [])).parts, environment: { effects: 'native' } };
    expect(own(trace({ parts })).level).toBe('declared');
  });

  test('of a command is declared, unless it was sealed', () => {
    expect(own(trace({ seen: { executor: 'command' } })).level).toBe('declared');
    expect(own(trace({ seen: { executor: 'command', sealed: 'true' } })).level).toBe('closed');
  });

  test('that is stochastic, or was torn, stays declared', () => {
    expect(own({ audits: [said('a')] }, { stochastic: true }).level).toBe('declared');
    expect(own(trace({ torn: true })).level).toBe('declared');
  });

  test('that came out again is reproduced, and with a signature attested', () => {
    expect(own({ audits: [said('a')] }).level).toBe('reproduced');
    expect(own({ audits: [said('a')], signatures: [signed('a')] }).level).toBe('attested');
  });

  test('that is signed and was never executed again is closed: levels need those below', () => {
    expect(own({ signatures: [signed('a')] }).level).toBe('closed');
    const open = { ...trace({ seen: { executor: 'command' } }), audits: [said('a')] };
    expect(own({ ...open, signatures: [signed('a')] }).level).toBe('declared');
  });

  test('that came out differently once is declared, and says so', () => {
    const trust = own({ audits: [said('a'), said('a', 'differs'), said('a')], signatures: [signed('a')] });
    expect(trust.level).toBe('declared');
    expect(trust.facts.refuted).toHaveLength(1);
  });

  test('of which an execution failed is neither reproduced nor refuted', () => {
    const trust = own({ audits: [said('a', 'failed')] });
    expect(trust).toMatchObject({ level: 'closed', facts: { reproduced: [], refuted: [] } });
  });

  test('gains nothing from another attempt that came out again', () => {
    expect(own({ audits: [{ ...said('a'), attempt: 'another' }] }).level).toBe('closed');
  });
});

describe('along the graph', () => {
  const chain = [
    stepNamed('a', []),
    stepNamed('b', ['a']),
    stepNamed('c', ['b']),
    stepNamed('d', ['c', 'a']),
  ];

  test('the least counts, and the step that is least is named', () => {
    const trust = trusts(chain, { audits: ['a', 'c', 'd'].map((name) => said(name)) });
    expect(chain.map(({ id }) => trust(id)?.level)).toEqual(['reproduced', 'closed', 'closed', 'closed']);
    expect(trust('d')).toMatchObject({ own: 'reproduced', limitedBy: ['b'] });
    expect(trust('b')?.limitedBy).toEqual([]);
  });

  test('a step whose upstream has no record is worth nothing', () => {
    const trust = trusts(chain, { traces: { b: undefined } });
    expect(trust('c')).toMatchObject({ level: 'declared', own: 'closed', limitedBy: ['b'] });
    expect(trust('d')).toMatchObject({ level: 'declared', limitedBy: ['b'] });
  });

  test('a step that took what its upstream is not known to have given is worth nothing', () => {
    const b = stepNamed('b', ['a']);
    const parts = { ...traceOf(b).parts, inputs: { a: digestOf('from somewhere') as Digest } };
    const trust = trusts(chain, { traces: { b: traceOf(b, { parts }) } });
    expect(trust('b')).toMatchObject({ level: 'declared', own: 'closed', limitedBy: ['a'] });
  });

  test('a gather takes each of its members', () => {
    const members = ['a', 'b'].map((step) => ({ case: { of: step }, step, role: 'value' }));
    const gather: Step = { ...stepNamed('g', []), inputs: { all: { type: 'gather', members } } };
    const inputs = { all: members.map(({ step }) => [`of=${step}`, outOf(step)] as const) };
    const parts = { ...traceOf(gather).parts, inputs };
    const steps = [stepNamed('a', []), stepNamed('b', []), gather];
    const given = { traces: { g: traceOf(gather, { parts }) }, audits: [said('a'), said('g')] };
    expect(trusts(steps, given)('g')).toMatchObject({ level: 'closed', limitedBy: ['b'] });
    expect(trusts(steps, { ...given, audits: [...given.audits, said('b')] })('g')?.level).toBe('reproduced');
  });

  test('in random graphs it is the minimum over all that a step needs', () => {
    const order = ['declared', 'closed', 'reproduced', 'attested'];
    for (let seed = 0; seed < 20; seed++) {
      const { steps, stream } = randomSteps(seed);
      const audits = steps.filter(() => stream.uniform() < 0.8).map(({ id }) => said(id));
      const trust = trusts(steps, { audits });
      const above = (id: string): string[] => {
        const step = steps.find((each) => each.id === id) as Step;
        const needs = Object.values(step.inputs).flatMap((input) =>
          input.type === 'artifact' ? [input.step] : [],
        );
        return [id, ...needs.flatMap(above)];
      };
      for (const { id } of steps) {
        const least = Math.min(...above(id).map((each) => order.indexOf(trust(each)?.own ?? 'declared')));
        expect(trust(id)?.level).toBe(order[least]);
      }
    }
  });
});
